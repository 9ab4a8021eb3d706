import type { Millis } from '@anmai/kernel';
import type { PlannedNeed } from '@anmai/lifecycle';
import type { BuildingSensor, City, CityCounts, CityPeriod, FrozenCount } from '../city-records';
import type { Database } from '../database';
import { toSqlInstant } from '../instants';
import type { Within } from '../record-shapes';
import { countCity, hasTables, SEEN } from './city-counts';

export class CityRecords implements City {
  constructor(private readonly database: Database) {}

  counts(period: CityPeriod, within: Within): Promise<CityCounts> {
    return this.database.snapshot(session => countCity(session, period, within));
  }

  sensors(within: Within): Promise<readonly BuildingSensor[]> {
    return this.database.read(({ query }) =>
      query<BuildingSensor>(
        `with ${SEEN} select x.id, x.device_id as "deviceId", s.district, x.expected_every_seconds as "expectedEverySeconds"
         from seen s join sensor x on x.asset_id = s.id order by x.id`,
        [within],
      ),
    );
  }

  plannedNeed(from: Millis, to: Millis, within: Within): Promise<readonly PlannedNeed[] | null> {
    return this.database.snapshot(async session => {
      if (!(await hasTables(session, ['checkup_due']))) return null;
      // What is overdue is needed at once; a year of insurance for each building, when its cover ends or now.
      return session.query<PlannedNeed>(
        `with ${SEEN}, area as (
           select s.id, (b.body ->> 'areaM2')::double precision as m2 from seen s left join building b on b.id = s.id
         )
         select s.id as "buildingId", 'checkup' as use, greatest(d.due_on::timestamptz, $2) as "dueAt", area.m2 as "areaM2"
         from seen s join checkup_due d on d.building_id = s.id and d.kind = 'dated' join area on area.id = s.id
         where d.due_on < $3::timestamptz::date
         union all
         select s.id, 'insurance', greatest(coalesce(ends.at, $2), $2), area.m2
         from seen s join area on area.id = s.id
         left join lateral (
           select max(p.ends_at) as at from insurance_cover c join insurance_policy p on p.id = c.policy_id
           where c.building_id = s.id and p.kind = 'building'
         ) ends on true
         where coalesce(ends.at, $2) < $3`,
        [within, toSqlInstant(from), toSqlInstant(to)],
      );
    });
  }

  freeze(month: string, counts: readonly Omit<FrozenCount, 'month'>[], at: Millis): Promise<void> {
    return this.database.transaction(async ({ query }) => {
      await query('delete from city_indicator where month = $1 and key = any($2::text[])', [
        month,
        [...new Set(counts.map(count => count.key))],
      ]);
      await query(
        `insert into city_indicator (month, district, key, numerator, denominator, at)
         select $1, x.district, x.key, x.numerator, x.denominator, $3
         from jsonb_to_recordset($2::jsonb) as x (district text, key text, numerator bigint, denominator bigint)
         on conflict (month, district, key) do update set numerator = excluded.numerator,
           denominator = excluded.denominator, at = excluded.at`,
        [month, JSON.stringify(counts), toSqlInstant(at)],
      );
    });
  }

  async frozen(fromMonth: string, toMonth: string, within: Within): Promise<readonly FrozenCount[]> {
    if (within !== null) return [];
    return this.database.read(({ query }) =>
      query<FrozenCount>(
        `select month, district, key, numerator, denominator from city_indicator
         where month >= $1 and month <= $2 order by month, key, district`,
        [fromMonth, toMonth],
      ),
    );
  }
}
