import { AppError, invariant } from '@anmai/kernel';
import {
  DEVICES_PER_FIELD_MAX,
  FIELDS_MAX,
  mapWrites,
  mergeDrafts,
  withOffset,
  type CheckupForm,
  type CheckupRecord,
  type DraftFields,
  type FormRef,
  type RegimeRuleSet,
} from '@anmai/lifecycle';
import type { Checkups } from '../checkup-records';
import {
  CHECKUP_TASKS_MAX,
  type CheckupDecision,
  type CheckupFile,
  type CheckupQuery,
  type CheckupRow,
  type CheckupTask,
  type CheckupViewer,
  type NewCheckup,
  type SubmissionJudge,
  type Submitted,
} from '../checkup-shapes';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type { Author, RecordPage } from '../record-shapes';
import {
  checkupById,
  draftOf,
  EVERYTHING,
  lastRecords,
  recordsOf,
  selectCheckups,
  stepsOf,
  VISIBLE,
  viewerValues,
  PLACE_JOINS,
} from './checkup-rows';
import { changeLocked, insertCheckup, insertRecord, lockCheckup } from './checkup-writes';
import { meetDemands } from './demand-link';
import { pageLimit, pageOf } from './paging';
import { formBody, Published, ruleSetBodies, seedRegimes } from './regime-rows';

/** States in which a phone takes a check-up along. */
const FIELD_STATES = `('assigned', 'inField', 'returned')`;

export class CheckupStore implements Checkups {
  private readonly forms = new Published<CheckupForm>();
  private readonly ruleSets = new Published<RegimeRuleSet>();
  constructor(private readonly database: Database) {}

  async list(query: CheckupQuery, viewer: CheckupViewer): Promise<RecordPage<CheckupRow>> {
    const limit = pageLimit(query);
    const rows = await this.database.read(session =>
      selectCheckups(
        session,
        viewer,
        `and c.id > $4 and ($5::text is null or c.state = $5) and ($6::text is null or c.kind = $6)
           and ($7::text is null or c.building_id = $7) and ($8::text is null or c.agency_id = $8)
           and ($9::text is null or $9 = any(c.inspectors)) and ($10::text is null or c.round_id = $10)
         order by c.id limit $11`,
        [
          query.cursor ?? '',
          ...[query.state ?? null, query.kind ?? null, query.buildingId ?? null, query.agencyId ?? null],
          ...[query.inspector ?? null, query.roundId ?? null, limit + 1],
        ],
      ),
    );
    return pageOf(rows, limit, last => last.id);
  }

  get(id: string, viewer: CheckupViewer): Promise<CheckupRow | null> {
    return this.database.read(session => checkupById(session, id, viewer));
  }

  file(id: string, viewer: CheckupViewer): Promise<CheckupFile | null> {
    return this.database.snapshot(async session => {
      const row = await checkupById(session, id, viewer);
      if (row === null) return null;
      const ruleSet = (await ruleSetBodies(session, [row.ruleSet]))(row.ruleSet);
      const records = await recordsOf(session, id);
      return { row, ruleSet, records, steps: await stepsOf(session, id), fields: await draftOf(session, id) };
    });
  }

  tasks(username: string): Promise<readonly CheckupTask[]> {
    return this.database.snapshot(async session => {
      const viewer = { within: null, username, onlyOwn: true };
      const rest = `and c.state in ${FIELD_STATES} order by c.due_on nulls last, c.id limit $4`;
      const rows = await selectCheckups(session, viewer, rest, [CHECKUP_TASKS_MAX + 1]);
      if (rows.length === 0) return [];
      const last = await lastRecords(
        session,
        rows.map(row => ({ checkupId: row.id, buildingId: row.buildingId })),
      );
      const ruleSetOf = await ruleSetBodies(
        session,
        rows.map(row => row.ruleSet),
      );
      // A phone takes no personal data along: whoever may see them looks them up in the office.
      const more = await session.query<
        Pick<CheckupTask, 'geometry' | 'properties' | 'fields'> & { id: string }
      >(
        `select c.id, a.geometry, coalesce(b.body - '{owner,dutyHolder,manager}'::text[], a.properties) as properties, coalesce(d.fields, '{}') as fields
         from checkup c ${PLACE_JOINS} left join checkup_draft d on d.checkup_id = c.id where c.id = any($1::text[])`,
        [rows.map(row => row.id)],
      );
      const moreOf = new Map(more.map(({ id, ...rest }) => [id, rest]));
      return rows.map(row => ({
        row,
        ruleSet: ruleSetOf(row.ruleSet),
        last: last.get(row.id) ?? null,
        ...moreOf.get(row.id)!,
      }));
    });
  }

  upcoming(username: string, agencyId: string | null, limit: number): Promise<readonly CheckupRow[]> {
    const whose = agencyId === null ? '$4 = any(c.inspectors)' : 'c.agency_id = $5';
    const rest = `and ($4::text is not null) and ($5::text is null or true) and ${whose} and c.due_on is not null
      and c.state in ('planned', 'assigned', 'inField', 'returned') order by c.due_on, c.id limit $6`;
    return this.database.read(session =>
      selectCheckups(session, EVERYTHING, rest, [username, agencyId, limit]),
    );
  }

  plan(values: readonly NewCheckup[], by: Author): Promise<readonly CheckupRow[]> {
    return this.database.write(async session => {
      await seedRegimes(session, this.database.clock);
      const rows: CheckupRow[] = [];
      for (const value of values) rows.push(await insertCheckup(session, this.database.clock, value, by));
      return rows;
    });
  }

  change(id: string, decide: CheckupDecision, viewer: CheckupViewer): Promise<CheckupRow> {
    return this.database.write(session => changeLocked(session, this.database.clock, id, decide, viewer));
  }

  sync(
    id: string,
    fields: DraftFields,
    offsetMs: number,
    check: (row: CheckupRow) => void,
    viewer: CheckupViewer,
  ): Promise<{ row: CheckupRow; fields: DraftFields }> {
    return this.database.transaction(async session => {
      const row = await lockCheckup(session, id, viewer);
      check(row);
      const draft = await draftOf(session, id);
      return { row, fields: await this.mergeDraft(session, row, draft, fields, offsetMs, viewer.username) };
    });
  }

  submit(
    id: string,
    sent: { readonly fields: DraftFields; readonly offsetMs: number; readonly contentHash: string },
    judge: SubmissionJudge,
    viewer: CheckupViewer,
  ): Promise<Submitted> {
    const { clock } = this.database;
    return this.database.write(async session => {
      const row = await lockCheckup(session, id, viewer);
      const { known, draft } = await present(session, id, sent.contentHash);
      if (known !== null) return { row, record: known, again: true };
      const fields = await this.mergeDraft(session, row, draft, sent.fields, sent.offsetMs, viewer.username);
      const last = (await lastRecords(session, [{ checkupId: id, buildingId: row.buildingId }])).get(id);
      const ruleSet = await this.ruleSets.get(row.ruleSet, async () =>
        (await ruleSetBodies(session, [row.ruleSet]))(row.ruleSet),
      );
      invariant(ruleSet !== null, 'a check-up without its rules');
      const form = (ref: FormRef) => this.forms.get(ref, () => formBody(session, ref.id, ref.version));
      const record = await judge({ row, form, ruleSet, fields, last: last ?? null });
      const after = await insertRecord(session, clock, row, record);
      await meetDemands(session, clock, after, clock.now(), viewer.username);
      return { row: after, record, again: false };
    });
  }

  supersede(id: string, newId: string, decide: CheckupDecision, viewer: CheckupViewer): Promise<CheckupRow> {
    const { clock } = this.database;
    return this.database.write(async session => {
      const old = await changeLocked(session, clock, id, decide, viewer);
      const { place: _place, state: _state, version: _version, revision: _revision, ...rest } = old;
      const {
        buildingOrgId: _org,
        agencyOrgId: _agency,
        hasFile: _file,
        supersededBy: _by,
        note: _note,
        ...value
      } = rest;
      const by = { actor: viewer.username, within: null };
      return insertCheckup(session, clock, { ...value, id: newId, supersedes: id }, by);
    });
  }

  async record(recordId: string, viewer: CheckupViewer): Promise<CheckupRecord | null> {
    const [row] = await this.database.read(({ query }) =>
      query<{ body: CheckupRecord }>(
        `select r.body from checkup_record r join checkup c on c.id = r.checkup_id ${PLACE_JOINS}
         left join checkup_agency g on g.id = c.agency_id where ${VISIBLE} and r.id = $4`,
        [...viewerValues(viewer), recordId],
      ),
    );
    return row?.body ?? null;
  }

  /** Under the lock of the check-up. What is new gets the offset of this call; what is known keeps its own. */
  private async mergeDraft(
    session: Session,
    row: CheckupRow,
    draft: DraftFields,
    fields: DraftFields,
    offsetMs: number,
    username: string,
  ): Promise<DraftFields> {
    const fresh = mapWrites(fields, write => ({
      ...write,
      offsetMs: null,
      by: row.inspectors.includes(write.by) ? write.by : username,
    }));
    const merged = withOffset(mergeDrafts(draft, fresh), offsetMs);
    checkSize(merged);
    await session.query(
      `insert into checkup_draft (checkup_id, fields, at) values ($1, $2::jsonb, $3)
       on conflict (checkup_id) do update set fields = excluded.fields, at = excluded.at`,
      [row.id, JSON.stringify(merged), toSqlInstant(this.database.clock.now())],
    );
    return merged;
  }
}

/** What a submission is held against: the same record, if it came before, and the draft so far. */
async function present(
  { query }: Session,
  id: string,
  hash: string,
): Promise<{ known: CheckupRecord | null; draft: DraftFields }> {
  const [row] = await query<{ known: CheckupRecord | null; draft: DraftFields | null }>(
    `select (select body from checkup_record where checkup_id = $1 and content_hash = $2) as known,
       (select fields from checkup_draft where checkup_id = $1) as draft`,
    [id, hash],
  );
  return { known: row?.known ?? null, draft: row?.draft ?? {} };
}

function checkSize(fields: DraftFields): void {
  const count = Object.keys(fields).length;
  if (count > FIELDS_MAX) throw new AppError(E.tooMany, { what: 'fields', count, max: FIELDS_MAX });
  for (const field of Object.values(fields)) {
    const devices = Object.keys(field).length;
    if (devices > DEVICES_PER_FIELD_MAX)
      throw new AppError(E.tooMany, { what: 'devices', count: devices, max: DEVICES_PER_FIELD_MAX });
  }
}
