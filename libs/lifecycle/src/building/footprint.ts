import type { Geometry, Position } from '@anmai/catalog';

/** [west, south, east, north] in degrees. */
export type Extent = readonly [west: number, south: number, east: number, north: number];

const positionsOf = (geometry: Geometry): readonly Position[] => {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'LineString':
      return geometry.coordinates;
    case 'Polygon':
      return geometry.coordinates[0] ?? [];
  }
};

/** Bounding box of the outer ring; null: it has no place. */
export function extentOf(geometry: Geometry | null): Extent | null {
  const positions = geometry === null ? [] : positionsOf(geometry);
  if (positions.length === 0) return null;
  const lons = positions.map(([lon]) => lon);
  const lats = positions.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
