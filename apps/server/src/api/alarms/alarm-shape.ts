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
    shelvedUntil: isoOrNull(alarm.shelvedUntil ?? null),
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
      ...(h.noEffect === undefined ? {} : { noEffect: h.noEffect }),
    })),
    lastN: alarm.lastN,
    ...lifeShape(alarm),
  };
}

type LifeShape = Pick<
  AlarmShape,
  | 'state'
  | 'calling'
  | 'suppressedBy'
  | 'outOfService'
  | 'latched'
  | 'assessment'
  | 'unattendedSince'
  | 'revision'
>;

/** Nothing of it is known of an alarm that is told before the records have it. */
function lifeShape({ revision, ...alarm }: AlarmRow): LifeShape {
  if (alarm.isCalling === undefined) return { revision };
  const { suppressedBy = null, outOfService = null, assessment = null, unattendedSince = null } = alarm;
  return {
    state: alarm.state,
    calling: alarm.isCalling,
    suppressedBy:
      suppressedBy === null
        ? null
        : {
            ruleId: suppressedBy.ruleId,
            causeId: suppressedBy.causeId,
            since: iso(suppressedBy.from),
            until: isoOrNull(suppressedBy.to),
            reason: suppressedBy.reason,
          },
    outOfService:
      outOfService === null
        ? null
        : {
            windowId: outOfService.windowId,
            since: iso(outOfService.from),
            until: iso(outOfService.to),
            reason: outOfService.reason,
          },
    latched: alarm.latched,
    assessment: assessment === null ? null : { ...assessment, at: iso(assessment.at) },
    unattendedSince: isoOrNull(unattendedSince),
    revision,
  };
}
