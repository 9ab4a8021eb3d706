import { AppError } from '@anmai/kernel';
import type { CalendarDate, DueState, FactSource } from '@anmai/lifecycle';
import type { Database, Session } from '../database';
import {
  DUE_REFRESH_MAX,
  ROUND_ITEMS_MAX,
  type CheckupDues,
  type DueCount,
  type DueFilter,
  type DueQuery,
  type DueRow,
  type PlanCandidate,
  type RoundFilter,
} from '../due-records';
import { POSTGRES_ERRORS as E } from '../errors';
import type { RecordPage, Within } from '../record-shapes';
import { PLACE_COLUMNS, PLACE_JOINS_OF } from './checkup-rows';
import { dueSources, reckoner, timelines } from './due-reckoning';
import { pageLimit, pageOf } from './paging';

/** What a row is on the day $1. Kept beside `dueState` of the lifecycle: a test holds both together. */
const STATE = `case when d.kind <> 'dated' then d.kind when d.due_on < $1::date then 'overdue'
  when d.due_from <= $1::date then 'due' when d.soon_from <= $1::date then 'dueSoon'
  when d.covered_from > $1::date then d.body ->> 'before' else 'later' end`;
const BELOW = `($2::text is null or d.org_id in (select id from org where path @> array[$2::text]))`;
const PLACE = `($3::text is null or d.district = $3) and ($4::text is null or d.street = $4)`;
const OPEN_STATES = `('planned', 'assigned', 'inField', 'submitted', 'reviewed', 'returned')`;

/** Narrow enough for an index: the state itself is then worked out for the rows that are left. */
const NARROW: Readonly<Record<DueState, string>> = {
  overdue: `d.kind = 'dated' and d.due_on < $1::date`,
  due: `d.kind = 'dated' and d.due_from <= $1::date and d.due_on >= $1::date`,
  dueSoon: `d.kind = 'dated' and d.soon_from <= $1::date and d.due_from > $1::date and d.due_on >= $1::date`,
  later: `d.kind = 'dated' and d.soon_from > $1::date and d.due_on >= $1::date`,
  unknown: `d.kind = 'unknown'`,
  exempt: `d.kind in ('exempt', 'dated')`,
  uncovered: `d.kind in ('uncovered', 'dated')`,
};
const ACTIONABLE = `d.kind = 'dated' and d.soon_from <= $1::date`;
const ROW = `select ${PLACE_COLUMNS} as place, ${STATE} as state, d.body as due, d.last_on::text as "lastOn",
  (select jsonb_build_object('id', c.id, 'state', c.state, 'kind', c.kind) from checkup c
   where c.building_id = d.building_id and c.state in ${OPEN_STATES} order by c.due_on nulls last, c.id limit 1) as open
  from checkup_due d join asset a on a.id = d.building_id ${PLACE_JOINS_OF}`;

export class DueStore implements CheckupDues {
  constructor(private readonly database: Database) {}

  refresh(today: CalendarDate, utcOffsetMs: number, limit = DUE_REFRESH_MAX): Promise<number> {
    return this.database.transaction(async session => {
      await askAgain(session, today);
      const dirty = await session.query<{ id: string }>(
        `delete from checkup_due_dirty where building_id in
           (select building_id from checkup_due_dirty order by building_id limit $1 for update skip locked)
         returning building_id as id`,
        [Math.min(limit, DUE_REFRESH_MAX)],
      );
      if (dirty.length > 0)
        await this.reckon(
          session,
          dirty.map(row => row.id),
          today,
          utcOffsetMs,
        );
      const [left] = await session.query<{ count: number }>(
        'select count(*) as count from checkup_due_dirty',
      );
      return left?.count ?? 0;
    });
  }

  async list(query: DueQuery, today: CalendarDate, within: Within): Promise<RecordPage<DueRow>> {
    const limit = pageLimit(query);
    const { on, id } = parseCursor(query.cursor ?? null);
    const { state, district, street } = query;
    const what = state === undefined ? ACTIONABLE : `${NARROW[state]} and ${STATE} = '${state}'`;
    const isDated = state === undefined || !['unknown', 'exempt', 'uncovered'].includes(state);
    const order = isDated ? 'd.due_on, d.building_id' : 'd.building_id';
    const after = isDated
      ? `($5::date is null or (d.due_on, d.building_id) > ($5::date, $6::text))`
      : `($5::date is null or true) and d.building_id > $6::text`;
    const rows = await this.database.read(({ query: ask }) =>
      ask<DueRow>(`${ROW} where ${what} and ${BELOW} and ${PLACE} and ${after} order by ${order} limit $7`, [
        today,
        within,
        district ?? null,
        street ?? null,
        on,
        id,
        limit + 1,
      ]),
    );
    return pageOf(rows, limit, ({ due, place }) => `${due.kind === 'dated' ? due.dueOn : ''}_${place.id}`);
  }

  counts(
    { district, street }: Omit<DueFilter, 'state'>,
    today: CalendarDate,
    within: Within,
  ): Promise<readonly DueCount[]> {
    return this.database.read(({ query }) =>
      query<DueCount>(
        `select d.district, d.street, ${STATE} as state, count(*) as count from checkup_due d
         where ${BELOW} and ${PLACE} group by 1, 2, 3 order by 1, 2, 3`,
        [today, within, district ?? null, street ?? null],
      ),
    );
  }

  async get(buildingId: string, today: CalendarDate, within: Within): Promise<DueRow | null> {
    const [row] = await this.database.read(({ query }) =>
      query<DueRow>(`${ROW} where d.building_id = $3 and ${BELOW}`, [today, within, buildingId]),
    );
    return row ?? null;
  }

  async file(buildingId: string): Promise<FactSource | null> {
    const [source] = await this.database.read(session => dueSources(session, [buildingId]));
    return source?.file ?? null;
  }

  toPlan({ year, districts, streets }: RoundFilter, within: Within): Promise<readonly PlanCandidate[]> {
    return this.database.read(({ query }) =>
      query<PlanCandidate>(
        `select d.building_id as "buildingId", d.district, d.street, d.due_from::text as "dueFrom",
           d.due_on::text as "dueOn", d.body -> 'ruleSet' as "ruleSet",
           jsonb_build_object('structure', f.file -> 'structure', 'precastSlabs', f.file -> 'precastSlabs') as file
         from checkup_due d join asset a on a.id = d.building_id ${PLACE_JOINS_OF}
         cross join lateral (select coalesce(b.body, a.properties) as file) f
         where d.kind = 'dated' and d.due_from <= $1::date and ${BELOW}
           and (cardinality($3::text[]) = 0 or d.district = any($3::text[]))
           and (cardinality($4::text[]) = 0 or d.street = any($4::text[]))
           and not exists (select 1 from checkup c
             where c.building_id = d.building_id and c.kind = 'regular' and c.state in ${OPEN_STATES})
         order by d.due_on, d.building_id limit $5`,
        [`${year}-12-31`, within, districts, streets, ROUND_ITEMS_MAX + 1],
      ),
    );
  }

  private async reckon(
    session: Session,
    ids: readonly string[],
    today: CalendarDate,
    utcOffsetMs: number,
  ): Promise<void> {
    const timelineOf = await timelines(session);
    const dueOf = reckoner(today, utcOffsetMs);
    const rows = (await dueSources(session, ids)).map(source => {
      const { due, lastOn } = dueOf(source, timelineOf(source.path));
      const { id, orgId, district, street } = source;
      const dated = due.kind === 'dated' ? due : null;
      return {
        ...{ id, orgId, district, street, lastOn, kind: due.kind, body: due },
        ...{ coveredFrom: dated?.coveredFrom, dueFrom: dated?.dueFrom },
        ...{ dueOn: dated?.dueOn, soonFrom: dated?.soonFrom },
      };
    });
    await session.query('delete from checkup_due where building_id = any($1::text[])', [ids]);
    await session.query(
      `insert into checkup_due (building_id, org_id, district, street, kind, covered_from, due_from, due_on,
         soon_from, last_on, body, computed_on)
       select id, "orgId", district, street, kind, "coveredFrom", "dueFrom", "dueOn", "soonFrom", "lastOn", body, $2
       from jsonb_to_recordset($1::jsonb) as r (id text, "orgId" text, district text, street text, kind text,
         "coveredFrom" date, "dueFrom" date, "dueOn" date, "soonFrom" date, "lastOn" date, body jsonb)`,
      [JSON.stringify(rows), today],
    );
  }
}

/** What cannot be said may be said in another month, when a year that is possible has come of age. */
async function askAgain({ query }: Session, today: CalendarDate): Promise<void> {
  await query(
    `insert into checkup_due_dirty (building_id) select building_id from checkup_due
     where kind = 'unknown' and computed_on < $1::date limit ${DUE_REFRESH_MAX} on conflict do nothing`,
    [`${today.slice(0, 7)}-01`],
  );
}

function parseCursor(cursor: string | null): { on: string | null; id: string } {
  if (cursor === null) return { on: null, id: '' };
  const match = /^(\d{4}-\d{2}-\d{2})?_(.+)$/s.exec(cursor);
  if (match === null) throw new AppError(E.badCursor);
  return { on: match[1] ?? null, id: match[2]! };
}
