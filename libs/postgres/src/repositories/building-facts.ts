import { AppError } from '@anmai/kernel';
import type { Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type { BuildingFacts } from '../hazard-shapes';
import type { Within } from '../record-shapes';

interface Row extends Omit<BuildingFacts, 'protection' | 'storeys' | 'heightM' | 'structure' | 'address'> {
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly fileAddress: string | null;
}

/** Condition on the column `org`; `$n` is the parameter that holds `within`. */
export const within = (org: string, n: number): string =>
  `($${n}::text is null or ${org} in (select id from org where path @> array[$${n}::text]))`;

/** The asset of kind `building`, with what its file says when there is one. `lock`: nobody else writes it meanwhile. */
export async function buildingFacts(
  { query }: Session,
  id: string,
  scope: Within,
  lock = false,
): Promise<BuildingFacts | null> {
  if (lock) await query('select 1 from asset where id = $1 for update', [id]);
  const [row] = await query<Row>(
    `select a.id, a.name, a.org_id as "orgId", a.properties ->> 'grade' as grade, b.body,
       nullif(b.address, '') as "fileAddress",
       coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'quantity', s.quantity, 'unit', s.unit)
         order by s.id) from sensor s where s.asset_id = a.id), '[]') as sensors
     from asset a left join building b on b.id = a.id
     where a.id = $1 and a.kind = 'building' and ${within('a.org_id', 2)}`,
    [id, scope],
  );
  if (row === undefined) return null;
  const { body, fileAddress, ...rest } = row;
  return { ...rest, ...fileFacts(body), address: fileAddress };
}

/** The same, or 404. */
export async function knownBuilding(session: Session, id: string, scope: Within): Promise<BuildingFacts> {
  const facts = await buildingFacts(session, id, scope, true);
  if (facts === null) throw new AppError(E.notFound, { what: 'building', id });
  return facts;
}

function fileFacts(
  body: Row['body'],
): Pick<BuildingFacts, 'protection' | 'storeys' | 'heightM' | 'structure'> {
  const protection = body?.['protection'];
  const isKnown = typeof protection === 'string' && protection !== 'unknown';
  return {
    protection: isKnown ? (protection === 'none' ? [] : [protection]) : null,
    storeys: numberOf(body?.['storeys']),
    heightM: numberOf(body?.['heightM']),
    structure: typeof body?.['structure'] === 'string' ? body['structure'] : null,
  };
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
