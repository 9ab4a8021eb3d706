import type { FamilyId } from './family';

/** Something measured that passed a limit on one side; `quantity` may be a prefix ending in a dot. */
export interface Sign {
  readonly quantity: string;
  readonly side?: 'high' | 'low';
}

/** A known chain of cause and consequence. All signs must be there, on so many assets in all; `lead` is the cause. */
export interface CausePattern {
  readonly code: string;
  readonly familyId: FamilyId;
  readonly zh: string;
  readonly en: string;
  /** The cause shows one of these. */
  readonly lead: readonly Sign[];
  /** Each of these shows somewhere in the incident, too. */
  readonly needs: readonly Sign[];
  readonly assetsMin: number;
}

const high = (quantity: string): Sign => ({ quantity, side: 'high' });
const low = (quantity: string): Sign => ({ quantity, side: 'low' });

/** The first that fits explains. From practice as remembered: provisional, editable. */
export const CAUSE_PATTERNS: readonly CausePattern[] = [
  {
    code: 'gas.pipeBreak',
    familyId: 'gas',
    zh: '管道压力下降且相邻空间有燃气：疑似管道破裂',
    en: 'Pipe pressure falls and there is gas nearby: the pipe may be broken',
    lead: [low('gas.pressure')],
    needs: [high('gas.combustible')],
    assetsMin: 2,
  },
  {
    code: 'gas.leakNeighbours',
    familyId: 'gas',
    zh: '相邻地下空间先后检出燃气：疑似管网泄漏',
    en: 'Gas in neighbouring underground spaces: the network may be leaking',
    lead: [high('gas.combustible')],
    needs: [],
    assetsMin: 2,
  },
  {
    code: 'water.burst',
    familyId: 'water',
    zh: '压力骤降且流量上升：疑似爆管',
    en: 'Pressure falls while flow rises: a pipe may have burst',
    lead: [low('water.pressure'), high('water.flow')],
    needs: [low('water.pressure'), high('water.flow')],
    assetsMin: 1,
  },
  {
    code: 'water.supplyLoss',
    familyId: 'water',
    zh: '多处压力不足：疑似泵站停运或水源不足',
    en: 'Pressure is low in many places: a pump may have stopped',
    lead: [low('water.pressure')],
    needs: [],
    assetsMin: 3,
  },
  {
    code: 'storm.rain',
    familyId: 'storm',
    zh: '强降雨引起管网水位上涨和积水',
    en: 'Heavy rain fills the sewers and floods roads',
    lead: [high('rain.')],
    needs: [],
    assetsMin: 2,
  },
  {
    code: 'storm.river',
    familyId: 'storm',
    zh: '河道高水位顶托排水',
    en: 'A high river holds back the sewers',
    lead: [high('river.level')],
    needs: [high('drainage.')],
    assetsMin: 2,
  },
  {
    code: 'storm.sewer',
    familyId: 'storm',
    zh: '管网满溢引起积水',
    en: 'Full sewers flood the road',
    lead: [high('drainage.level')],
    needs: [high('drainage.ponding')],
    assetsMin: 2,
  },
  {
    code: 'building.ground',
    familyId: 'building',
    zh: '相邻多栋房屋同时变形：疑似地基或基坑影响',
    en: 'Neighbouring buildings move together: the ground may be moving',
    lead: [{ quantity: 'building.' }],
    needs: [],
    assetsMin: 2,
  },
  {
    code: 'silence.outage',
    familyId: 'silence',
    zh: '同一单位多台设备同时离线：疑似通信或供电中断',
    en: 'Many devices of one owner are silent: the network or the power may be out',
    lead: [],
    needs: [],
    assetsMin: 3,
  },
];

/** When no pattern fits. */
export const PLAIN_CAUSES = {
  upstream: {
    code: 'plain.upstream',
    zh: '位于其他告警上游',
    en: 'It is upstream of others',
  },
  earliest: { code: 'plain.earliest', zh: '最早出现', en: 'It was first' },
  single: { code: 'plain.single', zh: '唯一告警对象', en: 'It is the only one' },
  unconnected: { code: 'plain.unconnected', zh: '汇总的告警互不相关', en: 'Collected, not connected' },
  later: { code: 'plain.later', zh: '出现较晚', en: 'It came later' },
} as const;

/** How early in a chain a quantity stands: 0 causes 1 causes 2. First row whose prefix fits; others 1. */
const STAGES: readonly (readonly [prefix: string, stage: number])[] = [
  ['rain.', 0],
  ['river.level', 1],
  ['drainage.ponding', 3],
  ['drainage.', 2],
  ['device.', 4],
  ['gas.pressure', 0],
  ['gas.flow', 0],
  ['gas.', 1],
  ['water.pressure', 0],
  ['water.flow', 0],
  ['water.', 1],
];

export const stageOf = (quantity: string | null): number =>
  STAGES.find(([prefix]) => quantity?.startsWith(prefix))?.[1] ?? 1;

export function shows(sign: Sign, quantity: string | null, side: 'high' | 'low' | null): boolean {
  if (quantity === null) return false;
  const isIt = sign.quantity.endsWith('.') ? quantity.startsWith(sign.quantity) : quantity === sign.quantity;
  return isIt && (sign.side === undefined || sign.side === side);
}
