import { findAssetKind, type LimitSource } from '@anmai/catalog';

/** Alarms of one family may become one incident; those of two never do, however near they are. */
export type FamilyId =
  'gas' | 'water' | 'storm' | 'heating' | 'building' | 'structure' | 'silence' | 'device' | 'other';

/** How far alarms of one family attract each other. Editable; every number is provisional until a city confirmed it. */
export interface Family {
  readonly id: FamilyId;
  readonly zh: string;
  readonly en: string;
  /** Spells with at most so much time between them belong together. */
  readonly windowMs: number;
  /** An alarm that stays open attracts new ones for so long after its onset: a stuck sensor must not glue weeks together. */
  readonly reachMs: number;
  /** Up- and downstream along the links of the network; 0: the same asset only. */
  readonly hops: number;
  /** Distance over the ground; 0: not by distance. */
  readonly metres: number;
  /** Parts of one whole (same parent, or parent and part). */
  readonly parts: boolean;
  /** Everything of one owner. */
  readonly owner: boolean;
  /**
   * Unconnected alarms of this family may open so many incidents within SURGE_MS; further ones go into the catch-all.
   * null: never, because each of them may be a life of its own.
   */
  readonly surgeMax: number | null;
  readonly source: LimitSource;
}

export const SURGE_MS = 10 * 60_000;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const assumption = (why: string): LimitSource => ({ kind: 'assumption', why, reviewBy: '2027-05-31' });

export const FAMILIES: readonly Family[] = [
  {
    id: 'gas',
    zh: '燃气与有毒气体',
    en: 'Gas and toxic gas',
    windowMs: HOUR,
    reachMs: 3 * DAY,
    hops: 2,
    metres: 200,
    parts: true,
    owner: false,
    surgeMax: null,
    source: assumption(
      '泄漏燃气沿管沟和相邻井室扩散，通常在两百米内；跨城区的两处泄漏须各自处置，不并入暴雨等其他事件，突发高峰也不归并。',
    ),
  },
  {
    id: 'water',
    zh: '供水水力与水质',
    en: 'Water supply',
    windowMs: 30 * MINUTE,
    reachMs: 12 * HOUR,
    hops: 3,
    metres: 800,
    parts: true,
    owner: false,
    surgeMax: null,
    source: assumption(
      '爆管使同一压力区的压力、流量、浊度先后异常，沿管网传播快；水质异常常由爆管扰动引起。',
    ),
  },
  {
    id: 'storm',
    zh: '降雨与内涝',
    en: 'Rain and flooding',
    windowMs: 30 * MINUTE,
    reachMs: 6 * HOUR,
    hops: 2,
    metres: 2_000,
    parts: true,
    owner: false,
    surgeMax: 5,
    source: assumption(
      '雨量站间距 3–5 km²/站，两公里内先后告警视为同一雨区；设备浸水、井盖位移在暴雨中是其后果。超出的零散告警归入汇总事件，逐条可展开。',
    ),
  },
  {
    id: 'heating',
    zh: '供热',
    en: 'Heating',
    windowMs: 30 * MINUTE,
    reachMs: 12 * HOUR,
    hops: 3,
    metres: 0,
    parts: true,
    owner: false,
    surgeMax: null,
    source: assumption('供热故障沿管网传播，与地面距离无关。'),
  },
  {
    id: 'building',
    zh: '房屋结构',
    en: 'Buildings',
    windowMs: DAY,
    reachMs: 30 * DAY,
    hops: 1,
    metres: 60,
    parts: true,
    owner: false,
    surgeMax: null,
    source: assumption(
      '同栋及紧邻房屋受同一基坑或地面沉降影响，变化以天计；每栋房屋都可能住人，从不归入汇总。',
    ),
  },
  {
    id: 'structure',
    zh: '桥梁与管廊',
    en: 'Bridges and tunnels',
    windowMs: HOUR,
    reachMs: DAY,
    hops: 1,
    metres: 0,
    parts: true,
    owner: false,
    surgeMax: null,
    source: assumption('一座桥、一段管廊的告警属于同一结构；相邻结构只在登记连接时合并。'),
  },
  {
    id: 'silence',
    zh: '数据中断',
    en: 'No data',
    windowMs: 30 * MINUTE,
    reachMs: 30 * MINUTE,
    hops: 0,
    metres: 0,
    parts: false,
    owner: true,
    surgeMax: 5,
    source: assumption(
      '成批离线多为通信或供电中断，按权属单位通知；离线说明不了现场情况，不与现场告警合并。',
    ),
  },
  {
    id: 'device',
    zh: '设备状态',
    en: 'Device health',
    windowMs: DAY,
    reachMs: DAY,
    hops: 0,
    metres: 0,
    parts: false,
    owner: true,
    surgeMax: 5,
    source: assumption('电池、信号告警按权属单位派维护，不属于现场险情。'),
  },
  {
    id: 'other',
    zh: '其他',
    en: 'Other',
    windowMs: 30 * MINUTE,
    reachMs: 6 * HOUR,
    hops: 1,
    metres: 0,
    parts: true,
    owner: false,
    surgeMax: 20,
    source: assumption('未归类的量只按同一对象和相邻对象合并。'),
  },
];

/** The families by id; later ones of the configuration take an earlier's place. */
export function familyTable(more: readonly Family[] = []): ReadonlyMap<FamilyId, Family> {
  return new Map([...FAMILIES, ...more].map(family => [family.id, family]));
}

/** First row whose prefix fits. Whole names before prefixes. */
const BY_QUANTITY: readonly (readonly [prefix: string, family: FamilyId])[] = [
  ['gas.', 'gas'],
  ['water.', 'water'],
  ['rain.', 'storm'],
  ['drainage.', 'storm'],
  ['river.', 'storm'],
  ['device.immersion', 'storm'],
  ['device.coverTilt', 'storm'],
  ['device.', 'device'],
  ['building.', 'building'],
];

const BY_GROUP = {
  gas: 'gas',
  water: 'water',
  drainage: 'storm',
  heating: 'heating',
  building: 'building',
  structure: 'structure',
  weather: 'storm',
  other: 'other',
} as const satisfies Record<string, FamilyId>;

/**
 * The family of an alarm. What is measured decides before where: gas in a storm sewer is gas. Quantities of buildings
 * on a bridge (strain, vibration) belong to the bridge. An unknown quantity goes by its asset's lifeline.
 */
export function familyOf(quantity: string | null, assetKind: string | null, isNoData: boolean): FamilyId {
  if (isNoData) return 'silence';
  const group = assetKind === null ? 'other' : (findAssetKind(assetKind)?.group ?? 'other');
  const row = BY_QUANTITY.find(([prefix]) => quantity?.startsWith(prefix));
  if (row === undefined) return BY_GROUP[group];
  return row[1] === 'building' && group === 'structure' ? 'structure' : row[1];
}
