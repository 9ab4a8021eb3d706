import type { Asset } from '@anmai/catalog';
import { AppError } from '@anmai/kernel';
import type { Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type { ImportFault } from '../record-shapes';

const gradeOf = (properties: Readonly<Record<string, unknown>>): unknown => properties['grade'] ?? null;

/** Only an appraisal report regrades what is registered; an edit of the registry leaves the grade as it is (invariant 7). */
export function refuseRegrade(before: Asset, after: Asset): void {
  if (before.kind !== 'building' && after.kind !== 'building') return;
  if (gradeOf(before.properties) === gradeOf(after.properties)) return;
  throw new AppError(E.regrade, { id: after.id });
}

/** The same of an import: new buildings bring the grade that they have, others keep theirs. */
export async function gradeFaults({ query }: Session, assets: readonly Asset[]): Promise<ImportFault[]> {
  const buildings = assets.filter(asset => asset.kind === 'building');
  if (buildings.length === 0) return [];
  const rows = await query<{ id: string; grade: string | null }>(
    `select id, properties ->> 'grade' as grade from asset where kind = 'building' and id = any($1::text[])`,
    [buildings.map(asset => asset.id)],
  );
  const present = new Map(rows.map(row => [row.id, row.grade]));
  return assets.flatMap((asset, index) =>
    present.has(asset.id) && present.get(asset.id) !== gradeOf(asset.properties)
      ? [
          {
            list: 'assets',
            index,
            id: asset.id,
            code: 'grade',
            message: 'only an appraisal regrades a building',
          } as const,
        ]
      : [],
  );
}
