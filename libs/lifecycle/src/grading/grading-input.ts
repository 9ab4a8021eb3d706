import { err, ok, type Result } from '@anmai/kernel';
import { isVertical, MEMBER_KINDS, type MemberCount, type MemberKind, type VerticalKind } from './member';

export const FLOORS_MAX = 200;
export const MEMBERS_MAX = 100_000;

/** Stage 1. `unknown`: nobody could tell, which is not the same as "not dangerous". */
export type SoilState = 'dangerous' | 'notDangerous' | 'unknown';

/** Members of one kind on one floor; `dangerousAt` gives the plan positions of dangerous vertical ones, such as `A-3`. */
export interface FloorMembers extends MemberCount {
  readonly kind: MemberKind;
  readonly dangerousAt?: readonly string[] | undefined;
}

/** `no`: 1 is the ground floor, -1 the basement below it; there is no 0. `emptyAt`: positions where nothing stands here. */
export interface GradedFloor {
  readonly no: number;
  readonly members: readonly FloorMembers[];
  readonly emptyAt?: readonly string[] | undefined;
}

export interface DangerousFoundation {
  readonly position: string;
  /** What stands on it. */
  readonly under: VerticalKind;
}

/** What an appraisal counted. `foundations` null: they were not judged. */
export interface GradingInput {
  readonly soil: SoilState;
  readonly foundations: {
    readonly total: number;
    readonly dangerous: readonly DangerousFoundation[];
  } | null;
  readonly storeys: number;
  readonly basements: number;
  readonly floors: readonly GradedFloor[];
}

/** What is wrong with an input; `at` is the path of the field. */
export interface GradingFault {
  readonly at: string;
  readonly code: 'count' | 'dangerousMoreThanAll' | 'kindTwice' | 'positions' | 'floorTwice' | 'floorUnknown';
}

const isCount = (n: number, max: number): boolean => Number.isSafeInteger(n) && n >= 0 && n <= max;

/** Storeys from the bottom up: -2, -1, 1, 2, 3. */
export function floorNumbers({ storeys, basements }: Pick<GradingInput, 'storeys' | 'basements'>): number[] {
  const below = Array.from({ length: basements }, (_, i) => i - basements);
  return [...below, ...Array.from({ length: storeys }, (_, i) => i + 1)];
}

/** All faults at once. What is missing is no fault: it makes the building not gradable. */
export function checkGradingInput(input: GradingInput): Result<GradingInput, readonly GradingFault[]> {
  const faults: GradingFault[] = [];
  const fault = (at: string, code: GradingFault['code']): void => void faults.push({ at, code });
  if (!isCount(input.storeys, FLOORS_MAX) || input.storeys === 0) fault('storeys', 'count');
  if (!isCount(input.basements, FLOORS_MAX)) fault('basements', 'count');
  if (faults.length > 0) return err(faults);
  if (input.foundations !== null) {
    const { total, dangerous } = input.foundations;
    if (!isCount(total, MEMBERS_MAX)) fault('foundations.total', 'count');
    if (dangerous.length > total) fault('foundations.dangerous', 'dangerousMoreThanAll');
    if (new Set(dangerous.map(each => each.position)).size !== dangerous.length)
      fault('foundations.dangerous', 'positions');
  }
  const known = new Set(floorNumbers(input));
  const seen = new Set<number>();
  input.floors.forEach((floor, i) => {
    if (!known.has(floor.no)) fault(`floors.${i}.no`, 'floorUnknown');
    if (seen.has(floor.no)) fault(`floors.${i}.no`, 'floorTwice');
    seen.add(floor.no);
    faults.push(...floorFaults(floor, `floors.${i}`));
  });
  return faults.length > 0 ? err(faults) : ok(input);
}

function floorFaults({ members }: GradedFloor, at: string): GradingFault[] {
  const kinds = members.map(each => each.kind);
  return members.flatMap(({ kind, total, dangerous, dangerousAt = [] }, i) => {
    const path = `${at}.members.${i}`;
    const faults: GradingFault[] = [];
    if (!isCount(total, MEMBERS_MAX) || !isCount(dangerous, MEMBERS_MAX)) {
      faults.push({ at: path, code: 'count' });
    }
    if (dangerous > total) faults.push({ at: `${path}.dangerous`, code: 'dangerousMoreThanAll' });
    if (kinds.indexOf(kind) !== i || !MEMBER_KINDS.includes(kind)) {
      faults.push({ at: `${path}.kind`, code: 'kindTwice' });
    }
    // Without its place on the plan a dangerous wall would end at its own ceiling.
    const places = new Set(dangerousAt).size;
    const isPlaced = isVertical(kind) ? places === dangerous : dangerousAt.length === 0;
    if (!isPlaced || places !== dangerousAt.length)
      faults.push({ at: `${path}.dangerousAt`, code: 'positions' });
    return faults;
  });
}
