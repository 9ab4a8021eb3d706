import { severityRank } from '@anmai/catalog';
import { DAY_MS, derivedId, type Millis } from '@anmai/kernel';
import type { WatchPlan } from '@anmai/lifecycle';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';

/** An alarm that has closed meanwhile is still told of for so long: the program may have been away. */
const LOOK_BACK_MS = 2 * DAY_MS;

interface Hit {
  readonly buildingId: string;
  readonly alarmId: string;
  readonly peak: number;
  /** null: the building is C or D, and nobody watches it. */
  readonly plan: WatchPlan | null;
}

/**
 * Alarms of C and D buildings, with the worst that each ever was. Silence is no movement of the building, so rules on missing
 * data count for nothing here (the page tells of those); neither does what is out of service by plan.
 */
async function watchedAlarms({ query }: Session, now: Millis, but: string): Promise<Hit[]> {
  return query<Hit>(
    `select b.id as "buildingId", p.body as plan, a.id as "alarmId", worst.peak
     from asset b left join watch_plan p on p.building_id = b.id and p.ended_at is null
     join alarm a on a.asset_id = b.id left join rule r on r.id = a.rule_id
     cross join lateral (select greatest(a.severity, max(c.severity)) as peak from alarm_change c where c.alarm_id = a.id)
       as worst
     where b.kind = 'building' and (p.id is not null or b.properties ->> 'grade' in ('C', 'D'))
       and (a.closed_at is null or a.raised_at >= greatest(p.started_at, $1)) and a.state <> 'OOSRV'
       and coalesce(r.body -> 'condition' ->> 'type', '') not in ('noData', 'quality', 'flatLine') and not exists (${but})
     order by a.raised_at, a.id`,
    [toSqlInstant(now - LOOK_BACK_MS)],
  );
}

const NO_ROUND = 'select 1 from duty_round r where r.plan_id = p.id and r.alarm_id = a.id';
/** One that was for something milder does not count: what was looked at then is worse by now. */
const NO_DEMAND = `select 1 from checkup_demand d
  where d.building_id = b.id and d.alarm_ids @> array[a.id::text] and d.severity >= worst.peak`;
const asksForDuty = (hit: Hit): boolean => hit.plan !== null && hit.peak >= severityRank('red');
/** Without a plan every alarm asks for one. */
const asksForCheckup = (hit: Hit): boolean => hit.peak >= severityRank(hit.plan?.checkupFrom ?? 'blue');

export async function nothingToTell(session: Session, now: Millis): Promise<boolean> {
  const duty = (await watchedAlarms(session, now, NO_ROUND)).some(asksForDuty);
  return !duty && !(await watchedAlarms(session, now, NO_DEMAND)).some(asksForCheckup);
}

/** Starts the duty list for each red alarm that has none. An empty list starts, too: the page says that nobody is on it. */
export async function roundsByAlarms(
  session: Session,
  now: Millis,
): Promise<{ id: string; buildingId: string; alarmId: string }[]> {
  const red = (await watchedAlarms(session, now, NO_ROUND)).filter(asksForDuty);
  const made = red.flatMap(({ buildingId, alarmId, plan }) =>
    plan === null
      ? []
      : {
          ...{ id: derivedId('duty', plan.id, alarmId), planId: plan.id, buildingId, alarmId },
          ...{ people: plan.duty, confirmBy: now + plan.confirmMinutes * 60_000 },
        },
  );
  for (const { id, planId, buildingId, alarmId, people, confirmBy } of made) {
    await session.query(
      `insert into duty_round (id, plan_id, building_id, alarm_id, started_at, confirm_by, people)
       values ($1, $2, $3, $4, $5, $6, $7::jsonb) on conflict do nothing`,
      [id, planId, buildingId, alarmId, toSqlInstant(now), toSqlInstant(confirmBy), JSON.stringify(people)],
    );
  }
  return made;
}

/**
 * Demands a special check-up for each alarm from the plan's severity on, and anew when it has become worse since that one was met;
 * one that waits already takes the alarm and its severity in.
 */
export async function demandsByAlarms(
  session: Session,
  now: Millis,
): Promise<{ id: string; buildingId: string; alarmIds: readonly string[]; isNew: boolean }[]> {
  const wanted = (await watchedAlarms(session, now, NO_DEMAND)).filter(asksForCheckup);
  const made: { id: string; buildingId: string; alarmIds: readonly string[]; isNew: boolean }[] = [];
  for (const { buildingId, alarmId, peak } of wanted) {
    const id = derivedId('dem', buildingId, alarmId, peak);
    const [row] = await session.query<{ id: string; alarmIds: string[] }>(
      `insert into checkup_demand as d (id, building_id, cause, severity, alarm_ids, reason, demanded_at, demanded_by)
       values ($1, $2, 'alarm', $3, array[$4], '', $5, 'system')
       on conflict (building_id) where met_at is null do update set
         alarm_ids = case when d.alarm_ids @> excluded.alarm_ids then d.alarm_ids else d.alarm_ids || excluded.alarm_ids end,
         severity = greatest(d.severity, excluded.severity)
       returning id, alarm_ids as "alarmIds"`,
      [id, buildingId, peak, alarmId, toSqlInstant(now)],
    );
    made.push({ id: row!.id, buildingId, alarmIds: row!.alarmIds, isNew: row!.id === id });
  }
  return made;
}
