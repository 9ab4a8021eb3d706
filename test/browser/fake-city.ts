import type { Geometry } from '@anmai/catalog';
import type { AssetShape, DeviceShape, RuleShape, SensorShape } from '@anmai/wire';

/** A small believable district around Kaifeng, for looking at the page without a platform behind it. */
const CENTRE = { lon: 114.3, lat: 34.8 };
const STREETS = ['人民路', '解放路', '中山路', '鼓楼街', '自由路', '建设路', '西大街', '晋安路'];

interface Plan {
  readonly kind: string;
  readonly prefix: string;
  readonly count: number;
  readonly orgId: string;
  readonly name: (n: number) => string;
  readonly shape: 'point' | 'line' | 'area';
  readonly sensors: readonly (readonly [
    channel: string,
    name: string,
    quantity: string,
    unit: string,
    typical: number,
  ])[];
}

const street = (n: number): string => STREETS[n % STREETS.length] ?? '人民路';

const PLANS: readonly Plan[] = [
  {
    kind: 'gas.well',
    prefix: 'well',
    count: 18,
    orgId: 'gas-co',
    shape: 'point',
    name: n => `${street(n)} ${n * 4 + 2} 号电力井`,
    sensors: [
      ['ch4', '可燃气体', 'gas.combustible', '%LEL', 2],
      ['temp', '井内温度', 'environment.temperature', 'Cel', 17],
      ['bat', '电池电压', 'device.battery', 'V', 3.5],
    ],
  },
  {
    kind: 'gas.pipe',
    prefix: 'gpipe',
    count: 5,
    orgId: 'gas-co',
    shape: 'line',
    name: n => `${street(n)}中压燃气管`,
    sensors: [['p', '管道压力', 'gas.pressure', 'MPa', 0.28]],
  },
  {
    kind: 'water.dma',
    prefix: 'dma',
    count: 5,
    orgId: 'water-co',
    shape: 'area',
    name: n => `${street(n)}计量分区`,
    sensors: [
      ['flow', '入口流量', 'water.flow', 'm3/h', 86],
      ['p', '末端压力', 'water.pressure', 'MPa', 0.24],
    ],
  },
  {
    kind: 'drainage.manhole',
    prefix: 'mh',
    count: 14,
    orgId: 'drainage-co',
    shape: 'point',
    name: n => `${street(n + 3)} W${String(n + 1).padStart(2, '0')} 检查井`,
    sensors: [
      ['level', '井内液位', 'drainage.level', 'm', 0.9],
      ['h2s', '硫化氢', 'gas.h2s', 'mg/m3', 1],
    ],
  },
  {
    kind: 'drainage.road',
    prefix: 'underpass',
    count: 4,
    orgId: 'drainage-co',
    shape: 'point',
    name: n => `${street(n + 5)}陇海铁路下穿立交`,
    sensors: [['depth', '积水深度', 'drainage.ponding', 'cm', 0]],
  },
  {
    kind: 'building',
    prefix: 'house',
    count: 12,
    orgId: 'housing-bureau',
    shape: 'area',
    name: n =>
      `${street(n + 1)} ${n * 6 + 11} 号院 ${(n % 3) + 1} 号楼(${n % 3 === 0 ? 'D' : 'C'} 级,砖混 1978 年建)`,
    sensors: [
      ['tilt', '整体倾斜', 'building.tilt', 'mm/m', 3.2],
      ['crack', '承重墙裂缝', 'building.crack', 'mm', 0.8],
      ['settle', '基础沉降', 'building.settlement', 'mm', 4],
    ],
  },
  {
    kind: 'rain.gauge',
    prefix: 'rain',
    count: 2,
    orgId: 'drainage-co',
    shape: 'point',
    name: n => `${street(n)}雨量站`,
    sensors: [['mm', '降雨强度', 'rain.intensity', 'mm/h', 0]],
  },
];

const QUIET = { severity: null, blind: false, unacknowledged: false } as const;
/** Same place each run: a fixed scatter, not a random one. */
const scatter = (seed: number): number => ((((Math.sin(seed * 127.1) * 43758.5453) % 1) + 1) % 1) - 0.5;

function geometryOf(plan: Plan, n: number, seed: number): Geometry {
  const lon = CENTRE.lon + scatter(seed) * 0.06;
  const lat = CENTRE.lat + scatter(seed + 0.5) * 0.045;
  if (plan.shape === 'point') return { type: 'Point', coordinates: [lon, lat] };
  if (plan.shape === 'line') {
    const y = CENTRE.lat - 0.02 + n * 0.01;
    return {
      type: 'LineString',
      coordinates: [
        [CENTRE.lon - 0.03, y],
        [CENTRE.lon, y + 0.002],
        [CENTRE.lon + 0.03, y],
      ],
    };
  }
  const [w, h] = plan.kind === 'building' ? [0.0005, 0.0002] : [0.009, 0.006];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [lon, lat],
        [lon + w, lat],
        [lon + w, lat + h],
        [lon, lat + h],
        [lon, lat],
      ],
    ],
  };
}

export interface City {
  readonly assets: readonly AssetShape[];
  readonly sensors: readonly SensorShape[];
  readonly devices: readonly DeviceShape[];
  readonly typical: ReadonlyMap<string, number>;
}

export function fakeCity(now: number): City {
  const assets: AssetShape[] = [];
  const sensors: SensorShape[] = [];
  const devices: DeviceShape[] = [];
  const typical = new Map<string, number>();
  const plans = PLANS.flatMap(plan => Array.from({ length: plan.count }, (_, n) => ({ plan, n })));
  plans.forEach(({ plan, n }, seed) => {
    const id = `${plan.prefix}-${String(n + 1).padStart(4, '0')}`;
    const offline = seed % 17 === 11;
    assets.push({
      id,
      kind: plan.kind,
      name: plan.name(n),
      geometry: id === 'rain-0002' ? null : geometryOf(plan, n, seed + 1),
      parentId: null,
      orgId: plan.orgId,
      links: [],
      version: 1,
      state: { ...QUIET, blind: offline },
      properties: plan.kind === 'building' ? { grade: n % 3 === 0 ? 'D' : 'C' } : {},
    });
    const seenAt = new Date(now - (offline ? 3 * 3_600_000 + seed * 61_000 : 20_000)).toISOString();
    devices.push({
      id: `dev-${id}`,
      name: `${plan.name(n)}终端`,
      assetId: id,
      model: 'AN-200',
      version: 1,
      online: !offline,
      lastSeenAt: seed === 28 ? null : seenAt,
    });
    for (const [channel, name, quantity, unit, value] of plan.sensors) {
      const sensorId = `${id}.${channel}`;
      typical.set(sensorId, value);
      sensors.push({
        id: sensorId,
        name,
        assetId: id,
        deviceId: `dev-${id}`,
        channel,
        quantity,
        unit,
        expectedEverySeconds: 60,
        range: null,
        version: 1,
        latest: { at: seenAt, value, quality: 1 },
        state: { ...QUIET, blind: offline },
      });
    }
  });
  return { assets, sensors, devices, typical };
}

const provisional = {
  kind: 'assumption',
  why: '按行业常用报警值暂定,待燃气公司校核',
  reviewBy: '2027-05-31',
} as const;

export const FAKE_RULES: readonly RuleShape[] = [
  {
    id: 'gas-adjacent',
    version: 2,
    name: '相邻地下空间可燃气体浓度',
    enabled: true,
    source: provisional,
    appliesTo: { quantity: 'gas.combustible', assetKind: 'gas.well' },
    condition: {
      type: 'threshold',
      limits: [
        { severity: 'yellow', above: 20, clearBelow: 18 },
        { severity: 'orange', above: 40, clearBelow: 36 },
        { severity: 'red', above: 50, clearBelow: 45 },
      ],
    },
  },
  {
    id: 'water-end-pressure',
    version: 1,
    name: '供水末端压力过低',
    enabled: true,
    source: { kind: 'standard', ref: 'CJJ 58-2009', clause: '管网末梢压力不应低于 0.14 MPa' },
    appliesTo: { quantity: 'water.pressure' },
    condition: { type: 'threshold', limits: [{ severity: 'orange', below: 0.14, clearAbove: 0.16 }] },
  },
  {
    id: 'ponding',
    version: 1,
    name: '下穿立交积水',
    enabled: true,
    source: provisional,
    appliesTo: { quantity: 'drainage.ponding' },
    condition: {
      type: 'threshold',
      limits: [
        { severity: 'yellow', above: 15 },
        { severity: 'red', above: 27 },
      ],
    },
  },
  {
    id: 'tilt',
    version: 3,
    name: '房屋整体倾斜',
    enabled: true,
    source: { kind: 'engineer', name: '王工(结构)', signedOn: '2026-09-14' },
    appliesTo: { quantity: 'building.tilt' },
    condition: {
      type: 'threshold',
      limits: [
        { severity: 'yellow', above: 4 },
        { severity: 'orange', above: 10 },
      ],
    },
  },
  {
    id: 'no-data',
    version: 1,
    name: '数据中断',
    enabled: true,
    source: provisional,
    appliesTo: {},
    condition: { type: 'noData', after: { missed: 2.5 } },
  },
];
