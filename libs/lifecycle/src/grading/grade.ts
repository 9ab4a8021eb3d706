import type { Result } from '@anmai/kernel';
import { err, ok } from '@anmai/kernel';
import { checkGradingInput, floorNumbers, type GradingInput, type GradingFault } from './grading-input';
import { gradeOf, levelOf, percentText, tenthsText, type BuildingGrade, type FloorLevel } from './level';
import {
  FOUNDATION_WEIGHT_TENTHS,
  foundationScore,
  MEMBER_KINDS,
  NO_SCORE,
  plus,
  scoreOf,
  WEIGHT_TENTHS,
  type MemberCounts,
  type Score,
} from './member';
import { countFloors } from './propagate';
import type { Standing } from './standing';

/** One step of the procedure, told so that it can be checked with a pencil. */
export interface GradingStep {
  readonly name: 'soil' | 'foundation' | 'floor' | 'building' | 'lowRise';
  /** Floor number; null where the step is of the whole building. */
  readonly floor: number | null;
  /** The formula with its numbers, such as `2.7×1 / (2.7×43 + 1.9×7) = 2.7 / 129.4`. */
  readonly formula: string;
  /** Sums in tenths; null where nothing is divided. */
  readonly score: Score | null;
  /** Per cent with three places; `–` when nothing was counted. */
  readonly percent: string | null;
  readonly result:
    FloorLevel | BuildingGrade | 'dangerous' | 'notDangerous' | 'unknown' | 'notGradable' | 'note';
  /** Of the dangerous members: counted only since what carries them is dangerous. */
  readonly fromBelow: number;
  readonly clause: string;
  readonly standing: Standing;
}

export type MissingData = 'soil' | 'foundations' | `floor:${number}`;

/**
 * `atLeast`: what is known already is so bad; null when nothing is. A building that is not gradable is never called A.
 */
export type Grading =
  | { readonly outcome: 'graded'; readonly grade: BuildingGrade; readonly steps: readonly GradingStep[] }
  | {
      readonly outcome: 'notGradable';
      readonly atLeast: BuildingGrade | null;
      readonly missing: readonly MissingData[];
      readonly steps: readonly GradingStep[];
    };

const STANDARD = 'JGJ 125-2016';
/** Storeys up to which the standard also lets one judge by the range affected (6.2.4). */
const LOW_RISE_STOREYS_MAX = 2;

/** The procedure of JGJ 125-2016: soil, then foundations and floors, then the building. Faults of the input are values. */
export function gradeBuilding(input: GradingInput): Result<Grading, readonly GradingFault[]> {
  const checked = checkGradingInput(input);
  if (!checked.ok) return err(checked.error);
  const soil = soilStep(input);
  if (input.soil === 'dangerous') return ok({ outcome: 'graded', grade: 'D', steps: [soil] });
  return ok(secondStage(input, soil));
}

function secondStage(input: GradingInput, soil: GradingStep): Grading {
  const floors = countFloors(input).map(floor => ({ ...floor, score: scoreOf(floor.counts) }));
  const { foundations } = input;
  const nf =
    foundations === null ? null : { total: foundations.total, dangerous: foundations.dangerous.length };
  const base = nf === null ? NO_SCORE : foundationScore(nf);
  const whole = floors.map(floor => floor.score).reduce(plus, base);
  const levels = [levelOf(base), ...floors.map(floor => levelOf(floor.score))];
  const duCount = levels.filter(level => level === 'Du').length;
  const layers = floorNumbers(input).length + 1;
  const grade = gradeOf(whole, duCount, layers);
  const missing: MissingData[] = [
    ...(input.soil === 'unknown' ? (['soil'] as const) : []),
    ...(nf === null || nf.total === 0 ? (['foundations'] as const) : []),
    ...floors.filter(floor => floor.score.all === 0).map(floor => `floor:${floor.no}` as const),
  ];
  const steps = [
    soil,
    foundationStep(nf, base),
    ...floors.map(floor => floorStep(floor.no, floor.counts, floor.score, floor.fromBelow)),
  ];
  // With only the soil unknown a D stays a D, whatever the soil is.
  const isCertain = missing.length === 0 || (grade === 'D' && missing.every(each => each === 'soil'));
  const last = buildingStep({ whole, duCount, layers, grade: isCertain ? grade : null });
  const note = input.storeys <= LOW_RISE_STOREYS_MAX ? [LOW_RISE_NOTE] : [];
  const all = [...steps, last, ...note];
  if (isCertain && grade !== null) return { outcome: 'graded', grade, steps: all };
  const atLeast = missing.every(each => each === 'soil') ? grade : null;
  return { outcome: 'notGradable', atLeast, missing, steps: all };
}

function soilStep({ soil }: GradingInput): GradingStep {
  return {
    ...{ name: 'soil', floor: null, score: null, percent: null, fromBelow: 0 },
    formula: '',
    result: soil,
    clause: `${STANDARD} 6.2.3`,
    standing: 'provisional',
  };
}

function foundationStep(nf: { total: number; dangerous: number } | null, score: Score): GradingStep {
  return {
    ...{ name: 'foundation', floor: null, fromBelow: 0 },
    formula: nf === null ? 'Rf = ndf / nf' : `Rf = ndf / nf = ${nf.dangerous} / ${nf.total}`,
    score: nf === null ? null : score,
    percent: percentText(score),
    result: levelOf(score) ?? 'notGradable',
    clause: `${STANDARD} 6.3.1, 6.3.2`,
    standing: 'provisional',
  };
}

function floorStep(floor: number, counts: MemberCounts, score: Score, fromBelow: number): GradingStep {
  const term = (which: 'dangerous' | 'total'): string =>
    MEMBER_KINDS.filter(kind => (counts[kind]?.[which] ?? 0) > 0)
      .map(kind => `${tenthsText(WEIGHT_TENTHS[kind])}×${counts[kind]![which]}`)
      .join(' + ') || '0';
  return {
    ...{ name: 'floor', floor, score, fromBelow },
    formula: `Rs = (${term('dangerous')}) / (${term('total')}) = ${quotient(score)}`,
    percent: percentText(score),
    result: levelOf(score) ?? 'notGradable',
    clause: `${STANDARD} 6.3.3, 6.3.4`,
    standing: 'provisional',
  };
}

interface Whole {
  readonly whole: Score;
  readonly duCount: number;
  readonly layers: number;
  readonly grade: BuildingGrade | null;
}

function buildingStep({ whole, duCount, layers, grade }: Whole): GradingStep {
  const weight = tenthsText(FOUNDATION_WEIGHT_TENTHS);
  return {
    ...{ name: 'building', floor: null, score: whole, fromBelow: 0 },
    formula: `R = (${weight}·ndf + ΣSd) / (${weight}·nf + ΣS) = ${quotient(whole)}; Du: ${duCount}; (F+B+f)/3 = ${layers}/3`,
    percent: percentText(whole),
    result: grade ?? 'notGradable',
    clause: `${STANDARD} 6.3.5, 6.3.6`,
    // "No Du, so B" was read; what the count of Du changes was not.
    standing: duCount === 0 && 4 * whole.dangerous < whole.all ? 'confirmed' : 'provisional',
  };
}

const quotient = ({ dangerous, all }: Score): string => `${tenthsText(dangerous)} / ${tenthsText(all)}`;

const LOW_RISE_NOTE: GradingStep = {
  ...{ name: 'lowRise', floor: null, score: null, percent: null, fromBelow: 0 },
  formula: '',
  result: 'note',
  clause: `${STANDARD} 6.2.4`,
  standing: 'provisional',
};
