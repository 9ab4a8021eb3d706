import fc from 'fast-check';
import { gradeBuilding, type Grading } from './grade';
import type { FloorMembers, GradedFloor, GradingInput } from './grading-input';
import { gradeRank } from './level';
import { isVertical, MEMBER_KINDS } from './member';

const walls = (total: number, ...dangerousAt: string[]): FloorMembers => ({
  kind: 'wall',
  total,
  dangerous: dangerousAt.length,
  dangerousAt,
});
const others: readonly FloorMembers[] = [
  { kind: 'middleBeam', total: 7, dangerous: 0 },
  { kind: 'sideBeam', total: 14, dangerous: 0 },
  { kind: 'secondaryBeam', total: 5, dangerous: 0 },
  { kind: 'enclosure', total: 51, dangerous: 0 },
  { kind: 'slab', total: 39, dangerous: 0 },
];
const floor = (no: number, wall: FloorMembers, emptyAt: string[] = []): GradedFloor => ({
  no,
  members: [wall, ...others],
  emptyAt,
});
/** Four storeys of masonry as in the worked report: one dangerous wall on the ground floor. */
const MASONRY: GradingInput = {
  soil: 'notDangerous',
  foundations: { total: 105, dangerous: [] },
  storeys: 4,
  basements: 0,
  floors: [floor(1, walls(43, 'B-3')), ...[2, 3, 4].map(no => floor(no, walls(43)))],
};
const graded = (input: GradingInput): Grading => {
  const result = gradeBuilding(input);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const gradeIn = (grading: Grading): string =>
  grading.outcome === 'graded' ? grading.grade : `not gradable, at least ${grading.atLeast}`;

it('tells each step with its formula, numbers and clause', () => {
  const { steps } = graded(MASONRY);
  expect(steps.map(step => [step.name, step.floor, step.percent, step.result])).toEqual([
    ['soil', null, null, 'notDangerous'],
    ['foundation', null, '0.000', 'Au'],
    ['floor', 1, '1.107', 'Bu'],
    ['floor', 2, '1.107', 'Bu'],
    ['floor', 3, '1.107', 'Bu'],
    ['floor', 4, '1.107', 'Bu'],
    ['building', null, '0.804', 'B'],
  ]);
  expect(steps[2]!.formula).toBe(
    'Rs = (2.7×1) / (2.7×43 + 1.9×7 + 1.4×14 + 1.0×5 + 1.0×39 + 1.0×51) = 2.7 / 244.0',
  );
  expect(steps.map(step => step.fromBelow)).toEqual([0, 0, 0, 1, 1, 1, 0]);
  expect(steps.at(-1)).toMatchObject({ clause: 'JGJ 125-2016 6.3.5, 6.3.6', standing: 'confirmed' });
});

it.each<[string, Partial<GradingInput>, string]>([
  ['one dangerous wall counts upwards', {}, 'B'],
  ['nothing dangerous', { floors: [1, 2, 3, 4].map(no => floor(no, walls(43))) }, 'A'],
  ['dangerous soil ends it', { soil: 'dangerous' }, 'D'],
  ['dangerous soil, with nothing else known', { soil: 'dangerous', foundations: null, floors: [] }, 'D'],
  ['soil unknown', { soil: 'unknown' }, 'not gradable, at least B'],
  ['foundations not judged', { foundations: null }, 'not gradable, at least null'],
  ['no foundation counted', { foundations: { total: 0, dangerous: [] } }, 'not gradable, at least null'],
  ['a floor not counted', { floors: MASONRY.floors.slice(1) }, 'not gradable, at least null'],
  ['a floor without members', { floors: [{ no: 1, members: [] }, ...MASONRY.floors.slice(1)] }, 'not gradable, at least null'],
  ['soil unknown, but all else is so bad that it does not matter', {
    soil: 'unknown',
    floors: [floor(1, walls(43, ...Array.from({ length: 43 }, (_, i) => `W-${i}`))), ...MASONRY.floors.slice(1)],
  }, 'D'],
])('%s', (_name, over, expected) => {
  expect(gradeIn(graded({ ...MASONRY, ...over }))).toBe(expected);
}); // prettier-ignore

it.each<[string, GradingInput['foundations'], GradedFloor[], number[]]>([
  ['a dangerous foundation', { total: 105, dangerous: [{ position: 'A-1', under: 'wall' }] },
    [1, 2, 3, 4].map(no => floor(no, walls(43))), [1, 1, 1, 1]],
  ['the same position on two floors counts once', MASONRY.foundations,
    [floor(1, walls(43, 'A-1')), floor(2, walls(43, 'A-1')), floor(3, walls(43)), floor(4, walls(43))], [1, 1, 1, 1]],
  ['another position adds', MASONRY.foundations,
    [floor(1, walls(43, 'A-1')), floor(2, walls(43, 'A-2')), floor(3, walls(43)), floor(4, walls(43))], [1, 2, 2, 2]],
  ['never downwards', MASONRY.foundations,
    [floor(1, walls(43)), floor(2, walls(43)), floor(3, walls(43)), floor(4, walls(43, 'A-1'))], [0, 0, 0, 1]],
  ['ends where nothing stands above', MASONRY.foundations,
    [floor(1, walls(43, 'A-1')), floor(2, walls(43)), floor(3, walls(40), ['A-1']), floor(4, walls(40))], [1, 1, 0, 0]],
  ['never more than there are', MASONRY.foundations,
    [floor(1, walls(43, 'A-1', 'A-2')), floor(2, walls(43)), floor(3, walls(1)), floor(4, walls(1))], [2, 2, 1, 1]],
])('upward: %s', (_name, foundations, floors, expected) => {
  const { steps } = graded({ ...MASONRY, foundations, floors });
  const dangerous = steps.filter(step => step.name === 'floor').map(step => step.score!.dangerous / 27);
  expect(dangerous).toEqual(expected);
}); // prettier-ignore

it('counts from a basement up to the roof', () => {
  const floors = [floor(-1, walls(43, 'A-1')), ...[1, 2, 3, 4].map(no => floor(no, walls(43)))];
  const { steps } = graded({ ...MASONRY, basements: 1, floors });
  expect(
    steps.filter(step => step.name === 'floor').map(step => [step.floor, step.score!.dangerous]),
  ).toEqual([-1, 1, 2, 3, 4].map(no => [no, 27]));
});

it('says of low buildings that the standard also lets one judge directly', () => {
  const low = { ...MASONRY, storeys: 2, floors: MASONRY.floors.slice(0, 2) };
  expect(graded(low).steps.at(-1)).toMatchObject({ name: 'lowRise', clause: 'JGJ 125-2016 6.2.4', standing: 'provisional' });
  expect(graded(MASONRY).steps.some(step => step.name === 'lowRise')).toBe(false);
}); // prettier-ignore

it.each<[string, Partial<GradingInput>, string]>([
  ['no storey', { storeys: 0 }, 'storeys count'],
  ['half a storey', { storeys: 1.5 }, 'storeys count'],
  ['a negative basement', { basements: -1 }, 'basements count'],
  ['a floor that is not there', { floors: [...MASONRY.floors, floor(5, walls(1))] }, 'floors.4.no floorUnknown'],
  ['floor 0', { floors: [floor(0, walls(1))] }, 'floors.0.no floorUnknown'],
  ['a floor twice', { floors: [floor(1, walls(1)), floor(1, walls(1))] }, 'floors.1.no floorTwice'],
  ['more dangerous than there are', { floors: [{ no: 1, members: [{ kind: 'slab', total: 1, dangerous: 2 }] }] }, 'floors.0.members.0.dangerous dangerousMoreThanAll'],
  ['a count that is none', { floors: [{ no: 1, members: [{ kind: 'slab', total: Number.NaN, dangerous: 0 }] }] }, 'floors.0.members.0 count'],
  ['a kind twice', { floors: [{ no: 1, members: [walls(1), walls(1)] }] }, 'floors.0.members.1.kind kindTwice'],
  ['a dangerous wall that is nowhere', { floors: [{ no: 1, members: [{ kind: 'wall', total: 2, dangerous: 1 }] }] }, 'floors.0.members.0.dangerousAt positions'],
  ['a wall twice at one place', { floors: [{ no: 1, members: [{ kind: 'wall', total: 2, dangerous: 2, dangerousAt: ['A', 'A'] }] }] }, 'floors.0.members.0.dangerousAt positions'],
  ['more dangerous foundations than there are', { foundations: { total: 0, dangerous: [{ position: 'A', under: 'wall' }] } }, 'foundations.dangerous dangerousMoreThanAll'],
])('refuses %s', (_name, over, expected) => {
  const result = gradeBuilding({ ...MASONRY, ...over });
  expect(result.ok ? 'taken' : result.error.map(each => `${each.at} ${each.code}`)[0]).toBe(expected);
}); // prettier-ignore

/** A building of two to four floors with what is dangerous spread over it. */
const building: fc.Arbitrary<GradingInput> = fc
  .record({
    soil: fc.constantFrom('notDangerous' as const, 'unknown' as const),
    foundations: fc.integer({ min: 1, max: 20 }),
    basements: fc.nat(2),
    storeys: fc.integer({ min: 1, max: 5 }),
    counts: fc.array(fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 10, maxLength: 10 }), { minLength: 7, maxLength: 7 }),
  })
  .map(({ soil, foundations, basements, storeys, counts }) => {
    const numbers = [...Array.from({ length: basements }, (_, i) => i - basements), ...Array.from({ length: storeys }, (_, i) => i + 1)];
    const floors = numbers.map((no, f) => ({
      no,
      members: MEMBER_KINDS.map((kind, k): FloorMembers => {
        const [total, part] = counts[f]![k]!;
        const dangerous = Math.min(total, Math.floor(part / 3));
        return isVertical(kind) ? { kind, total, dangerous, dangerousAt: Array.from({ length: dangerous }, (_, i) => `P-${i}`) } : { kind, total, dangerous };
      }),
    }));
    return { soil, foundations: { total: foundations, dangerous: [] }, storeys, basements, floors };
  }); // prettier-ignore

/** Worst first from what is known; unknown counts as the best that it could be. */
const badness = (grading: Grading): number => {
  const grade = grading.outcome === 'graded' ? grading.grade : grading.atLeast;
  return grade === null ? -1 : gradeRank(grade);
};

it('one more dangerous member never improves the grade', () => {
  fc.assert(
    fc.property(building, fc.nat(), fc.nat(), (input, f, k) => {
      const at = f % input.floors.length;
      const members = input.floors[at]!.members;
      const j = k % members.length;
      const member = members[j]!;
      fc.pre(member.dangerous < member.total);
      const one: FloorMembers = {
        ...member,
        dangerous: member.dangerous + 1,
        ...(member.dangerousAt && { dangerousAt: [...member.dangerousAt, 'new'] }),
      };
      const floors = input.floors.with(at, { ...input.floors[at]!, members: members.with(j, one) });
      expect(badness(graded({ ...input, floors }))).toBeGreaterThanOrEqual(badness(graded(input)));
    }),
  );
});

it('does not depend on the order in which floors and members are written', () => {
  fc.assert(
    fc.property(building, input => {
      const turned = {
        ...input,
        floors: input.floors.map(each => ({ ...each, members: each.members.toReversed() })).toReversed(),
      };
      expect(graded(turned)).toEqual(graded(input));
    }),
  );
});

it('knows no fraction: every number of the result is whole', () => {
  const numbers = (value: unknown): number[] =>
    typeof value === 'number'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(numbers)
        : [];
  fc.assert(
    fc.property(building, input => {
      expect(numbers(graded(input)).filter(n => !Number.isSafeInteger(n))).toEqual([]);
    }),
  );
});

it('is never A while anything was not counted', () => {
  fc.assert(
    fc.property(building, input => {
      const grading = graded(input);
      const isBlank = input.floors.some(each => each.members.every(member => member.total === 0));
      if (isBlank || input.soil === 'unknown') expect(grading).not.toMatchObject({ grade: 'A' });
    }),
  );
});
