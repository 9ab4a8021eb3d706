import type { BuildingMap } from '@anmai/postgres';
import type { BuildingMapShape } from '@anmai/wire';

export const mapShape = ({ total, buildings, clusters }: BuildingMap): BuildingMapShape => ({
  type: 'FeatureCollection',
  total,
  clustered: clusters.length > 0,
  features: [
    ...buildings.map(({ id, name, grade, footprint }) => ({
      type: 'Feature' as const,
      geometry: footprint,
      properties: { id, name, grade, count: 1 },
    })),
    ...clusters.map(({ lon, lat, count, worst }) => ({
      type: 'Feature' as const,
      geometry: { type: 'Point' as const, coordinates: [lon, lat] as const },
      properties: { id: null, name: null, grade: worst, count },
    })),
  ],
});
