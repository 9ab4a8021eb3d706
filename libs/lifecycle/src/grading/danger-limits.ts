import type { Standing } from './standing';

/** Where a limit makes a thing dangerous by JGJ 125-2016: "more than `limit`". */
export interface DangerLimit {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly limit: number;
  readonly unit: '‰' | 'mm' | 'mm/month' | 'mm/day' | '%/month' | '%' | 'ratio';
  readonly of: 'soil' | 'member';
  readonly standing: Standing;
  /** What the limit rests on. */
  readonly ground: string;
}

const MEMORY = 'recalled; check against the text of the standard';

/**
 * Limits that the monitoring of a building starts from (JGJ 125-2016 4.2 and 5). Those of 自建房 surveys are another table with
 * another meaning: there a tilt of 2 or 3 % is only "some hazard", here it makes the soil dangerous.
 */
export const DANGER_LIMITS = [
  row('tilt.low', ['整体倾斜（二层及以下）', 'overall tilt, up to 2 storeys'], [30, '‰'], 'soil', 'provisional', '4.2.1; same number in the 自建房 survey rules'),
  row('tilt.multi', ['整体倾斜（三层及以上）', 'overall tilt, 3 storeys and more'], [20, '‰'], 'soil', 'confirmed', '4.2.1, as applied in a worked report'),
  row('tilt.high60', ['整体倾斜（高 24–60 m）', 'overall tilt, 24 to 60 m high'], [7, '‰'], 'soil', 'provisional', MEMORY),
  row('tilt.high100', ['整体倾斜（高 60–100 m）', 'overall tilt, 60 to 100 m high'], [5, '‰'], 'soil', 'provisional', MEMORY),
  row('tiltRate.high', ['高层倾斜速率', 'growth of the tilt of a high-rise'], [0.05, '%/month'], 'soil', 'provisional', MEMORY),
  row('settlementRate', ['沉降速率（连续两个月）', 'settlement rate, two months in a row'], [4, 'mm/month'], 'soil', 'provisional', `${MEMORY}; pages that say 2 mm/month quote the edition of 1999`),
  row('settlementRate.works', ['沉降速率（邻近地下施工）', 'settlement rate beside underground works'], [2, 'mm/day'], 'soil', 'provisional', MEMORY),
  row('slide', ['地基水平滑移', 'sliding of the soil'], [10, 'mm'], 'soil', 'provisional', MEMORY),
  row('wallTilt', ['砌体墙柱局部倾斜', 'tilt of a masonry wall or column'], [7, '‰'], 'member', 'provisional', 'quoted on a page of low quality'),
  row('crack.masonrySettlement', ['承重墙沉降裂缝（单条）', 'settlement crack of a bearing wall, single'], [10, 'mm'], 'member', 'provisional', '4.2.1; whether together with a tilt of 1 % or alone is to be checked in the text'),
  row('crack.masonryCompression', ['砌体受压竖向裂缝', 'vertical compression crack of masonry'], [1, 'mm'], 'member', 'provisional', 'wording of the 自建房 survey rules; with a length of half a storey'),
  row('crack.concreteMain', ['混凝土梁板主筋处裂缝', 'crack of a concrete beam or slab at its main bars'], [0.5, 'mm'], 'member', 'provisional', 'constants of a public program'),
  row('crack.concreteTension', ['混凝土板受拉裂缝', 'tension crack of a concrete slab'], [1, 'mm'], 'member', 'provisional', 'constants of a public program'),
] as const satisfies readonly DangerLimit[]; // prettier-ignore
export type DangerLimitName = (typeof DANGER_LIMITS)[number]['name'];

export function dangerLimit(name: DangerLimitName): DangerLimit {
  return DANGER_LIMITS.find(each => each.name === name)!;
}

function row<N extends string>(
  name: N,
  [zh, en]: readonly [string, string],
  [limit, unit]: readonly [number, DangerLimit['unit']],
  of: DangerLimit['of'],
  standing: Standing,
  ground: string,
): DangerLimit & { readonly name: N } {
  return { name, zh, en, limit, unit, of, standing, ground };
}
