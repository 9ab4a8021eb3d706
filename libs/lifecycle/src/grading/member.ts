import type { Standing } from './standing';

/** Members that JGJ 125-2016 counts (6.3). `enclosure`: 围护结构; self-bearing walls go here. */
export const MEMBER_KINDS = [
  'middleColumn', // 中柱
  'sideColumn', // 边柱
  'cornerColumn', // 角柱
  'wall', // 墙体 (load-bearing)
  'roofTruss', // 屋架
  'middleBeam', // 中梁
  'sideBeam', // 边梁
  'secondaryBeam', // 次梁
  'slab', // 楼(屋)面板
  'enclosure', // 围护结构
] as const;
export type MemberKind = (typeof MEMBER_KINDS)[number];

/** What stands on what is below it: a dangerous one makes the one above it count as dangerous, too. */
export const VERTICAL_KINDS = ['middleColumn', 'sideColumn', 'cornerColumn', 'wall'] as const;
export type VerticalKind = (typeof VERTICAL_KINDS)[number];
export const isVertical = (kind: MemberKind): kind is VerticalKind =>
  (VERTICAL_KINDS as readonly MemberKind[]).includes(kind);

/** Weights of 6.3.3 in tenths, so that every sum is a whole number. */
export const WEIGHT_TENTHS: Readonly<Record<MemberKind, number>> = {
  middleColumn: 35,
  sideColumn: 27,
  cornerColumn: 18,
  wall: 27,
  roofTruss: 19,
  middleBeam: 19,
  sideBeam: 14,
  secondaryBeam: 10,
  slab: 10,
  enclosure: 10,
};
/** Weight of one foundation in 6.3.5, in tenths. */
export const FOUNDATION_WEIGHT_TENTHS = 35;

/** Where the weights come from: the standard's text and a worked report agree. */
export const WEIGHTS_STANDING: Standing = 'confirmed';

/** Members of one kind on one floor. */
export interface MemberCount {
  readonly total: number;
  readonly dangerous: number;
}
export type MemberCounts = Readonly<Partial<Record<MemberKind, MemberCount>>>;

/** Sums in tenths of a weight: S of 6.3.3, and the part of it that is dangerous. Whole numbers. */
export interface Score {
  readonly dangerous: number;
  readonly all: number;
}

export const NO_SCORE: Score = { dangerous: 0, all: 0 };
export const plus = (a: Score, b: Score): Score => ({
  dangerous: a.dangerous + b.dangerous,
  all: a.all + b.all,
});

/** S and the dangerous part of it for the members counted. */
export function scoreOf(counts: MemberCounts): Score {
  return MEMBER_KINDS.map(kind => {
    const { total, dangerous } = counts[kind] ?? { total: 0, dangerous: 0 };
    return { dangerous: WEIGHT_TENTHS[kind] * dangerous, all: WEIGHT_TENTHS[kind] * total };
  }).reduce(plus, NO_SCORE);
}

export const foundationScore = ({ total, dangerous }: MemberCount): Score => ({
  dangerous: FOUNDATION_WEIGHT_TENTHS * dangerous,
  all: FOUNDATION_WEIGHT_TENTHS * total,
});
