import {
  suppressionsOf,
  type AssetMap,
  type InhibitionAlarm,
  type InhibitionRule,
  type Span,
  type Suppression,
} from '@anmai/alarms';
import type { Severity } from '@anmai/catalog';
import type { Session } from '../database';
import { clipped, type Valid } from './plans';

/** Open alarms among which causes are looked for at most; the newest count. */
export const LIVE_ALARMS_MAX = 20_000;

/** What is live, with what it was hidden by at the last look. */
export interface LiveAlarm extends InhibitionAlarm {
  readonly suppressions: readonly Suppression[];
}

/** Open alarms, and those named. Of one that was never looked at: nothing that could hide others. */
export async function liveAlarms({ query }: Session, ids: readonly string[]): Promise<LiveAlarm[]> {
  const rows = await query<{
    id: string;
    rule_id: string;
    sensor_id: string;
    asset_id: string;
    severity_max: Severity | null;
    spans: Span[] | null;
    suppressions: Suppression[] | null;
  }>(
    `select id, rule_id, sensor_id, asset_id, life->>'severityMax' as severity_max, life->'shownSpans' as spans,
       life->'suppressions' as suppressions
     from alarm where closed_at is null or id = any($1::text[])
     order by raised_at desc, id limit ${LIVE_ALARMS_MAX}`,
    [ids],
  );
  return rows.map(row => ({
    id: row.id,
    ruleId: row.rule_id,
    sensorId: row.sensor_id,
    assetId: row.asset_id,
    severityMax: row.severity_max ?? 'blue',
    shownSpans: row.spans ?? [],
    suppressions: row.suppressions ?? [],
  }));
}

/** By id, whose suppressions are others than at the last look. Each version of a rule counts for the time it held. */
export function hiddenAnew(
  live: readonly LiveAlarm[],
  rules: readonly Valid<InhibitionRule>[],
  assets: AssetMap,
): ReadonlyMap<string, readonly Suppression[]> {
  // Rings are looked for among rules that hold together, so versions get names of their own.
  const named = rules.map((rule, i) => ({ rule, name: `${i}` }));
  const found = suppressionsOf(
    live,
    named.map(({ rule, name }) => ({ ...rule.value, id: name })),
    assets,
  );
  const anew = new Map<string, readonly Suppression[]>();
  const liveIds = new Set(live.map(alarm => alarm.id));
  for (const { id, suppressions } of live) {
    const now = (found.get(id) ?? []).flatMap(each => {
      const { rule } = named[Number(each.ruleId)]!;
      return clipped({ ...each, ruleId: rule.value.id }, rule);
    });
    // A cause that is closed is out of sight; what it hid then stays told.
    const past = suppressions.filter(each => !liveIds.has(each.causeId) && each.to !== null);
    const all = [...past, ...now].sort((a, b) => a.from - b.from || (keyOf(a) < keyOf(b) ? -1 : 1));
    if (JSON.stringify(all) !== JSON.stringify(suppressions)) anew.set(id, all);
  }
  return anew;
}

const keyOf = ({ ruleId, causeId }: Suppression): string => `${ruleId} ${causeId}`;
