import { ALARM_IN_TIME_MS, type DistrictCount } from '@anmai/lifecycle';
import type { Session } from '../database';
import type { CityCounts, CityPeriod } from '../city-records';
import { toSqlInstant } from '../instants';
import type { Within } from '../record-shapes';
import { orgWithin } from './money-rows';

/**
 * Buildings that are seen, one row each, with their district. Merged files are the building that they went into. A building
 * without a file has the grade that its asset has.
 */
export const SEEN = `seen as (
  select a.id, coalesce(b.district, '') as district, coalesce(b.grade, a.properties ->> 'grade') as grade, b.id is not null as has_file
  from asset a left join building b on b.id = a.id
  where a.kind = 'building' and b.merged_into is null and ${orgWithin('a.org_id', 1)}
)`;

type Counter = (session: Session, period: CityPeriod, within: Within) => Promise<DistrictCount[]>;

const counted = (session: Session, sql: string, values: readonly unknown[]): Promise<DistrictCount[]> =>
  session.query<DistrictCount>(`with ${SEEN} ${sql}`, values);

const withFile: Counter = (session, _period, within) =>
  counted(
    session,
    `select district, count(*) filter (where has_file) as numerator, count(*) as denominator from seen group by 1`,
    [within],
  );

/**
 * What cannot be judged (no year built, no rule) or was not reckoned yet is not checked in time; what the rules exempt, or
 * do not ask for before a day to come, is not asked for.
 */
const checkedInTime: Counter = (session, { today }, within) =>
  counted(
    session,
    `select s.district, count(*) filter (where d.kind = 'dated' and d.due_on >= $2::date) as numerator,
       count(*) as denominator
     from seen s left join checkup_due d on d.building_id = s.id
     where d.kind is distinct from 'exempt' and not coalesce(d.kind = 'dated' and d.covered_from > $2::date, false)
     group by 1`,
    [within, today],
  );

/** Of those closed in the month, and those open with something overdue. */
const hazardsInTime: Counter = (session, { from, to }, within) =>
  counted(
    session,
    `select s.district, count(*) filter (where not late) as numerator, count(*) as denominator
     from (
       select h.*, exists (select 1 from hazard_overdue o where o.hazard_id = h.id and o.noticed_at < $3) as late from hazard h
     ) h join seen s on s.id = h.building_id
     where h.stage <> 'dismissed' and h.found_at < $3
       and ((h.closed_at >= $2 and h.closed_at < $3) or ((h.closed_at is null or h.closed_at >= $3) and late))
     group by 1`,
    [within, toSqlInstant(from), toSqlInstant(to)],
  );

const cdWatched: Counter = (session, _period, within) =>
  counted(
    session,
    `select s.district, count(w.id) as numerator, count(*) as denominator
     from seen s left join watch_plan w on w.building_id = s.id and w.ended_at is null
     where s.grade in ('C', 'D') group by 1`,
    [within],
  );

/** Of all that an appraisal ever found C or D by the end of the month: those that a later one found A or B. */
const cdResolved: Counter = (session, { to }, within) =>
  counted(
    session,
    `select s.district, count(*) filter (where last.grade in ('A', 'B')) as numerator, count(*) as denominator
     from seen s
     cross join lateral (
       select grade from appraisal p where p.building_id = s.id and p.reported_at < $2
       order by reported_at desc, filed_at desc limit 1
     ) last
     where exists (
       select 1 from appraisal p where p.building_id = s.id and p.reported_at < $2 and p.grade in ('C', 'D')
     ) group by 1`,
    [within, toSqlInstant(to)],
  );

/** Of those raised in the month whose time is over: acknowledged within it. */
const alarmsInTime: Counter = (session, { from, to, now }, within) =>
  counted(
    session,
    `select s.district,
       count(*) filter (where exists (
         select 1 from alarm_action x where x.alarm_id = al.id and x.kind = 'acknowledged'
           and x.at <= al.raised_at + $5 * interval '1 millisecond'
       )) as numerator, count(*) as denominator
     from alarm al join seen s on s.id = al.asset_id
     where al.raised_at >= $2 and al.raised_at < $3 and al.raised_at + $5 * interval '1 millisecond' <= $4
     group by 1`,
    [within, toSqlInstant(from), toSqlInstant(to), toSqlInstant(now), ALARM_IN_TIME_MS],
  );

/** Of the public account: spent in the year so far, of what was there at its start and came in since. City-wide alone. */
const moneyUsed: Counter = (session, { yearFrom, to }, within) =>
  session.query<DistrictCount>(
    `select '' as district, coalesce(-sum(l.amount_fen) filter (where b.at >= $2 and coalesce(o.kind, b.kind) = 'spending'), 0)::bigint
       as numerator,
       coalesce(sum(l.amount_fen) filter (where b.at < $2 or coalesce(o.kind, b.kind) = 'income'), 0)::bigint as denominator
     from money_booking b left join money_booking o on o.id = b.reverses
     join money_line l on l.booking_id = b.id join money_account a on a.id = l.account_id and a.kind = 'bank'
     where b.pot = 'public' and b.at < $3 and ${orgWithin('b.org_id', 1)}`,
    [within, toSqlInstant(yearFrom), toSqlInstant(to)],
  );

/** Insured in use, at that instant. New-build quality insurance (IDI) does not count. */
const insured: Counter = (session, { now }, within) =>
  counted(
    session,
    `select s.district, count(*) filter (where exists (
         select 1 from insurance_cover c join insurance_policy p on p.id = c.policy_id
         where c.building_id = s.id and p.kind = 'building' and p.starts_at <= $2 and p.ends_at > $2
       )) as numerator, count(*) as denominator from seen s group by 1`,
    [within, toSqlInstant(now)],
  );

/** The tables that a figure is counted from: without them there is no data, which is said. */
const COUNTERS: Readonly<
  Record<keyof CityCounts, { readonly needs: readonly string[]; readonly count: Counter }>
> = {
  withFile: { needs: [], count: withFile },
  checkedInTime: { needs: ['checkup_due'], count: checkedInTime },
  hazardsInTime: { needs: ['hazard', 'hazard_overdue'], count: hazardsInTime },
  cdWatched: { needs: ['watch_plan'], count: cdWatched },
  cdResolved: { needs: ['appraisal'], count: cdResolved },
  alarmsInTime: { needs: [], count: alarmsInTime },
  moneyUsed: { needs: [], count: moneyUsed },
  insured: { needs: [], count: insured },
};

export async function hasTables({ query }: Session, names: readonly string[]): Promise<boolean> {
  if (names.length === 0) return true;
  const [row] = await query<{ all_there: boolean }>(
    'select bool_and(to_regclass(name) is not null) as all_there from unnest($1::text[]) as name',
    [names],
  );
  return row?.all_there === true;
}

export async function countCity(session: Session, period: CityPeriod, within: Within): Promise<CityCounts> {
  const counts: [string, DistrictCount[] | null][] = [];
  for (const [key, { needs, count }] of Object.entries(COUNTERS)) {
    counts.push([key, (await hasTables(session, needs)) ? await count(session, period, within) : null]);
  }
  return Object.fromEntries(counts) as CityCounts;
}
