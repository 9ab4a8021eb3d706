import type { Millis } from '@anmai/kernel';
import type { CalendarDate } from '../regime/calendar-date';
import type { Answers } from './answer';
import type { Finding } from './assess';
import type { FormRef } from './form';
import type { CheckupResult } from './scale';

/** 定期体检, 动态体检 (demanded by something that happened), 日常巡查. */
export const CHECKUP_KINDS = ['regular', 'special', 'patrol'] as const;
export type CheckupKind = (typeof CHECKUP_KINDS)[number];

export const CHECKUP_STATES = [
  'planned',
  'assigned',
  'inField',
  'submitted',
  'reviewed',
  'accepted',
  'returned',
  'superseded',
  'cancelled',
] as const;
export type CheckupState = (typeof CHECKUP_STATES)[number];

/** What demands a check-up out of turn (动态体检). `refId`: the alarm, where there is one. */
export const DEMAND_CAUSES = [
  'alarm',
  'earthquake',
  'storm',
  'flood',
  'works',
  'complaint',
  'other',
] as const;
export interface Demand {
  readonly cause: (typeof DEMAND_CAUSES)[number];
  readonly reason: string;
  readonly refId: string | null;
  readonly at: Millis;
  readonly by: string;
}

/** One check-up of one building, from its planning on. Who fills it in: `inspectors`, user names. */
export interface Checkup {
  readonly id: string;
  readonly buildingId: string;
  readonly kind: CheckupKind;
  readonly state: CheckupState;
  readonly ruleSet: { readonly id: string; readonly version: number };
  readonly form: FormRef;
  readonly agencyId: string | null;
  readonly inspectors: readonly string[];
  readonly dueFrom: CalendarDate | null;
  readonly dueOn: CalendarDate | null;
  readonly roundId: string | null;
  readonly demand: Demand | null;
  readonly supersedes: string | null;
  readonly supersededBy: string | null;
  /** Why it was sent back or cancelled, newest. */
  readonly note: string | null;
  /** Times that it was submitted. */
  readonly revision: number;
}

/** One who was on site and signed. `username` null: an expert without an account. */
export interface Signature {
  readonly username: string | null;
  readonly name: string;
  /** Professional qualification as printed on the report. */
  readonly certificate: string | null;
  readonly fileId: string;
  readonly signedAt: Millis;
}

/** A file that belongs to the record; it may arrive after the record did, and is then held against its hash. */
export interface Attachment {
  readonly fileId: string;
  readonly sha256: string;
  readonly kind: 'photo' | 'signature' | 'sketch' | 'document';
  readonly path: string | null;
}

/** What a phone sends when a check-up is done. */
export interface SubmissionInput {
  readonly answers: Answers;
  readonly form: FormRef;
  readonly signatures: readonly Signature[];
  readonly attachments: readonly Attachment[];
  readonly deviceId: string;
  readonly startedAt: Millis;
  readonly finishedAt: Millis;
}

/** What was submitted. Never changed; a corrected one supersedes it. */
export interface CheckupRecord extends SubmissionInput {
  readonly id: string;
  readonly checkupId: string;
  readonly revision: number;
  readonly result: CheckupResult;
  readonly findings: readonly Finding[];
  readonly submittedAt: Millis;
  readonly submittedBy: string;
  /** What the phone's clock was off by, as the server found it. */
  readonly clockOffsetMs: number;
  /** SHA-256 over the canonical text of what was sent: the same again makes no second record. */
  readonly contentHash: string;
}
