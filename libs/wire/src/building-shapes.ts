import type { Severity } from '@anmai/catalog';
import type { BuildingFile, Grade, Protection, Structure, Use, YearBuilt } from '@anmai/lifecycle';
import type { Iso } from './api-shapes';

/** GET /buildings/{id}. What may not be seen of people is masked, and `masked` says so: send such a file back to nobody. */
export type BuildingShape = BuildingFile & {
  readonly grade: Grade | null;
  readonly mergedInto: string | null;
  readonly masked: boolean;
  readonly version: number;
};

/** A row of GET /buildings. */
export interface BuildingSummaryShape {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly address: string;
  readonly district: string;
  readonly street: string;
  readonly grade: Grade | null;
  readonly protection: Protection;
  readonly use: Use;
  readonly structure: Structure;
  readonly storeys: number | null;
  readonly yearBuilt: YearBuilt;
  readonly version: number;
}

export const TIMELINE_KIND_NAMES = [
  'file',
  'document',
  'renovation',
  'reinforcement',
  'checkup',
  'appraisal',
  'hazard',
  'watch',
  'money',
  'insurance',
  'alarm',
  'incident',
] as const;
export type TimelineKindName = (typeof TIMELINE_KIND_NAMES)[number];

/** A row of GET /buildings/{id}/timeline, newest first. */
export interface TimelineEntryShape {
  readonly id: string;
  /** The building itself, or one that was merged into it. */
  readonly buildingId: string;
  readonly at: Iso;
  readonly kind: TimelineKindName;
  readonly change: string;
  readonly refId: string | null;
  readonly actor: string;
  /** Of alarms and incidents. */
  readonly severity: Severity | null;
  readonly detail: Readonly<Record<string, unknown>>;
}
