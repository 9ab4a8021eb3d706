import type { Millis } from '@anmai/kernel';

/** What can happen to a building. Alarms and incidents are joined from their own records when a timeline is read. */
export const BUILDING_EVENT_KINDS = [
  'file', // the building file was made, changed or merged
  'document',
  'renovation',
  'reinforcement',
  'checkup',
  'appraisal',
  'hazard',
  'watch', // monitoring plan, duty list, measures
  'money',
  'insurance',
] as const;
export type BuildingEventKind = (typeof BUILDING_EVENT_KINDS)[number];

/**
 * One line of a building's timeline.
 * `at`: when it happened, which for what is written down later is earlier than when it was written.
 * `refId`: the record it speaks of, of the kind given; `change`: a stable word a page translates (`submitted`, `closed`);
 * `detail`: small and plain, for the line alone.
 */
export interface BuildingEvent {
  readonly id: string;
  readonly buildingId: string;
  readonly at: Millis;
  readonly kind: BuildingEventKind;
  readonly change: string;
  readonly refId: string | null;
  readonly actor: string;
  readonly detail: Readonly<Record<string, unknown>>;
}
