import {
  dateAt,
  factsOfFile,
  REGIME_DATA,
  regimeDue,
  yearOf,
  type CalendarDate,
  type FactSource,
  type RegimeDue,
  type RegimeFacts,
  type RegimeRuleSet,
  type RegimeTimeline,
} from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { Session } from '../database';
import { PLACE_JOINS_OF } from './checkup-rows';

export interface DueSource {
  readonly id: string;
  readonly orgId: string;
  readonly path: readonly string[];
  readonly district: string;
  readonly street: string;
  readonly file: FactSource;
  readonly lastAt: Millis | null;
}

/** What the due date of each of these buildings follows from. Merged files are left out: they are no building. */
export const dueSources = ({ query }: Session, ids: readonly string[]): Promise<DueSource[]> =>
  query<DueSource>(
    `select a.id, a.org_id as "orgId", o.path, coalesce(b.district, a.properties ->> 'district', '') as district,
       coalesce(b.street, a.properties ->> 'street', '') as street, coalesce(b.body, a.properties) as file,
       (select max(r.submitted_at) from checkup_record r join checkup c on c.id = r.checkup_id
        where r.building_id = a.id and c.kind = 'regular' and c.state in ('submitted', 'reviewed', 'accepted'))
         as "lastAt"
     from asset a join org o on o.id = a.org_id ${PLACE_JOINS_OF}
     where a.id = any($1::text[]) and a.kind = 'building' and b.merged_into is null`,
    [ids],
  );

/** The rules that hold for an organisation, by its path: the nearest one above it for which rules were chosen. */
export type TimelineOf = (path: readonly string[]) => RegimeTimeline;
const NO_RULES: RegimeTimeline = [];

export async function timelines({ query }: Session): Promise<TimelineOf> {
  const rows = await query<{ orgId: string; from: CalendarDate; ruleSet: RegimeRuleSet }>(
    `select c.org_id as "orgId", c.from_date::text as "from", r.body as "ruleSet" from checkup_regime c
     join checkup_rule_set r on r.id = c.rule_set_id and r.version = c.rule_set_version order by c.org_id, c.from_date`,
  );
  const byOrg = new Map<string, { from: CalendarDate; ruleSet: RegimeRuleSet }[]>();
  for (const { orgId, from, ruleSet } of rows)
    byOrg.set(orgId, [...(byOrg.get(orgId) ?? []), { from, ruleSet }]);
  return path => byOrg.get(path.findLast(orgId => byOrg.has(orgId)) ?? '') ?? NO_RULES;
}

export interface Reckoned {
  readonly due: RegimeDue;
  readonly lastOn: CalendarDate | null;
}

/**
 * Buildings of the same kind and age are many: each combination is reckoned once. One that cannot be reckoned is not
 * known, and holds up none of the others.
 */
export function reckoner(
  today: CalendarDate,
  utcOffsetMs: number,
): (source: DueSource, timeline: RegimeTimeline) => Reckoned {
  const known = new Map<RegimeTimeline, Map<string, RegimeDue>>();
  const year = yearOf(today);
  const reckon = ({ file, lastAt }: DueSource, timeline: RegimeTimeline): Reckoned => {
    const lastOn = lastAt === null ? null : dateAt(lastAt, utcOffsetMs);
    const facts: RegimeFacts = factsOfFile(file, lastOn, year);
    const byFacts = known.get(timeline) ?? new Map<string, RegimeDue>();
    known.set(timeline, byFacts);
    const key = JSON.stringify(facts);
    const due = byFacts.get(key) ?? regimeDue(timeline, facts, today);
    byFacts.set(key, due);
    return { due, lastOn };
  };
  return (source, timeline) => {
    try {
      return reckon(source, timeline);
    } catch {
      return { due: { kind: 'unknown', missing: REGIME_DATA, mayBeDueOn: today }, lastOn: null };
    }
  };
}
