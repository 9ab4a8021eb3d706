import type { Score } from './member';

/** Level of a floor or of the foundations: Au has nothing dangerous, Du is the worst. */
export const FLOOR_LEVELS = ['Au', 'Bu', 'Cu', 'Du'] as const;
export type FloorLevel = (typeof FLOOR_LEVELS)[number];

export const BUILDING_GRADES = ['A', 'B', 'C', 'D'] as const;
export type BuildingGrade = (typeof BUILDING_GRADES)[number];

/** `nothing`: R = 0. Bands are closed at 5 % and at 25 %: exactly 5 % is `some`, exactly 25 % is `much`. */
export type Band = 'nothing' | 'little' | 'some' | 'much';

/**
 * The band of a ratio, by whole numbers alone: 5 % is one in twenty, 25 % one in four. null when nothing was counted, which
 * is no reason to call it safe.
 */
export function bandOf({ dangerous, all }: Score): Band | null {
  if (all <= 0) return null;
  if (dangerous === 0) return 'nothing';
  if (20 * dangerous < all) return 'little';
  return 4 * dangerous < all ? 'some' : 'much';
}

const LEVEL_OF: Readonly<Record<Band, FloorLevel>> = { nothing: 'Au', little: 'Bu', some: 'Cu', much: 'Du' };

export function levelOf(score: Score): FloorLevel | null {
  const band = bandOf(score);
  return band === null ? null : LEVEL_OF[band];
}

/**
 * 6.3.6. `duCount`: floors and foundation layer at Du; `layers`: F + B + f, storeys, basements and foundation layer.
 * "No Du, so B" is confirmed; what a Du changes below and above 5 % is provisional.
 */
export function gradeOf(score: Score, duCount: number, layers: number): BuildingGrade | null {
  switch (bandOf(score)) {
    case null:
      return null;
    case 'nothing':
      return 'A';
    case 'little':
      return duCount === 0 ? 'B' : 'C';
    case 'some':
      return 3 * duCount <= layers ? 'C' : 'D';
    case 'much':
      return 'D';
  }
}

export const gradeRank = (grade: BuildingGrade): number => BUILDING_GRADES.indexOf(grade);
export const isDangerous = (grade: string | null | undefined): grade is 'C' | 'D' =>
  grade === 'C' || grade === 'D';

/** Per cent with three places, cut to the nearest by whole numbers: `1.107`. */
export function percentText({ dangerous, all }: Score): string {
  if (all <= 0) return '–';
  const thousandths = (200_000n * BigInt(dangerous) + BigInt(all)) / (2n * BigInt(all));
  const text = thousandths.toString().padStart(4, '0');
  return `${text.slice(0, -3)}.${text.slice(-3)}`;
}

/** Tenths as they are written: 27 is `2.7`. */
export const tenthsText = (tenths: number): string => {
  const text = BigInt(tenths).toString().padStart(2, '0');
  return `${text.slice(0, -1)}.${text.slice(-1)}`;
};
