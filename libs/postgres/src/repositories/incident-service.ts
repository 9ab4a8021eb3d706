import type { Millis } from '@anmai/kernel';
import type { Session } from '../database';
import { loadPlans, spellsOf } from '../life/plans';

/** Which sensors of an incident a planned window holds out of service at that instant. */
export async function outOfServiceAt(
  session: Session,
  incidentId: string,
  at: Millis,
): Promise<ReadonlySet<string>> {
  const targets = await session.query<{ sensorId: string; assetId: string }>(
    `select distinct alarm.sensor_id as "sensorId", coalesce(sensor.asset_id, alarm.asset_id) as "assetId"
     from incident_alarm as member join alarm on alarm.id = member.alarm_id
     left join sensor on sensor.id = alarm.sensor_id where member.incident_id = $1`,
    [incidentId],
  );
  const plans = await loadPlans(session, at);
  const held = targets.filter(target =>
    spellsOf(plans, target, at, at + 1).some(spell => spell.from <= at && at < spell.to),
  );
  return new Set(held.map(target => target.sensorId));
}
