import fc from 'fast-check';
import { DAY_MS, HOUR_MS } from '@anmai/kernel';
import { checkClaim, payableFen, stepClaim, type Claim } from './claims';
import { dutySlots, monthsLater, type Patrol } from './patrols';
import { checkPolicy, policyState, sumInsured, type Policy } from './policy';

const START = Date.UTC(2026, 0, 1);
const END = Date.UTC(2027, 0, 1);
const POLICY: Policy = {
  id: 'p1',
  kind: 'building',
  product: '房屋质量安全保险',
  policyNumber: 'PA-1',
  insurer: '某保险公司',
  payer: 'government',
  premiumFen: 100_000,
  startsAt: START,
  endsAt: END,
  triggers: ['collapse', 'gradeD', 'facade', 'thirdParty'],
  limits: {
    perM2Fen: 100,
    perBuildingFen: 90_000,
    perEventFen: 65_000_000,
    perPersonFen: 50_000_000,
    totalFen: 100_000,
  },
  deductibleFen: 1_000,
  ownersShareBp: 3_000,
  duties: [{ kind: 'structure', timesPerYear: 4 }],
  patrolsAfterEvents: true,
  covers: [
    { buildingId: 'b1', areaM2: 500 },
    { buildingId: 'b2', areaM2: null },
  ],
};
const CLAIM: Claim = {
  id: 'c1',
  policyId: 'p1',
  buildingId: 'b1',
  trigger: 'facade',
  happenedAt: START + DAY_MS,
  state: 'reported',
  lossFen: null,
  people: 0,
  paidFen: null,
  evidence: [{ kind: 'alarm', refId: 'a1', note: '' }],
};
const codeOf = (result: { ok: boolean; error?: { spec: { code: string } } }): string =>
  result.ok ? 'ok' : result.error!.spec.code;

it.each<[string, Partial<Policy>, string]>([
  ['as it is', {}, 'ok'],
  ['ends before it starts', { endsAt: START }, 'INS-010'],
  ['covers nothing', { triggers: [] }, 'INS-010'],
  ['mixes IDI into insurance of buildings in use', { triggers: ['collapse', 'defect'] }, 'INS-010'],
  ['IDI that covers a collapse', { kind: 'newBuild', triggers: ['collapse'] }, 'INS-010'],
  ['IDI', { kind: 'newBuild', triggers: ['defect'] }, 'ok'],
  ['a share of 101 %', { ownersShareBp: 10_100 }, 'INS-010'],
])('a policy %s', (_name, over, code) => expect(codeOf(checkPolicy({ ...POLICY, ...over }))).toBe(code));

it.each<[string, Partial<Policy['limits']>, number | null, number | null]>([
  ['by area', {}, 500, 50_000],
  ['the limit of a building is lower', {}, 5_000, 90_000],
  ['unknown area: the limit of a building alone', {}, null, 90_000],
  ['unknown area and no other limit is not known, never nothing', { perBuildingFen: null }, null, null],
])('sum insured %s', (_name, over, areaM2, sum) => {
  const limits = { ...POLICY.limits, ...over };
  expect(sumInsured({ limits }, { buildingId: 'b', areaM2 })).toBe(sum);
});

it.each([
  [START - 1, 'planned'],
  [START, 'inForce'],
  [END - 60 * DAY_MS - 1, 'inForce'],
  [END - 60 * DAY_MS, 'expiring'],
  [END - 1, 'expiring'],
  [END, 'expired'],
])('at %s it is %s', (now, state) => expect(policyState(POLICY, now)).toBe(state));

describe('patrols', () => {
  const patrol = (id: string, month: number, day = 10): Patrol => ({
    id,
    buildingId: 'b1',
    kind: 'structure',
    at: Date.UTC(2026, month - 1, day),
  });
  const run = (patrols: Patrol[], now: number): string =>
    dutySlots(POLICY.duties[0]!, POLICY, patrols, { now, utcOffsetMs: 0 })
      .map(slot => `${slot.state}${slot.patrolId === null ? '' : `:${slot.patrolId}`}`)
      .join(' ');
  const AUTUMN = Date.UTC(2026, 9, 20);
  it.each<[string, Patrol[], number, string]>([
    ['nothing on record is overdue, never fulfilled', [], AUTUMN, 'overdue overdue overdue due'],
    [
      'in time',
      [patrol('a', 2), patrol('b', 5), patrol('c', 8)],
      AUTUMN,
      'fulfilled:a fulfilled:b fulfilled:c due',
    ],
    ['one missed', [patrol('a', 2), patrol('c', 8)], AUTUMN, 'fulfilled:a overdue fulfilled:c due'],
    [
      'made good late by a second one',
      [patrol('a', 2), patrol('b', 8), patrol('c', 9)],
      AUTUMN,
      'fulfilled:a late:c fulfilled:b due',
    ],
    [
      'two in one stretch make good nothing that comes later',
      [patrol('a', 2), patrol('b', 3)],
      AUTUMN,
      'fulfilled:a overdue overdue due',
    ],
    ['before its time', [], START - 1, 'ahead ahead ahead ahead'],
    ['a patrol of tomorrow does not count', [patrol('a', 2)], Date.UTC(2026, 0, 5), 'due ahead ahead ahead'],
    [
      'another kind does not count',
      [{ ...patrol('a', 2), kind: 'fire' }],
      AUTUMN,
      'overdue overdue overdue due',
    ],
  ])('%s', (_name, patrols, now, states) => expect(run(patrols, now)).toBe(states));

  const CHINA = 8 * HOUR_MS;
  it.each<[string, number, number, number, number]>([
    ['a leap day moves to the last day of February', Date.UTC(2028, 1, 29), 12, 0, Date.UTC(2029, 1, 28)],
    ['31 January at five', Date.UTC(2026, 0, 31, 5), 1, 0, Date.UTC(2026, 1, 28, 5)],
    ['local midnight of a leap day', Date.UTC(2028, 1, 29) - CHINA, 12, CHINA, Date.UTC(2029, 1, 28) - CHINA],
    ['local midnight of 1 March, to a leap year', Date.UTC(2027, 2, 1) - CHINA, 12, CHINA, Date.UTC(2028, 2, 1) - CHINA],
    ['local midnight of 1 January', Date.UTC(2026, 0, 1) - CHINA, 1, CHINA, Date.UTC(2026, 1, 1) - CHINA],
  ])('months later: %s', (_name, at, months, utcOffsetMs, expected) => {
    expect(monthsLater(at, months, utcOffsetMs)).toBe(expected);
  }); // prettier-ignore

  it('the second year begins on the local day of the first', () => {
    const policy = { startsAt: Date.UTC(2027, 2, 1) - CHINA, endsAt: Date.UTC(2029, 2, 1) - CHINA };
    const at = { now: START, utcOffsetMs: CHINA };
    const slots = dutySlots({ kind: 'fire', timesPerYear: 1 }, policy, [], at);
    expect(slots.map(slot => slot.from + CHINA)).toEqual([Date.UTC(2027, 2, 1), Date.UTC(2028, 2, 1)]);
  });

  it('stretches follow each other without gap from start to end, whatever the policy', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 52 }),
        fc.integer({ min: 30, max: 1_500 }),
        fc.constantFrom(0, 8 * HOUR_MS, -5 * HOUR_MS),
        (timesPerYear, days, utcOffsetMs) => {
          const policy = { startsAt: START, endsAt: START + days * DAY_MS };
          const slots = dutySlots({ kind: 'fire', timesPerYear }, policy, [], { now: START, utcOffsetMs });
          expect(slots[0]!.from).toBe(policy.startsAt);
          expect(slots.at(-1)!.to).toBe(policy.endsAt);
          slots.slice(1).forEach((slot, i) => expect(slot.from).toBe(slots[i]!.to));
        },
      ),
    );
  });
});

describe('claims', () => {
  it.each<[string, Partial<Claim>, string]>([
    ['covered', {}, 'ok'],
    ['a building that is not insured', { buildingId: 'b9' }, 'INS-001'],
    ['before the policy', { happenedAt: START - 1 }, 'INS-002'],
    ['at its end', { happenedAt: END }, 'INS-002'],
    ['what is not covered', { trigger: 'gradeC' }, 'INS-003'],
    ['grade D by an alarm alone', { trigger: 'gradeD' }, 'INS-004'],
    [
      'grade D by an appraisal',
      { trigger: 'gradeD', evidence: [{ kind: 'appraisal', refId: 'r1', note: '' }] },
      'ok',
    ],
  ])('%s', (_name, over, code) => expect(codeOf(checkClaim(POLICY, { ...CLAIM, ...over }))).toBe(code));

  it.each<[string, number | null, number, number | null, Partial<Policy>]>([
    ['less the deductible and the owners’ share', 11_000, 0, 7_000, {}],
    ['rounded down', 1_001, 0, 0, {}],
    ['below the deductible', 1_000, 0, 0, {}],
    ['the sum of the building', 9_999_999, 0, 50_000, {}],
    ['what is left of the whole', 9_999_999, 70_000, 30_000, {}],
    ['nothing is left', 9_999_999, 100_001, 0, {}],
    ['the loss is not known', null, 0, null, {}],
    ['by an area that is not known', 11_000, 0, null, { covers: [{ buildingId: 'b1', areaM2: null }] }],
    [
      'an area that is not known, and no limit goes by it',
      11_000,
      0,
      7_000,
      { covers: [{ buildingId: 'b1', areaM2: null }], limits: { ...POLICY.limits, perM2Fen: null } },
    ],
  ])('pays %s', (_name, lossFen, before, paid, over) => {
    expect(payableFen({ ...POLICY, ...over }, { ...CLAIM, lossFen }, before)).toBe(paid);
  });

  it('never pays more than the loss, and never less for a greater one', () => {
    const loss = fc.nat(10_000_000);
    fc.assert(
      fc.property(loss, loss, fc.nat(10_000), (a, b, ownersShareBp) => {
        const policy = { ...POLICY, ownersShareBp };
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map(lossFen =>
          payableFen(policy, { ...CLAIM, lossFen }, 0)!,
        );
        expect(low).toBeLessThanOrEqual(Math.min(a, b));
        expect(high!).toBeGreaterThanOrEqual(low!);
      }),
    );
  });

  const at = (over: Partial<Claim>): Claim => ({ ...CLAIM, ...over });
  it.each<[string, Claim, Claim['state'], { lossFen?: number; paidFen?: number }, string]>([
    ['surveyed with the loss', CLAIM, 'surveyed', { lossFen: 11_000 }, 'ok'],
    ['paid at once', CLAIM, 'paid', {}, 'INS-006'],
    ['accepted without a loss', at({ state: 'surveyed' }), 'accepted', {}, 'INS-008'],
    [
      'accepted without evidence',
      at({ state: 'surveyed', lossFen: 5, evidence: [] }),
      'accepted',
      {},
      'INS-005',
    ],
    ['accepted', at({ state: 'surveyed', lossFen: 11_000 }), 'accepted', {}, 'ok'],
    ['paid', at({ state: 'accepted', lossFen: 11_000 }), 'paid', { paidFen: 7_000 }, 'ok'],
    ['paid too much', at({ state: 'accepted', lossFen: 11_000 }), 'paid', { paidFen: 7_001 }, 'INS-007'],
    [
      'accepted, of unknown area',
      at({ state: 'surveyed', buildingId: 'b2', lossFen: 11_000 }),
      'accepted',
      {},
      'INS-011',
    ],
    [
      'paid, of unknown area',
      at({ state: 'accepted', buildingId: 'b2', lossFen: 11_000 }),
      'paid',
      { paidFen: 1 },
      'INS-011',
    ],
    ['rejected, of unknown area', at({ state: 'surveyed', buildingId: 'b2' }), 'rejected', {}, 'ok'],
    ['paid again', at({ state: 'paid', lossFen: 11_000 }), 'paid', {}, 'INS-006'],
  ])('%s', (_name, claim, to, also, code) => {
    expect(codeOf(stepClaim(POLICY, claim, to, { ...also, paidBeforeFen: 0 }))).toBe(code);
  });
});
