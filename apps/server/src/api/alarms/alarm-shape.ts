import type { HistoryItem } from '@anmai/alarms';
import type { AlarmRow } from '@anmai/postgres';
import type { AlarmShape } from '@anmai/wire';
import { iso, isoOrNull } from '../iso';

/** An alarm as clients see it. A row of a list has no history; the live stream and GET of one have it. */
export function alarmShape(alarm: AlarmRow & { readonly history?: readonly HistoryItem[] }): AlarmShape {
  const { limit, source, readings, derived } = alarm.evidence;
  return {
    id: alarm.id,
    ruleId: alarm.ruleId,
    ruleName: alarm.ruleName,
    ruleVersion: alarm.ruleVersion,
    sensorId: alarm.sensorId,
    sensorName: alarm.sensorName,
    assetId: alarm.assetId,
    assetName: alarm.assetName,
    severity: alarm.severity,
    condition: alarm.condition,
    acknowledged: alarm.acknowledged,
    shelvedUntil: null,
    onsetAt: iso(alarm.onsetAt),
    raisedAt: iso(alarm.raisedAt),
    clearedAt: isoOrNull(alarm.clearedAt),
    closedAt: isoOrNull(alarm.closedAt),
    evidence: {
      limit,
      source,
      readings: readings.map(r => ({ at: iso(r.at), value: r.value, quality: r.quality })),
      derived,
    },
    history: (alarm.history ?? []).map(h => ({
      at: iso(h.at),
      actor: h.actor,
      change: h.change,
      reason: h.reason,
    })),
    lastN: alarm.lastN,
  };
}
