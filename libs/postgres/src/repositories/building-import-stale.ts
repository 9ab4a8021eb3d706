import type { BuildingImportFault } from '../building-import-shapes';
import type { Session } from '../database';
import type { Prepared } from './building-import-check';

/** Rows of one statement. */
const BATCH_ROWS = 1_000;

/**
 * Of what was prepared, the rows whose asset or file is no longer as it was looked at: writing them would undo what someone
 * did since. Those that are still the same stay so until the transaction ends; what only refers to them does not wait.
 */
export async function staleRows(session: Session, prepared: readonly Prepared[]): Promise<Set<Prepared>> {
  const stale = new Set<Prepared>();
  for (let i = 0; i < prepared.length; i += BATCH_ROWS) {
    const batch = prepared.slice(i, i + BATCH_ROWS);
    const ids = batch.map(one => one.file.id);
    const assets = await lockedVersions(session, 'asset', ids);
    const files = await lockedVersions(session, 'building', ids);
    for (const one of batch) {
      const { id } = one.file;
      const isSame = files.get(id) === one.before?.version && assets.get(id) === one.present?.version;
      if (!isSame) stale.add(one);
    }
  }
  return stale;
}

async function lockedVersions(
  { query }: Session,
  table: 'asset' | 'building',
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await query<{ id: string; version: number }>(
    `select id, version from ${table} where id = any($1::text[]) order by id for no key update`,
    [ids],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

export const staleFault = ({ row, file }: Prepared): BuildingImportFault => ({
  ...{ row, column: 'id', level: 'error' },
  ...{ code: 'changedMeanwhile', value: file.id },
});
