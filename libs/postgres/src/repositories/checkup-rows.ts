import type { CheckupRecord, DraftFields } from '@anmai/lifecycle';
import type { CheckupRow, CheckupStepRow, CheckupViewer } from '../checkup-shapes';
import type { Session } from '../database';

/** A building's name, address and streets: of its file, or of the asset where no file was made yet. */
export const PLACE_COLUMNS = `jsonb_build_object('id', a.id, 'name', coalesce(b.name, a.name),
  'address', coalesce(b.address, a.properties ->> 'address', ''),
  'district', coalesce(b.district, a.properties ->> 'district', ''),
  'street', coalesce(b.street, a.properties ->> 'street', ''))`;
export const PLACE_JOINS_OF = 'left join building b on b.id = a.id';
export const PLACE_JOINS = `join asset a on a.id = c.building_id ${PLACE_JOINS_OF}`;

const CHECKUP = `select c.id, c.building_id as "buildingId", c.kind, c.state,
  jsonb_build_object('id', c.rule_set_id, 'version', c.rule_set_version) as "ruleSet",
  jsonb_build_object('id', c.form_id, 'version', c.form_version) as form, c.agency_id as "agencyId", c.inspectors,
  c.due_from::text as "dueFrom", c.due_on::text as "dueOn", c.round_id as "roundId", c.demand, c.supersedes,
  c.superseded_by as "supersededBy", c.note, c.revision, c.version, ${PLACE_COLUMNS} as place,
  a.org_id as "buildingOrgId", g.org_id as "agencyOrgId", b.id is not null as "hasFile"
  from checkup c ${PLACE_JOINS} left join checkup_agency g on g.id = c.agency_id`;

/** Of $1 (within), $2 (user name), $3 (only own). */
export const VISIBLE = `($1::text is null
    or a.org_id in (select id from org where path @> array[$1::text])
    or g.org_id in (select id from org where path @> array[$1::text]))
  and (not $3::boolean or $2::text = any(c.inspectors))`;

export const viewerValues = (viewer: CheckupViewer): unknown[] => [
  viewer.within,
  viewer.username,
  viewer.onlyOwn,
];
/** The program itself, and checks that were made before. */
export const EVERYTHING: CheckupViewer = { within: null, username: '', onlyOwn: false };

/** `rest`: conditions and order; its values start at $4. */
export const selectCheckups = (
  { query }: Session,
  viewer: CheckupViewer,
  rest: string,
  values: readonly unknown[] = [],
): Promise<CheckupRow[]> =>
  query<CheckupRow>(`${CHECKUP} where ${VISIBLE} ${rest}`, [...viewerValues(viewer), ...values]);

export async function checkupById(
  session: Session,
  id: string,
  viewer: CheckupViewer = EVERYTHING,
): Promise<CheckupRow | null> {
  return (await selectCheckups(session, viewer, 'and c.id = $4', [id]))[0] ?? null;
}

export async function draftOf({ query }: Session, checkupId: string): Promise<DraftFields> {
  const [row] = await query<{ fields: DraftFields }>(
    'select fields from checkup_draft where checkup_id = $1',
    [checkupId],
  );
  return row?.fields ?? {};
}

/** Newest first. */
export async function recordsOf({ query }: Session, checkupId: string): Promise<CheckupRecord[]> {
  const rows = await query<{ body: CheckupRecord }>(
    'select body from checkup_record where checkup_id = $1 order by revision desc',
    [checkupId],
  );
  return rows.map(row => row.body);
}

export const stepsOf = ({ query }: Session, checkupId: string): Promise<CheckupStepRow[]> =>
  query<CheckupStepRow>(
    'select n, step, actor, at, note from checkup_step where checkup_id = $1 order by n',
    [checkupId],
  );

/**
 * Of each building the newest record that stands, of a check-up other than the one given: what cracks are held
 * against. One that was sent back does not stand.
 */
export async function lastRecords(
  { query }: Session,
  pairs: readonly { readonly checkupId: string; readonly buildingId: string }[],
): Promise<Map<string, CheckupRecord>> {
  const rows = await query<{ checkupId: string; body: CheckupRecord }>(
    `select p."checkupId", r.body from jsonb_to_recordset($1::jsonb) as p ("checkupId" text, "buildingId" text)
     cross join lateral (
       select r.body from checkup_record r join checkup o on o.id = r.checkup_id
       where r.building_id = p."buildingId" and r.checkup_id <> p."checkupId" and o.kind <> 'patrol'
         and o.state in ('submitted', 'reviewed', 'accepted')
       order by r.submitted_at desc limit 1) r`,
    [JSON.stringify(pairs)],
  );
  return new Map(rows.map(row => [row.checkupId, row.body]));
}
