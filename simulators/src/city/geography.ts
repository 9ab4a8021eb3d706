import type { Geometry, Position } from '@anmai/catalog';

/** Middle of the district; WGS 84. The place is invented. */
const CENTRE = { lon: 114.3, lat: 34.8 };
const METRES_PER_DEGREE_LAT = 110_940;
const METRES_PER_DEGREE_LON = 111_320 * Math.cos((CENTRE.lat * Math.PI) / 180);
/** Streets run this far to both sides of the middle. */
export const STREET_HALF_M = 900;

export interface Street {
  readonly id: string;
  readonly name: string;
  /** `ew`: from west to east. `ns`: from north to south. */
  readonly runs: 'ew' | 'ns';
  /** Metres north of the middle (ew) or east of it (ns). */
  readonly offsetM: number;
}

const EAST_WEST = ['东风路', '人民路', '鼓楼街', '自由路', '大梁路', '滨河路'];
const NORTH_SOUTH = ['迎宾路', '中山路', '解放路', '内环路', '明伦街', '曹门大街'];
const SPACING_M = 300;

/** Six by six streets. East-west ones from north to south, north-south ones from west to east. */
export const STREETS: readonly Street[] = [
  ...EAST_WEST.map((name, i) => street(`ew${i + 1}`, name, 'ew', (2.5 - i) * SPACING_M)),
  ...NORTH_SOUTH.map((name, i) => street(`ns${i + 1}`, name, 'ns', (i - 2.5) * SPACING_M)),
];

function street(id: string, name: string, runs: 'ew' | 'ns', offsetM: number): Street {
  return { id, name, runs, offsetM };
}

const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Metres east and north of the middle to degrees; six decimals are 10 cm. */
export const position = (eastM: number, northM: number): Position => [
  rounded(CENTRE.lon + eastM / METRES_PER_DEGREE_LON),
  rounded(CENTRE.lat + northM / METRES_PER_DEGREE_LAT),
];

/** A place on a street: metres from its start, and metres to the right of its middle line. */
export function onStreet(on: Street, alongM: number, asideM: number): Position {
  const fromMiddleM = alongM - STREET_HALF_M;
  return on.runs === 'ew'
    ? position(fromMiddleM, on.offsetM - asideM)
    : position(on.offsetM - asideM, -fromMiddleM);
}

export const point = (coordinates: Position): Geometry => ({ type: 'Point', coordinates });

/** A straight pipe under a street. */
export const pipe = (under: Street, fromM: number, toM: number, asideM: number): Geometry => ({
  type: 'LineString',
  coordinates: [
    onStreet(under, fromM, asideM),
    onStreet(under, (fromM + toM) / 2, asideM),
    onStreet(under, toM, asideM),
  ],
});

/** A closed ring around a rectangle; `eastM`, `northM` is its middle. */
export function rectangle(eastM: number, northM: number, widthM: number, heightM: number): Geometry {
  const [w, h] = [widthM / 2, heightM / 2];
  const ring = [
    position(eastM - w, northM - h),
    position(eastM + w, northM - h),
    position(eastM + w, northM + h),
    position(eastM - w, northM + h),
    position(eastM - w, northM - h),
  ];
  return { type: 'Polygon', coordinates: [ring] };
}
