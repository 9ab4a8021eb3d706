import { blankFile, changedFields, patchedFile, type BuildingFile } from '@anmai/lifecycle';
import type { BuildingImportFault, BuildingImportRow } from '../building-import-shapes';
import type { BuildingRecord } from '../building-shapes';
import type { Session } from '../database';
import type { AssetRecord, Author } from '../record-shapes';
import { assetsOf } from './building-assets';
import { fileOf, findBuildings, takenCodes } from './building-rows';
import { visibleIds } from './references';

/** A row that may be written. */
export interface Prepared {
  readonly row: number;
  readonly file: BuildingFile;
  readonly before: BuildingRecord | null;
  readonly present: AssetRecord | null;
}
export interface Checked {
  readonly prepared: readonly Prepared[];
  readonly unchanged: number;
  readonly faults: readonly BuildingImportFault[];
  /** Buildings that claim a code of another: probably one and the same. */
  readonly sameCode: readonly (readonly [id: string, otherId: string])[];
}

const fault = (
  row: number,
  column: string,
  code: string,
  value: string,
  level: BuildingImportFault['level'] = 'error',
): BuildingImportFault => ({ row, column, level, code, value });

/** What is there already, of the ids of one batch. */
interface Present {
  readonly files: ReadonlyMap<string, BuildingRecord>;
  readonly assets: ReadonlyMap<string, AssetRecord>;
  readonly seen: ReadonlySet<string>;
  readonly orgs: ReadonlySet<string>;
}

async function presentOf(session: Session, rows: readonly BuildingImportRow[], by: Author): Promise<Present> {
  const ids = rows.map(row => row.id);
  const orgIds = [...new Set(rows.map(row => row.orgId ?? row.newOrgId))];
  return {
    files: new Map((await findBuildings(session, ids, null)).map(file => [file.id, file])),
    assets: new Map((await assetsOf(session, ids)).map(asset => [asset.id, asset])),
    seen: await visibleIds(session, 'asset', ids, by.within),
    orgs: await visibleIds(session, 'org', orgIds, by.within),
  };
}

/** A row of a merged file is left out with a word: a register goes on listing what people have merged here. */
function faultOf({ row, id, patch, ...said }: BuildingImportRow, there: Present): BuildingImportFault | null {
  const file = there.files.get(id);
  const asset = there.assets.get(id);
  if (asset !== undefined && !there.seen.has(id)) return fault(row, 'id', 'idTaken', id);
  if (asset !== undefined && asset.kind !== 'building') return fault(row, 'id', 'notABuilding', id);
  if (file !== undefined && file.mergedInto !== null)
    return fault(row, 'id', 'merged', file.mergedInto, 'warning');
  const orgId = said.orgId ?? said.newOrgId;
  const isKept = said.orgId === null && asset !== undefined;
  if (!isKept && !there.orgs.has(orgId)) return fault(row, 'orgId', 'unknownOrg', orgId);
  if (file === undefined && patch.name === undefined) return fault(row, 'name', 'required', '');
  return null;
}

function prepare({ row, id, patch, ...said }: BuildingImportRow, there: Present): Prepared {
  const before = there.files.get(id) ?? null;
  const present = there.assets.get(id) ?? null;
  const orgId = said.orgId ?? before?.orgId ?? present?.orgId ?? said.newOrgId;
  const footprint = present?.geometry ?? null;
  const file = before === null ? { ...blankFile(id, orgId, ''), footprint } : fileOf(before);
  return { row, file: { ...patchedFile(file, patch), orgId }, before, present };
}

/** Looks at one batch of rows without writing anything. `claimed`: codes of the batches before, by what claimed them. */
export async function checkBatch(
  session: Session,
  rows: readonly BuildingImportRow[],
  claimed: Map<string, string>,
  by: Author,
): Promise<Checked> {
  const there = await presentOf(session, rows, by);
  const faults: BuildingImportFault[] = [];
  const good: Prepared[] = [];
  for (const row of rows) {
    const found = faultOf(row, there);
    if (found !== null) faults.push(found);
    else good.push(prepare(row, there));
  }
  const owners = new Map(
    (
      await takenCodes(
        session,
        good.map(one => one.file),
      )
    ).map(taken => [keyOf(taken), taken.buildingId]),
  );
  const sameCode: (readonly [string, string])[] = [];
  const prepared = good.map(one => {
    const { row } = one;
    const codes = one.file.codes.filter(code => {
      const key = keyOf(code);
      const owner = owners.get(key) ?? claimed.get(key);
      if (owner === undefined || owner === one.file.id) {
        claimed.set(key, one.file.id);
        return true;
      }
      faults.push(fault(row, `code.${code.scheme}`, 'codeTaken', `${code.code} → ${owner}`, 'warning'));
      sameCode.push([one.file.id, owner]);
      return false;
    });
    return { ...one, file: { ...one.file, codes } };
  });
  const changed = prepared.filter(
    ({ file, before }) => before === null || changedFields(before, file).length > 0,
  );
  return { prepared: changed, unchanged: prepared.length - changed.length, faults, sameCode };
}

const keyOf = ({ scheme, code }: { readonly scheme: string; readonly code: string }): string =>
  `${scheme}\n${code}`;
