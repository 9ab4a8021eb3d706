import type { Defect } from '../grading/appraisal';
import { dangerLimit, type DangerLimitName } from '../grading/danger-limits';
import type { WatchItem, WatchLevels, WatchMethod, WatchPlan } from './plan';

/** What a plan is made from. `storeys`, `heightM` null: not known, and the stricter limit counts. */
export interface Watched {
  readonly grade: 'C' | 'D';
  readonly storeys: number | null;
  readonly heightM: number | null;
  readonly isConcrete: boolean;
  readonly defects: readonly Defect[];
  /** Sensors on the building. */
  readonly sensors: readonly { readonly id: string; readonly quantity: string }[];
}

/** 50, 70 and 100 % of the limit of the danger criteria (ratios of GB 50982, recalled). Cut to a thousandth. */
export function watchLevelsOf(limit: number): WatchLevels {
  const part = (share: number): number => Math.round(limit * share * 10) / 1_000;
  return { yellow: part(50), orange: part(70), red: part(100) };
}

/** How often C and D are read and walked around: a proposal of ours, since no rule that was read says it. */
export const WATCH_DEFAULTS = {
  C: { everySeconds: 600, patrolEveryDays: 7, confirmMinutes: 60 },
  D: { everySeconds: 300, patrolEveryDays: 1, confirmMinutes: 30 },
} as const;

/** Items of a new plan: tilt and settlement of every building, and what its defects ask for. All of it may be edited. */
export function defaultItems(watched: Watched): readonly WatchItem[] {
  const overall = [tiltItem(watched), settlementItem(watched)];
  const local = watched.defects.flatMap((defect, i) => defectItem(watched, defect, i + 1));
  const used = new Set([...overall, ...local].flatMap(item => item.sensorIds));
  const left = watched.sensors.filter(sensor => !used.has(sensor.id));
  return [...overall, ...local, ...left.flatMap((sensor, i) => extraItem(watched, sensor, i + 1))];
}

export const defaultPlan = (
  watched: Watched,
): Pick<WatchPlan, 'items' | 'patrolEveryDays' | 'confirmMinutes' | 'checkupFrom'> => ({
  items: defaultItems(watched),
  patrolEveryDays: WATCH_DEFAULTS[watched.grade].patrolEveryDays,
  confirmMinutes: WATCH_DEFAULTS[watched.grade].confirmMinutes,
  checkupFrom: 'yellow',
});

const sensorsOf = (watched: Watched, quantity: string): string[] =>
  watched.sensors.filter(sensor => sensor.quantity === quantity).map(sensor => sensor.id);

/** The overall tilt is judged by height above 24 m, else by storeys. Unknown storeys: the limit of many. */
function tiltLimit({ storeys, heightM }: Watched): DangerLimitName {
  if (heightM !== null && heightM > 60) return 'tilt.high100';
  if (heightM !== null && heightM > 24) return 'tilt.high60';
  return storeys !== null && storeys <= 2 ? 'tilt.low' : 'tilt.multi';
}

/** More than 24 m. Of unknown height it goes by storeys; with neither known the limit is kept, since it is the stricter way. */
const isHigh = ({ heightM, storeys }: Watched): boolean =>
  heightM === null ? storeys === null || storeys > 8 : heightM > 24;

function tiltItem(watched: Watched): WatchItem {
  const limit = dangerLimit(tiltLimit(watched));
  const rate = dangerLimit('tiltRate.high');
  return {
    ...base(watched, 'tilt', 'building.tilt', 'geometric'),
    where: '整体',
    unit: 'mm/m',
    amount: watchLevelsOf(limit.limit),
    // 0.05 % a month is 0.5 mm/m a month; the standard gives it for high-rises alone.
    rate: isHigh(watched) ? watchLevelsOf(rate.limit * 10) : null,
    ratePer: 'month',
    standing: 'provisional',
    ground: `${limit.zh} ${limit.limit} ${limit.unit} × 50/70/100 %${
      isHigh(watched) ? `；${rate.zh} ${rate.limit} ${rate.unit}` : ''
    }`,
  };
}

function settlementItem(watched: Watched): WatchItem {
  const rate = dangerLimit('settlementRate');
  return {
    ...base(watched, 'settlement', 'building.settlement', 'levelling'),
    where: '整体',
    unit: 'mm',
    amount: null,
    rate: watchLevelsOf(rate.limit),
    ratePer: 'month',
    standing: 'provisional',
    ground: `${rate.zh} ${rate.limit} ${rate.unit} × 50/70/100 %`,
  };
}

function defectItem(watched: Watched, defect: Defect, n: number): WatchItem[] {
  const limit = limitOfDefect(watched, defect);
  if (limit === null) return [];
  const [name, quantity, method, unit] = limit;
  const { zh, limit: value, unit: shown } = dangerLimit(name);
  return [
    {
      ...base(watched, `${defect.kind}-${n}`, quantity, method),
      where: defect.where,
      // Which sensor sits on which defect is for a person to say.
      sensorIds: [],
      unit,
      amount: watchLevelsOf(value),
      rate: null,
      ratePer: 'month',
      standing: 'provisional',
      ground: `${zh} ${value} ${shown} × 50/70/100 %`,
    },
  ];
}

function limitOfDefect(
  { isConcrete }: Watched,
  { kind }: Defect,
): readonly [DangerLimitName, string, WatchMethod, string] | null {
  switch (kind) {
    case 'crack': {
      const name = isConcrete ? 'crack.concreteMain' : 'crack.masonryCompression';
      return [name, 'building.crack', 'crackGauge', 'mm'];
    }
    case 'wallTilt':
      return ['wallTilt', 'building.tilt', 'inclinometer', 'mm/m'];
    case 'displacement':
      return ['slide', 'building.displacement', 'gnss', 'mm'];
    case 'tilt':
    case 'settlement':
    case 'other':
      return null;
  }
}

/** A sensor that fits no defect is watched all the same, without limits until somebody sets them. */
function extraItem(watched: Watched, sensor: Watched['sensors'][number], n: number): WatchItem[] {
  if (!sensor.quantity.startsWith('building.')) return [];
  const method = sensor.quantity === 'building.crack' ? 'crackGauge' : 'inclinometer';
  return [
    {
      ...base(watched, `more-${n}`, sensor.quantity, method),
      ...{ where: '', sensorIds: [sensor.id], unit: '', amount: null, rate: null, ratePer: 'month' },
      ...{ standing: 'provisional', ground: '' },
    },
  ];
}

const base = (watched: Watched, id: string, quantity: string, method: WatchMethod) => ({
  ...{ id, quantity, method },
  sensorIds: sensorsOf(watched, quantity),
  everySeconds: WATCH_DEFAULTS[watched.grade].everySeconds,
});
