import type { Geometry, Position } from '@anmai/catalog';
import type { AssetShape } from '@anmai/wire';
import type { Feature, FeatureCollection, Geometry as GeoGeometry, Point } from 'geojson';
import { QUIET, type Look } from '../alarms/asset-state';
import { rankOf } from '../alarms/severity';

/** Properties of a drawn thing. MapLibre hands back flat values only. */
export interface AssetProperties {
  readonly id: string;
  readonly name: string;
  /** `gas`, `water`, `drainage`, `building` …: the part before the dot. */
  readonly group: string;
  readonly icon: string;
  readonly rank: number;
  readonly blind: number;
  readonly fresh: number;
}

export interface MapFeatures {
  /** Pipes and outlines as they lie. */
  readonly shapes: FeatureCollection<GeoGeometry, AssetProperties>;
  /** A dot for each asset with nothing to say. */
  readonly quiet: FeatureCollection<Point, AssetProperties>;
  /** A mark for each asset with an alarm, or blind. */
  readonly marks: FeatureCollection<Point, AssetProperties>;
  readonly withoutPlace: number;
}

/** Name of the drawn icon: severity, and whether it is solid, hollow (over) or hatched (blind). */
export const iconName = (look: Look): string =>
  `mark|${look.severity ?? 'none'}|${look.blind ? 'hatched' : look.over ? 'hollow' : 'solid'}`;

/** Where the mark of a geometry goes: the point, the middle of a line, the mean of an outline's corners. */
export function anchorOf(geometry: Geometry): Position {
  switch (geometry.type) {
    case 'Point':
      return geometry.coordinates;
    case 'LineString':
      return geometry.coordinates[Math.floor((geometry.coordinates.length - 1) / 2)] ?? [0, 0];
    case 'Polygon': {
      // The last corner repeats the first.
      const corners = (geometry.coordinates[0] ?? []).slice(0, -1);
      const mean = (axis: 0 | 1): number =>
        corners.reduce((sum, corner) => sum + corner[axis], 0) / Math.max(1, corners.length);
      return [mean(0), mean(1)];
    }
  }
}

const collection = <G extends GeoGeometry>(
  features: Feature<G, AssetProperties>[],
): FeatureCollection<G, AssetProperties> => ({
  type: 'FeatureCollection',
  features,
});

/** Splits the assets into what the map draws. */
export function featuresOf(assets: readonly AssetShape[], looks: ReadonlyMap<string, Look>): MapFeatures {
  const shapes: Feature<GeoGeometry, AssetProperties>[] = [];
  const quiet: Feature<Point, AssetProperties>[] = [];
  const marks: Feature<Point, AssetProperties>[] = [];
  for (const { id, name, kind, geometry } of assets) {
    if (geometry === null) continue;
    const look = looks.get(id) ?? QUIET;
    const loud = look.severity !== null || look.blind;
    const properties: AssetProperties = {
      id,
      name,
      group: kind.split('.')[0] ?? kind,
      icon: iconName(look),
      rank: look.over ? 0 : rankOf(look.severity),
      blind: look.blind ? 1 : 0,
      fresh: look.unacknowledged && !look.over ? 1 : 0,
    };
    const point: Feature<Point, AssetProperties> = {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [...anchorOf(geometry)] },
      properties,
    };
    if (geometry.type !== 'Point')
      shapes.push({ type: 'Feature', geometry: geometry as unknown as GeoGeometry, properties });
    if (loud) marks.push(point);
    else if (geometry.type !== 'LineString') quiet.push(point);
  }
  const withoutPlace = assets.filter(asset => asset.geometry === null).length;
  return { shapes: collection(shapes), quiet: collection(quiet), marks: collection(marks), withoutPlace };
}

export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** The smallest box around all geometries; null without any. */
export function boundsOf(assets: readonly AssetShape[]): Bounds | null {
  const all = assets.flatMap(({ geometry }): readonly Position[] => {
    if (geometry === null) return [];
    if (geometry.type === 'Point') return [geometry.coordinates];
    return geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates.flat();
  });
  if (all.length === 0) return null;
  const lons = all.map(position => position[0]);
  const lats = all.map(position => position[1]);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

const STEPS_DEG = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const LINES_WANTED = 24;
const MARGIN = 2;

/** A light grid of meridians and parallels around the city, so that moving and scaling can be seen. */
export function gridOf([west, south, east, north]: Bounds): FeatureCollection {
  const width = Math.max(east - west, north - south, 0.005);
  const step = STEPS_DEG.find(candidate => (width * (1 + 2 * MARGIN)) / candidate <= LINES_WANTED * 2) ?? 1;
  const from = (low: number): number => Math.floor((low - width * MARGIN) / step);
  const to = (high: number): number => Math.ceil((high + width * MARGIN) / step);
  const [x0, x1, y0, y1] = [from(west), to(east), from(south), to(north)];
  const features: Feature[] = [];
  const line = (coordinates: number[][]): void =>
    void features.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } });
  for (let x = x0; x <= x1; x += 1)
    line([
      [x * step, y0 * step],
      [x * step, y1 * step],
    ]);
  for (let y = y0; y <= y1; y += 1)
    line([
      [x0 * step, y * step],
      [x1 * step, y * step],
    ]);
  return { type: 'FeatureCollection', features };
}
