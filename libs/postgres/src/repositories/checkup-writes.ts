import { AppError, derivedId, type Clock } from '@anmai/kernel';
import type { CheckupRecord } from '@anmai/lifecycle';
import type {
  CheckupChange,
  CheckupDecision,
  CheckupRow,
  CheckupViewer,
  NewCheckup,
} from '../checkup-shapes';
import type { Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type { Author } from '../record-shapes';
import { checkupRecordTable, checkupTable } from '../schema';
import { appendBuildingEvents } from './building-events';
import { checkupById, selectCheckups } from './checkup-rows';
import { answerDemand } from './demand-link';
import { checkReference } from './references';
import { appendAudit } from './trail';

/** Locks the check-up until the end of the transaction; rejects with PGR-004 where it is not to be seen. */
export async function lockCheckup(session: Session, id: string, viewer: CheckupViewer): Promise<CheckupRow> {
  const [row] = await selectCheckups(session, viewer, 'and c.id = $4 for update of c', [id]);
  if (row === undefined) throw new AppError(E.notFound, { what: 'check-up', id });
  return row;
}

export async function insertCheckup(
  session: Session,
  clock: Clock,
  value: NewCheckup & { readonly supersedes?: string },
  by: Author,
): Promise<CheckupRow> {
  const { ruleSet, form, ...rest } = value;
  await checkBuilding(session, value.buildingId, by);
  if (value.agencyId !== null) await checkAgency(session, value.agencyId);
  const isAssigned = value.agencyId !== null && value.inspectors.length > 0;
  await session.db.insert(checkupTable).values({
    ...rest,
    inspectors: [...value.inspectors],
    state: isAssigned ? 'assigned' : 'planned',
    ...{ ruleSetId: ruleSet.id, ruleSetVersion: ruleSet.version },
    ...{ formId: form.id, formVersion: form.version },
  });
  const row = (await checkupById(session, value.id))!;
  await answerDemand(session, row);
  const note = value.demand?.reason ?? null;
  await noteStep(session, clock, row, { step: 'plan', note, patch: {}, event: 'planned' }, by.actor);
  return row;
}

export async function applyChange(
  session: Session,
  clock: Clock,
  row: CheckupRow,
  change: CheckupChange,
  actor: string,
): Promise<CheckupRow> {
  const { patch } = change;
  const has = (key: keyof typeof patch): boolean => patch[key] !== undefined;
  await session.query(
    `update checkup set state = coalesce($2, state), agency_id = case when $3 then $4 else agency_id end,
       inspectors = coalesce($5::text[], inspectors), note = case when $6 then $7 else note end,
       superseded_by = coalesce($8, superseded_by), version = version + 1 where id = $1`,
    [
      row.id,
      patch.state ?? null,
      ...[has('agencyId'), patch.agencyId ?? null],
      patch.inspectors ?? null,
      ...[has('note'), patch.note ?? null],
      patch.supersededBy ?? null,
    ],
  );
  const after = (await checkupById(session, row.id))!;
  await noteStep(session, clock, after, change, actor);
  return after;
}

/** What holds for one step of several: decided on the row as it is, under its lock. */
export async function changeLocked(
  session: Session,
  clock: Clock,
  id: string,
  decide: CheckupDecision,
  viewer: CheckupViewer,
): Promise<CheckupRow> {
  const row = await lockCheckup(session, id, viewer);
  const change = decide(row);
  if (change.patch.agencyId !== undefined && change.patch.agencyId !== null)
    await checkAgency(session, change.patch.agencyId);
  return applyChange(session, clock, row, change, viewer.username);
}

/** The record, and the check-up that it is submitted for, as one. */
export async function insertRecord(
  session: Session,
  clock: Clock,
  row: CheckupRow,
  record: CheckupRecord,
): Promise<CheckupRow> {
  const { id, checkupId, revision, contentHash, submittedAt, submittedBy, result, form } = record;
  const keys = { id, checkupId, revision, contentHash, submittedAt, submittedBy, result };
  await session.db.insert(checkupRecordTable).values({ ...keys, buildingId: row.buildingId, body: record });
  await session.query(
    `update checkup set state = 'submitted', note = null, revision = $2, form_id = $3, form_version = $4,
       version = version + 1 where id = $1`,
    [row.id, revision, form.id, form.version],
  );
  const after = { ...row, state: 'submitted', note: null, revision, form, version: row.version + 1 } as const;
  const change = { step: 'submit', note: null, patch: {}, event: 'submitted' };
  await noteStep(session, clock, after, change, submittedBy);
  return after;
}

/** Step, audit and timeline of one write. */
export async function noteStep(
  session: Session,
  clock: Clock,
  row: CheckupRow,
  { step, note, event }: CheckupChange,
  actor: string,
): Promise<void> {
  const at = clock.now();
  // A check-up that now stands, or no longer does, moves the day of the next one.
  const [{ n } = { n: 1 }] = await session.query<{ n: number }>(
    `with touched as (insert into checkup_due_dirty (building_id) values ($6) on conflict do nothing)
     insert into checkup_step (checkup_id, n, step, actor, at, note)
     select $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5 from checkup_step where checkup_id = $1 returning n`,
    [row.id, step, actor, toSqlInstant(at), note, row.buildingId],
  );
  const detail = { state: row.state, revision: row.revision, note };
  await appendAudit(session, clock, {
    actor,
    action: `checkup.${step}`,
    subject: `checkup/${row.id}`,
    detail,
  });
  // A timeline is of a file, and a building may be an asset alone so far.
  if (event === null || !row.hasFile) return;
  await appendBuildingEvents(session, clock, [
    {
      id: derivedId('bev', 'checkup', row.id, n),
      buildingId: row.buildingId,
      at,
      kind: 'checkup',
      change: event,
      refId: row.id,
      actor,
      detail: { kind: row.kind, revision: row.revision, note },
    },
  ]);
}

async function checkBuilding(session: Session, id: string, by: Author): Promise<void> {
  await checkReference(session, 'asset', id, by.within);
  const rows = await session.query(`select 1 from asset where id = $1 and kind = 'building'`, [id]);
  if (rows.length === 0) throw new AppError(E.unknownReference, { what: 'building', id });
}

async function checkAgency({ query }: Session, id: string): Promise<void> {
  if ((await query('select 1 from checkup_agency where id = $1', [id])).length === 0)
    throw new AppError(E.unknownReference, { what: 'agency', id });
}
