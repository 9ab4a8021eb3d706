import type { Asset, Geometry, Position } from '@anmai/catalog';

/** A place as metres from the middle of the Earth: distances need no map projection and know no date line. */
export type Point = readonly [x: number, y: number, z: number];
/** Degrees, WGS 84. Grows only. */
export type Box = readonly [west: number, south: number, east: number, north: number];

const EARTH_RADIUS_M = 6_371_008;
const RADIANS = Math.PI / 180;
/** Assets without a geometry stand where their parent does, over at most so many levels. */
const PARENTS_MAX = 4;

export function pointOf(lon: number, lat: number): Point {
  const across = Math.cos(lat * RADIANS) * EARTH_RADIUS_M;
  return [
    across * Math.cos(lon * RADIANS),
    across * Math.sin(lon * RADIANS),
    EARTH_RADIUS_M * Math.sin(lat * RADIANS),
  ];
}

/** Straight through the ground: over the few kilometres asked here the same as on it. */
export function metresBetween(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function positionsOf(geometry: Geometry): readonly Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'LineString':
      return geometry.coordinates;
    case 'Polygon':
      return geometry.coordinates.flat();
  }
}

export function boxOf(geometry: Geometry | null): Box | null {
  if (geometry === null) return null;
  const positions = positionsOf(geometry).filter(
    ([lon, lat]) => Number.isFinite(lon) && Number.isFinite(lat),
  );
  if (positions.length === 0) return null;
  return positions.reduce<Box>(
    (box, [lon, lat]) => joinBoxes(box, [lon, lat, lon, lat])!,
    [Infinity, Infinity, -Infinity, -Infinity],
  );
}

export function joinBoxes(a: Box | null, b: Box | null): Box | null {
  if (a === null || b === null) return a ?? b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

export const middleOf = ([west, south, east, north]: Box): readonly [lon: number, lat: number] => [
  (west + east) / 2,
  (south + north) / 2,
];

/** Where an asset is, or its nearest ancestor with a geometry; null: nobody said. */
export function placeOf(assets: ReadonlyMap<string, Asset>, assetId: string): Box | null {
  let asset = assets.get(assetId);
  for (let level = 0; level <= PARENTS_MAX && asset !== undefined; level++) {
    const box = boxOf(asset.geometry);
    if (box !== null) return box;
    asset = asset.parentId === null ? undefined : assets.get(asset.parentId);
  }
  return null;
}

/** Convex hull, counter-clockwise, first point not repeated. Of one or two places these themselves. */
export function hullOf(places: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const sorted = [...places].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const unique = sorted.filter((p, i) => i === 0 || p[0] !== sorted[i - 1]![0] || p[1] !== sorted[i - 1]![1]);
  if (unique.length < 3) return unique;
  const half = (points: readonly (readonly [number, number])[]): (readonly [number, number])[] => {
    const out: (readonly [number, number])[] = [];
    for (const point of points) {
      while (out.length >= 2 && turn(out[out.length - 2]!, out[out.length - 1]!, point) <= 0) out.pop();
      out.push(point);
    }
    return out.slice(0, -1);
  };
  return [...half(unique), ...half(unique.toReversed())];
}

const turn = (
  a: readonly [number, number],
  b: readonly [number, number],
  c: readonly [number, number],
): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
