import type { Extent } from '@anmai/lifecycle';
import {
  MAP_BUILDINGS_MAX,
  type BuildingFilter,
  type BuildingMap,
  type MapBuilding,
  type MapCluster,
} from '../building-shapes';
import type { Session } from '../database';
import type { Within } from '../record-shapes';
import { filtered } from './building-search';

/** Cells of a map along each side. */
const CELLS = 24;

/** Buildings one by one while they are few, else counted in a grid over the box: a city of a million is as quick as a street. */
export async function mapOf(
  session: Session,
  box: Extent,
  filter: BuildingFilter,
  within: Within,
): Promise<BuildingMap> {
  const on = filtered(filter, within);
  const [west, south, east, north] = box;
  on.add('b.extent && ?::box', `(${west},${south}),(${east},${north})`);
  const [found] = await session.query<{ count: number }>(
    `select count(*) as count from (select from building b where ${on.where} limit ${MAP_BUILDINGS_MAX + 1}) as found`,
    on.values,
  );
  if ((found?.count ?? 0) <= MAP_BUILDINGS_MAX) {
    const buildings = await session.query<MapBuilding>(
      `select b.id, b.name, b.grade, b.body -> 'footprint' as footprint from building b where ${on.where}`,
      on.values,
    );
    return { total: buildings.length, buildings, clusters: [] };
  }
  const clusters = await session.query<MapCluster>(
    `select avg(lon) as lon, avg(lat) as lat, count(*)::integer as count, max(grade) as worst
     from (select (center(b.extent))[0] as lon, (center(b.extent))[1] as lat, b.grade from building b where ${on.where}) as p
     group by width_bucket(lon, ${west}, ${east}, ${CELLS}), width_bucket(lat, ${south}, ${north}, ${CELLS})`,
    on.values,
  );
  return { total: clusters.reduce((sum, cell) => sum + cell.count, 0), buildings: [], clusters };
}
