import { BUILDING_EVENT_KINDS } from '../event';

/** What lines of a timeline are of: what was written down, and what alarms and incidents of the asset say of themselves. */
export const TIMELINE_KINDS = [...BUILDING_EVENT_KINDS, 'alarm', 'incident'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];
