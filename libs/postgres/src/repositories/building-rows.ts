import {
  addressLine,
  extentOf,
  gramsOf,
  sameKey,
  searchText,
  yearsOf,
  type BuildingCode,
  type BuildingFile,
  type Grade,
} from '@anmai/lifecycle';
import { invariant } from '@anmai/kernel';
import type { BuildingRecord } from '../building-shapes';
import type { Session } from '../database';
import type { Within } from '../record-shapes';

interface Row {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly grade: Grade | null;
  readonly body: Omit<BuildingFile, 'id' | 'orgId' | 'name'>;
  readonly mergedInto: string | null;
  readonly version: number;
}
const COLUMNS =
  'b.id, b.org_id as "orgId", b.name, b.grade, b.body, b.merged_into as "mergedInto", b.version';

/** `$n` stands for the organisation that looks; null sees all. */
export const visibleBy = (n: number): string =>
  `($${n}::text is null or b.org_id in (select id from org where path @> array[$${n}::text]))`;

/** Whole files, those that `within` lets see, in no order. */
export async function findBuildings(
  session: Session,
  ids: readonly string[],
  within: Within,
): Promise<BuildingRecord[]> {
  const rows = await session.query<Row>(
    `select ${COLUMNS} from building b where b.id = any($1::text[]) and ${visibleBy(2)}`,
    [ids, within],
  );
  return rows.map(({ body, ...row }) => ({ ...body, ...row }));
}

/** What of a record is the file itself. */
export function fileOf(record: BuildingRecord): BuildingFile {
  const { grade: _grade, mergedInto: _merged, version: _version, ...file } = record;
  return file;
}

/** What the columns hold of a file. */
function rowOf(file: BuildingFile) {
  const { id, orgId, name, ...body } = file;
  const search = searchText(file);
  const extent = extentOf(file.footprint);
  const years = yearsOf(file.yearBuilt);
  return {
    ...{ id, orgId, name, body, search },
    grams: gramsOf(search),
    address: addressLine(file.address),
    district: file.address.district,
    street: file.address.street,
    extent: extent === null ? null : `(${extent[0]},${extent[1]}),(${extent[2]},${extent[3]})`,
    sameKey: sameKey(file),
    yearFirst: years.first,
    yearLast: years.last,
  };
}

/** Writes files, new ones and others, by one statement; gives the version of each. A new file takes the grade of its asset. */
export async function putBuildings(
  { query }: Session,
  files: readonly BuildingFile[],
): Promise<Map<string, number>> {
  const rows = await query<{ id: string; version: number }>(
    `insert into building as b (id, org_id, name, address, district, street, grade, search, grams, extent, same_key,
       year_first, year_last, body)
     select t.id, "orgId", t.name, address, district, street,
       case when a.properties ->> 'grade' in ('A', 'B', 'C', 'D') then a.properties ->> 'grade' end,
       search, grams, extent::box, "sameKey", "yearFirst", "yearLast", body
     from jsonb_to_recordset($1::jsonb) as t (id text, "orgId" text, name text, address text, district text,
       street text, search text, grams text[], extent text, "sameKey" text, "yearFirst" integer, "yearLast" integer,
       body jsonb)
     join asset a on a.id = t.id
     on conflict (id) do update set org_id = excluded.org_id, name = excluded.name, address = excluded.address,
       district = excluded.district, street = excluded.street, search = excluded.search, grams = excluded.grams,
       extent = excluded.extent, same_key = excluded.same_key, year_first = excluded.year_first,
       year_last = excluded.year_last, body = excluded.body, version = b.version + 1
     returning b.id, b.version`,
    [JSON.stringify(files.map(rowOf))],
  );
  invariant(rows.length === files.length, 'a building without its asset');
  return new Map(rows.map(row => [row.id, row.version]));
}

/** A code that another building has. */
export type TakenCode = BuildingCode & { readonly buildingId: string };

/** Those of the codes that belong to other buildings than the one that claims them. */
export function takenCodes(session: Session, files: readonly BuildingFile[]): Promise<TakenCode[]> {
  return session.query<TakenCode>(
    `select c.scheme, c.code, c.building_id as "buildingId"
     from jsonb_to_recordset($1::jsonb) as t (scheme text, code text, id text)
     join building_code c on c.scheme = t.scheme and c.code = t.code and c.building_id <> t.id`,
    [JSON.stringify(claims(files))],
  );
}

const claims = (files: readonly BuildingFile[]) =>
  files.flatMap(({ id, codes }) => codes.map(({ scheme, code }) => ({ scheme, code, id })));

/** Replaces the codes of these buildings. None of them belongs to another: see `takenCodes`. */
export async function putCodes({ query }: Session, files: readonly BuildingFile[]): Promise<void> {
  await query('delete from building_code where building_id = any($1::text[])', [files.map(file => file.id)]);
  await query(
    `insert into building_code (scheme, code, building_id)
     select scheme, code, id from jsonb_to_recordset($1::jsonb) as t (scheme text, code text, id text)`,
    [JSON.stringify(claims(files))],
  );
}
