import { AppError, derivedId } from '@anmai/kernel';
import type { NewCheckup } from '../checkup-shapes';
import type { Database, Session } from '../database';
import {
  ROUND_ITEMS_MAX,
  type CheckupCalendars,
  type NewRound,
  type RoundRow,
  type Rounds,
} from '../due-records';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type { Author, Within } from '../record-shapes';
import { checkReference } from './references';
import { appendAudit } from './trail';

/** Check-ups written by one statement. */
const BATCH = 5_000;
const ROUND = `select r.id, r.org_id as "orgId", r.year, r.name, r.body, r.version,
  coalesce((select jsonb_object_agg(s.state, s.count) from
    (select c.state, count(*) as count from checkup c where c.round_id = r.id group by c.state) s), '{}') as states
  from checkup_round r`;

export class RoundStore implements Rounds {
  constructor(private readonly database: Database) {}

  create(round: NewRound, checkups: readonly NewCheckup[], by: Author): Promise<RoundRow> {
    const { id, orgId, year, name, body } = round;
    if (checkups.length > ROUND_ITEMS_MAX)
      throw new AppError(E.tooMany, { what: 'check-ups', count: checkups.length, max: ROUND_ITEMS_MAX });
    return this.database.write(async session => {
      await checkReference(session, 'org', orgId, by.within);
      await session.query(
        'insert into checkup_round (id, org_id, year, name, body) values ($1, $2, $3, $4, $5::jsonb)',
        [id, orgId, year, name, JSON.stringify(body)],
      );
      for (let from = 0; from < checkups.length; from += BATCH)
        await this.insert(session, checkups.slice(from, from + BATCH), by);
      const detail = { year, name, checkups: checkups.length };
      const entry = { action: 'checkup.roundPlanned', subject: `round/${id}`, detail };
      await appendAudit(session, this.database.clock, { actor: by.actor, ...entry });
      const [row] = await session.query<RoundRow>(`${ROUND} where r.id = $1`, [id]);
      return row!;
    });
  }

  list(within: Within): Promise<readonly RoundRow[]> {
    return this.database.read(({ query }) =>
      query<RoundRow>(
        `${ROUND} where $1::text is null or r.org_id in (select id from org where path @> array[$1::text])
         order by r.year desc, r.id`,
        [within],
      ),
    );
  }

  /** Many at once: what `insertCheckup` does for one, save for an audit entry each; the round has one for all. */
  private async insert(session: Session, checkups: readonly NewCheckup[], by: Author): Promise<void> {
    const at = toSqlInstant(this.database.clock.now());
    const rows = checkups.map(each => ({ ...each, eventId: derivedId('bev', 'checkup', each.id, 1) }));
    const recordset = `jsonb_to_recordset($1::jsonb) as t (id text, "buildingId" text, kind text, "ruleSet" jsonb,
      form jsonb, "agencyId" text, "dueFrom" date, "dueOn" date, "roundId" text, "eventId" text)`;
    const json = JSON.stringify(rows);
    await session.query(
      `insert into checkup (id, building_id, kind, state, rule_set_id, rule_set_version, form_id, form_version,
         agency_id, due_from, due_on, round_id)
       select id, "buildingId", kind, 'planned', "ruleSet" ->> 'id', ("ruleSet" ->> 'version')::integer,
         form ->> 'id', (form ->> 'version')::integer, "agencyId", "dueFrom", "dueOn", "roundId" from ${recordset}`,
      [json],
    );
    await session.query(
      `insert into checkup_step (checkup_id, n, step, actor, at, note) select id, 1, 'plan', $2, $3, null from ${recordset}`,
      [json, by.actor, at],
    );
    await session.query(
      `insert into building_event (id, building_id, at, kind, change, ref_id, actor, detail, written_at)
       select "eventId", "buildingId", $3, 'checkup', 'planned', t.id, $2, jsonb_build_object('kind', kind), $3
       from ${recordset} join building b on b.id = t."buildingId" on conflict (id) do nothing`,
      [json, by.actor, at],
    );
  }
}

export class CalendarStore implements CheckupCalendars {
  constructor(private readonly database: Database) {}

  make(tokenHash: string, username: string, agencyId: string | null): Promise<void> {
    return this.database.write(async session => {
      const { clock } = this.database;
      await session.query(
        'insert into checkup_calendar (token_hash, username, agency_id, made_at) values ($1, $2, $3, $4)',
        [tokenHash, username, agencyId, toSqlInstant(clock.now())],
      );
      const entry = { action: 'checkup.calendarShared', subject: `user/${username}`, detail: { agencyId } };
      await appendAudit(session, clock, { actor: username, ...entry });
    });
  }

  revoke(username: string): Promise<number> {
    return this.database.write(async session => {
      const { clock } = this.database;
      const rows = await session.query(
        `update checkup_calendar set revoked_at = $2 where username = $1 and revoked_at is null returning 1`,
        [username, toSqlInstant(clock.now())],
      );
      const entry = { action: 'checkup.calendarsRevoked', subject: `user/${username}` };
      await appendAudit(session, clock, { actor: username, ...entry, detail: { count: rows.length } });
      return rows.length;
    });
  }

  async find(tokenHash: string): Promise<{ username: string; agencyId: string | null } | null> {
    const [row] = await this.database.read(({ query }) =>
      query<{ username: string; agencyId: string | null }>(
        `select t.username, t.agency_id as "agencyId" from checkup_calendar t
         join app_user u on u.username = t.username and not u.disabled
         where t.token_hash = $1 and t.revoked_at is null`,
        [tokenHash],
      ),
    );
    return row ?? null;
  }
}
