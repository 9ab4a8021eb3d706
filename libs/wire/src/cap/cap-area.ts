import type { Geometry, Position } from '@anmai/catalog';
import type { CapArea, CapNamedValue, CapPoint } from './cap-alert';

/** Longer lines are told as the box around them: receivers choke on hundreds of polygons. */
export const CAP_CORRIDORS_MAX = 60;

const KM_PER_DEGREE = 111.32;

/**
 * Where an asset is, widened by `radiusKm`: a point becomes a circle, a polygon its outer ring (holes are left out: those
 * within are near enough to be warned), a line one rectangle around each of its stretches. Without a geometry only the
 * words and codes remain.
 */
export function capArea(
  areaDesc: string,
  geometry: Geometry | null,
  radiusKm: number,
  geocodes: readonly CapNamedValue[] = [],
): CapArea {
  const words = { areaDesc, geocodes, polygons: [], circles: [] };
  if (geometry === null) return words;
  switch (geometry.type) {
    case 'Point':
      return { ...words, circles: [{ center: swap(geometry.coordinates), radiusKm }] };
    case 'Polygon':
      return { ...words, polygons: geometry.coordinates.slice(0, 1).map(ring => ring.map(swap)) };
    case 'LineString':
      return { ...words, polygons: alongLine(geometry.coordinates, radiusKm) };
  }
}

/** GeoJSON: longitude first. CAP: latitude first. */
const swap = (position: Position): CapPoint => [position[1], position[0]];

function alongLine(positions: readonly Position[], radiusKm: number): CapPoint[][] {
  if (positions.length - 1 > CAP_CORRIDORS_MAX) return [boxAround(positions, radiusKm)];
  return positions.slice(1).map((to, i) => corridor(positions[i] ?? to, to, radiusKm));
}

/** Rectangle around the stretch, `radiusKm` beyond it on all sides. Flat earth: exact enough for stretches of a city. */
function corridor(from: Position, to: Position, radiusKm: number): CapPoint[] {
  const kmPerLon = KM_PER_DEGREE * Math.cos((((from[1] + to[1]) / 2) * Math.PI) / 180);
  const eastKm = (to[0] - from[0]) * kmPerLon;
  const northKm = (to[1] - from[1]) * KM_PER_DEGREE;
  const lengthKm = Math.hypot(eastKm, northKm);
  // A stretch without length has no direction: any will do.
  const [east, north] = lengthKm === 0 ? [1, 0] : [eastKm / lengthKm, northKm / lengthKm];
  const corner = (base: Position, ahead: number, aside: number): CapPoint => [
    base[1] + ((ahead * north + aside * east) * radiusKm) / KM_PER_DEGREE,
    base[0] + ((ahead * east - aside * north) * radiusKm) / kmPerLon,
  ];
  const first = corner(from, -1, -1);
  return [first, corner(to, 1, -1), corner(to, 1, 1), corner(from, -1, 1), first];
}

function boxAround(positions: readonly Position[], radiusKm: number): CapPoint[] {
  const lons = positions.map(position => position[0]);
  const lats = positions.map(position => position[1]);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const marginLat = radiusKm / KM_PER_DEGREE;
  const marginLon = marginLat / Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180);
  const [s, n] = [south - marginLat, north + marginLat];
  const [w, e] = [Math.min(...lons) - marginLon, Math.max(...lons) + marginLon];
  return [
    [s, w],
    [s, e],
    [n, e],
    [n, w],
    [s, w],
  ];
}
