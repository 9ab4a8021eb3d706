import { randomOf, type Random } from '../random';
import { battery, groundTemperature, h2s, ponding, sewerFlow, sewerLevel } from './channels';
import { onStreet, pipe, point, position, STREET_HALF_M, STREETS, type Street } from './geography';
import { DRAINAGE_ORG } from './orgs';
import type { CityBuilder } from './parts';

const SEWER_ASIDE_M = 2;
const MANHOLES_PER_STREET = 8;
/** Storm sewers lie under the north-south streets and fall towards the river in the south. */
const SEWER_STREETS = STREETS.filter(street => street.runs === 'ns');
const MANHOLE_DEPTH_M = 3.6;

export function addDrainage(city: CityBuilder): void {
  const random = randomOf(city.seed, 'drainage');
  addRiver(city);
  SEWER_STREETS.forEach((street, i) => addSewer(city, street, `outfall-${Math.floor(i / 2) + 1}`, random));
  addPumps(city);
  addUnderpasses(city);
  addGauges(city, random);
}

function addSewer(city: CityBuilder, street: Street, outfall: string, random: Random): void {
  const id = (n: number): string => `mh-${street.id}-${n}`;
  const stepM = (2 * STREET_HALF_M) / MANHOLES_PER_STREET;
  [1, 2, 3].forEach(n => {
    const lengthM = (2 * STREET_HALF_M) / 3;
    const asset = city.addAsset({
      id: `dp-${street.id}-${n}`,
      kind: 'drainage.pipe',
      name: `${street.name}雨水管 ${n} 段`,
      geometry: pipe(street, (n - 1) * lengthM, n * lengthM, SEWER_ASIDE_M),
      orgId: DRAINAGE_ORG,
      links: [n < 3 ? `dp-${street.id}-${n + 1}` : outfall],
      properties: { diameterMm: [600, 800, 1_000][n - 1] },
    });
    if (n !== 3) return;
    city.addDevice(asset, {
      suffix: '',
      name: '多普勒流量计',
      model: 'SIM-F9',
      everySeconds: 300,
      form: 'senml',
      channels: [sewerFlow(random.between(120, 260), 15), battery()],
    });
  });
  for (let n = 1; n <= MANHOLES_PER_STREET; n += 1) {
    const alongM = (n - 0.5) * stepM;
    const pipeNumber = Math.min(3, Math.floor(alongM / ((2 * STREET_HALF_M) / 3)) + 1);
    addManhole(city, street, {
      id: id(n),
      n,
      alongM,
      parentId: `dp-${street.id}-${pipeNumber}`,
      next: n < MANHOLES_PER_STREET ? id(n + 1) : outfall,
    });
  }
}

interface ManholePlace {
  readonly id: string;
  readonly n: number;
  readonly alongM: number;
  readonly parentId: string;
  readonly next: string;
}

function addManhole(
  city: CityBuilder,
  street: Street,
  { id, n, alongM, parentId, next }: ManholePlace,
): void {
  const asset = city.addAsset({
    id,
    kind: 'drainage.manhole',
    name: `${street.name} ${n} 号检查井`,
    geometry: point(onStreet(street, alongM, SEWER_ASIDE_M)),
    orgId: DRAINAGE_ORG,
    parentId,
    links: [next],
    properties: { depthM: MANHOLE_DEPTH_M },
  });
  city.addDevice(asset, {
    suffix: '',
    name: '雷达液位计',
    model: 'SIM-L4',
    everySeconds: 300,
    form: n % 2 === 0 ? 'senml' : 'plain',
    channels: [sewerLevel(0.35 + 0.05 * n, 4 + 3 * n), battery()],
  });
  if (n % 2 !== 0) return;
  city.addDevice(asset, {
    suffix: 'gas',
    name: '硫化氢探测器',
    model: 'SIM-H2',
    everySeconds: 900,
    form: 'plain',
    channels: [h2s(), groundTemperature(), battery()],
  });
}

const OUTFALL_NAMES = ['西排口', '中排口', '东排口'];

function addRiver(city: CityBuilder): void {
  const river = city.addAsset({
    id: 'river-1',
    kind: 'river',
    name: '惠水河',
    geometry: {
      type: 'LineString',
      coordinates: [position(-950, -930), position(-300, -960), position(300, -940), position(950, -980)],
    },
    orgId: DRAINAGE_ORG,
  });
  ['up', 'down'].forEach((suffix, i) => {
    const level = {
      channel: 'level',
      name: '水位',
      quantity: 'river.level',
      unit: 'm',
      range: { min: 60, max: 80 },
      decimals: 2,
      model: { kind: 'riverLevel', typical: 66.4 - 0.3 * i },
    } as const;
    city.addDevice(river, {
      suffix,
      name: i === 0 ? '上游水位站' : '下游水位站',
      model: 'SIM-W1',
      everySeconds: 900,
      form: 'senml',
      channels: [level, battery()],
    });
  });
  OUTFALL_NAMES.forEach((name, i) => {
    const asset = city.addAsset({
      id: `outfall-${i + 1}`,
      kind: 'drainage.outfall',
      name,
      geometry: point(position(-600 + 600 * i, -915)),
      orgId: DRAINAGE_ORG,
      links: ['river-1'],
    });
    city.addDevice(asset, {
      suffix: '',
      name: '液位计',
      model: 'SIM-L4',
      everySeconds: 300,
      form: 'senml',
      channels: [sewerLevel(0.8, 30), battery()],
    });
  });
}

function addPumps(city: CityBuilder): void {
  OUTFALL_NAMES.forEach((_name, i) => {
    const asset = city.addAsset({
      id: `dpump-${i + 1}`,
      kind: 'drainage.pump',
      name: `${'一二三'.charAt(i)}号雨水泵站`,
      geometry: point(position(-560 + 600 * i, -880)),
      orgId: DRAINAGE_ORG,
      links: [`outfall-${i + 1}`],
    });
    city.addDevice(asset, {
      suffix: '',
      name: '泵站终端',
      model: 'SIM-R3',
      everySeconds: 300,
      form: 'plain',
      channels: [sewerLevel(1.1, 28), sewerFlow(420, 28)],
    });
  });
}

/** [street, metres along it, name] */
const UNDERPASSES: readonly (readonly [number, number, string])[] = [
  [1, 1_480, '人民路铁路下穿'],
  [2, 300, '鼓楼街下穿'],
  [4, 1_050, '大梁路下穿'],
  [7, 1_350, '中山路下穿'],
  [9, 350, '内环路下穿'],
  [10, 1_600, '明伦街下穿'],
];

function addUnderpasses(city: CityBuilder): void {
  UNDERPASSES.forEach(([streetIndex, alongM, name], i) => {
    const street = STREETS[streetIndex];
    if (street === undefined) return;
    const asset = city.addAsset({
      id: `road-${i + 1}`,
      kind: 'drainage.road',
      name,
      geometry: point(onStreet(street, alongM, 0)),
      orgId: DRAINAGE_ORG,
      links: [`dpump-${(i % 3) + 1}`],
      properties: { clearanceM: 4.5 },
    });
    ['low', 'ramp'].forEach(suffix =>
      city.addDevice(asset, {
        suffix,
        name: suffix === 'low' ? '最低点积水' : '坡道积水',
        model: 'SIM-J1',
        everySeconds: 300,
        form: 'plain',
        channels: [ponding(), battery()],
      }),
    );
  });
}

const GAUGE_PLACES = [
  position(-600, 600),
  position(600, 600),
  position(0, 0),
  position(-600, -600),
  position(600, -600),
];

function addGauges(city: CityBuilder, random: Random): void {
  GAUGE_PLACES.forEach((place, i) => {
    const asset = city.addAsset({
      id: `rain-${i + 1}`,
      kind: 'rain.gauge',
      name: `${['西北', '东北', '中心', '西南', '东南'][i]}雨量站`,
      geometry: point(place),
      orgId: DRAINAGE_ORG,
    });
    const intensity = {
      channel: 'rain',
      name: '雨强',
      quantity: 'rain.intensity',
      unit: 'mm/h',
      range: { min: 0, max: 400 },
      decimals: 1,
      model: { kind: 'rain', factor: random.between(0.9, 1.1) },
    } as const;
    city.addDevice(asset, {
      suffix: '',
      name: '翻斗雨量计',
      model: 'SIM-Y1',
      everySeconds: 300,
      form: i % 2 === 0 ? 'senml' : 'plain',
      channels: [intensity, battery()],
    });
  });
}
