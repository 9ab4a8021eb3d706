import fc from 'fast-check';
import { PLAN, ROUND, T0, WATCHED } from '../testing/watch-samples';
import { defaultItems, watchLevelsOf, type Watched } from './default-items';
import {
  dutyLines,
  dutyStanding,
  mayCallDuty,
  mayStandDownDuty,
  type CallOutcome,
  type DutyRound,
} from './duty';
import { mayEditWatch, mayEndWatch, mayStartWatch, type WatchEndVerdict } from './may-watch';
import type { WatchMeasure, WatchPlan } from './plan';

describe('what a plan starts from', () => {
  it.each<[string, Partial<Watched>, number]>([
    ['up to two storeys', { storeys: 2 }, 30],
    ['three storeys', { storeys: 3 }, 20],
    ['storeys unknown: the stricter', { storeys: null, heightM: null }, 20],
    ['24 m', { heightM: 24 }, 20],
    ['25 m', { heightM: 25 }, 7],
    ['61 m', { heightM: 61 }, 5],
  ])('tilt of a building of %s', (_name, over, red) => {
    expect(defaultItems({ ...WATCHED, ...over })[0]!.amount!.red).toBe(red);
  });

  it('has limits at 50, 70 and 100 %', () => {
    expect(watchLevelsOf(20)).toEqual({ yellow: 10, orange: 14, red: 20 });
    expect(watchLevelsOf(0.5)).toEqual({ yellow: 0.25, orange: 0.35, red: 0.5 });
    expect(defaultItems(WATCHED).map(item => [item.id, item.rate])).toEqual([
      ['tilt', null],
      ['settlement', { yellow: 2, orange: 2.8, red: 4 }],
      ['crack-1', null],
    ]);
  });

  it.each<[string, Partial<Watched>, boolean]>([
    ['12 m', { heightM: 12 }, false],
    ['24 m', { heightM: 24 }, false],
    ['25 m', { heightM: 25 }, true],
    ['8 storeys of unknown height', { heightM: null, storeys: 8 }, false],
    ['9 storeys of unknown height', { heightM: null, storeys: 9 }, true],
    ['nothing known', { heightM: null, storeys: null }, true],
  ])('limits the growth of the tilt of high-rises: %s', (_name, over, has) => {
    expect(defaultItems({ ...WATCHED, ...over })[0]!.rate !== null).toBe(has);
  });

  it.each([
    [false, 1],
    [true, 0.5],
  ])('takes the limit of the member (concrete: %s)', (isConcrete, red) => {
    const crack = defaultItems({ ...WATCHED, isConcrete }).at(-1)!;
    expect([crack.amount!.red, crack.sensorIds]).toEqual([red, []]);
  });

  it('says of everything that it is provisional, and leaves no sensor of the building out', () => {
    const extra = [...WATCHED.sensors, { id: 'b1.shake', quantity: 'building.vibration' }, { id: 'gas', quantity: 'gas.combustible' }];
    const items = defaultItems({ ...WATCHED, grade: 'D', sensors: extra });
    expect(new Set(items.map(item => item.standing))).toEqual(new Set(['provisional']));
    expect(items.flatMap(item => item.sensorIds)).toEqual(['b1.tilt', 'b1.settle', 'b1.shake']);
    expect(items.every(item => item.everySeconds === 300)).toBe(true);
    expect(new Set(items.map(item => item.id)).size).toBe(items.length);
  }); // prettier-ignore
});

const MEASURE: WatchMeasure = {
  id: 'm1',
  kind: 'reinforcement',
  title: '加固',
  plannedFrom: T0,
  plannedTo: T0 + 1,
  progressPercent: 0,
  note: '',
  approvalFileIds: [],
};
const codeOf = (answer: ReturnType<typeof mayEditWatch>): string => (answer.ok ? 'fine' : answer.error.code);

it.each([
  ['C', null, 'fine'],
  ['D', null, 'fine'],
  ['B', null, 'plan.grade'],
  [null, null, 'plan.grade'],
  ['C', 'wat-0', 'plan.twice'],
])('starts on grade %s with open plan %s: %s', (grade, open, expected) => {
  expect(codeOf(mayStartWatch(grade, open))).toBe(expected);
});

const tilt = PLAN.items[0]!;
it.each<[string, Partial<WatchPlan>, readonly string[] | null, string]>([
  ['nothing changed', {}, [], 'fine'],
  ['limits that do not ascend', { items: [{ ...tilt, amount: { yellow: 14, orange: 10, red: 20 } }] }, [], 'plan.limits'],
  ['a limit of zero', { items: [{ ...tilt, rate: { yellow: 0, orange: 1, red: 2 } }] }, [], 'plan.limits'],
  ['a limit that is no number', { items: [{ ...tilt, rate: { yellow: Number.NaN, orange: 1, red: 2 } }] }, [], 'plan.limits'],
  ['no limits at all', { items: [{ ...tilt, amount: null, rate: null }] }, [], 'fine'],
  ['two of one id', { items: [tilt, tilt] }, [], 'plan.idTwice'],
  ['reinforcement of a protected one', { measures: [MEASURE] }, ['文物'], 'fine'],
  ['demolition', { measures: [{ ...MEASURE, kind: 'demolition' }] }, [], 'fine'],
  ['demolition of a protected one', { measures: [{ ...MEASURE, kind: 'demolition' }] }, ['文物'], 'measure.protected'],
  ['demolition where protection is unknown', { measures: [{ ...MEASURE, kind: 'demolition' }] }, null, 'measure.protected'],
  ['demolition with plan and approval', { measures: [{ ...MEASURE, kind: 'demolition', approvalFileIds: ['a', 'b'] }] }, ['文物'], 'fine'],
  ['101 %', { measures: [{ ...MEASURE, progressPercent: 101 }] }, [], 'measure.progress'],
  ['half a per cent', { measures: [{ ...MEASURE, progressPercent: 0.5 }] }, [], 'measure.progress'],
  ['the end before the begin', { measures: [{ ...MEASURE, plannedTo: T0 - 1 }] }, [], 'measure.dates'],
])('edit: %s', (_name, over, protection, expected) => {
  expect(codeOf(mayEditWatch(PLAN, { ...PLAN, ...over }, protection))).toBe(expected);
}); // prettier-ignore

it('is not edited after its end', () => {
  expect(codeOf(mayEditWatch({ ...PLAN, endedAt: T0 }, PLAN, []))).toBe('plan.ended');
});

const verdict = (over: Partial<WatchEndVerdict>): WatchEndVerdict => ({
  id: 'apr-2',
  grade: 'B',
  filedAt: T0 + 1,
  ...over,
});
it.each<[string, WatchEndVerdict | null, string]>([
  ['no report', null, 'end.noAppraisal'],
  ['the report that it began with', verdict({ id: 'apr-1', filedAt: T0 }), 'end.noAppraisal'],
  ['an older report', verdict({ filedAt: T0 - 1 }), 'end.noAppraisal'],
  ['a new report that says C', verdict({ grade: 'C' }), 'end.stillDangerous'],
  ['a new report that says D', verdict({ grade: 'D' }), 'end.stillDangerous'],
  ['a new report that says B', verdict({}), 'fine'],
  ['a new report that says A', verdict({ grade: 'A' }), 'fine'],
])('ends by %s: %s', (_name, given, expected) => {
  expect(codeOf(mayEndWatch(PLAN, given))).toBe(expected);
});

it('measures at 100 % end nothing', () => {
  const done = { ...PLAN, measures: [{ ...MEASURE, progressPercent: 100 }] };
  expect(codeOf(mayEndWatch(done, null))).toBe('end.noAppraisal');
});

const called = (...list: (readonly [string, CallOutcome])[]): DutyRound => ({
  ...ROUND,
  calls: list.map(([personId, outcome], i) => ({
    ...{ id: `c${i}`, personId, outcome, at: T0 + i, by: 'otto', note: '' },
  })),
});
it.each<[string, DutyRound, string, boolean]>([
  ['nobody called', called(), 'waiting waiting', false],
  ['reached, not out', called(['p1', 'told']), 'told waiting', false],
  ['no answer, then out', called(['p1', 'noAnswer'], ['p1', 'left']), 'left waiting', false],
  ['out stays out', called(['p1', 'left'], ['p1', 'noAnswer']), 'left waiting', false],
  ['all out', called(['p1', 'left'], ['p2', 'left']), 'left left', true],
  ['an empty list', { ...ROUND, people: [] }, '', false],
])('duty: %s', (_name, round, states, complete) => {
  expect(dutyLines(round).map(line => line.state).join(' ')).toBe(states);
  expect(dutyStanding(round, T0).complete).toBe(complete);
}); // prettier-ignore

it('is overdue one millisecond after its time, unless all are out or it was stood down', () => {
  const late = ROUND.confirmBy + 1;
  expect(dutyStanding(ROUND, ROUND.confirmBy).overdue).toBe(false);
  expect(dutyStanding(ROUND, late)).toMatchObject({ overdue: true, confirmed: 0, all: 2, peopleOut: 0, peopleAll: 42 });
  expect(dutyStanding(called(['p1', 'left'], ['p2', 'left']), late).overdue).toBe(false);
  expect(dutyStanding({ ...ROUND, stoodDownAt: T0 }, late).overdue).toBe(false);
}); // prettier-ignore

it('refuses calls to strangers, calls after the end, and a silent end', () => {
  const codes = (answer: ReturnType<typeof mayCallDuty>) => (answer.ok ? 'fine' : answer.error.code);
  expect(codes(mayCallDuty(ROUND, 'p1'))).toBe('fine');
  expect(codes(mayCallDuty(ROUND, 'p9'))).toBe('call.unknown');
  expect(codes(mayCallDuty({ ...ROUND, stoodDownAt: T0 }, 'p1'))).toBe('call.over');
  expect(codes(mayStandDownDuty(ROUND, ' '))).toBe('stand.noteMissing');
  expect(codes(mayStandDownDuty(ROUND, '误报,现场已查'))).toBe('fine');
  expect(codes(mayStandDownDuty(called(['p1', 'left'], ['p2', 'left']), ''))).toBe('fine');
  expect(codes(mayStandDownDuty({ ...ROUND, stoodDownAt: T0 }, 'x'))).toBe('stand.over');
});

it('nobody is out before somebody said so', () => {
  const outcome = fc.constantFrom<CallOutcome>('noAnswer', 'told', 'left');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('p1', 'p2'), outcome)), calls => {
      const said = new Set(calls.filter(([, o]) => o === 'left').map(([id]) => id));
      expect(dutyStanding(called(...calls), T0).confirmed).toBe(said.size);
    }),
  );
});
