import fc from 'fast-check';
import { dateOf } from './calendar-date';
import { planYear, type PlanAgency, type PlanItem } from './plan-year';
import { NANTONG } from './rule-sets';

const ANY = { anyOf: [], mark: NANTONG.agency.mark };
const item = (buildingId: string, over: Partial<PlanItem> = {}): PlanItem => ({
  ...{
    buildingId,
    district: '中原区',
    street: '建设路',
    dueFrom: '2027-01-01',
    dueOn: '2027-12-31',
    demand: ANY,
  },
  ...over,
});
const agency = (id: string, capacity: number, over: Partial<PlanAgency> = {}): PlanAgency => ({
  ...{ id, qualifications: [], streets: [], capacityByMonth: Array.from({ length: 12 }, () => capacity) },
  ...over,
});
const told = (items: readonly PlanItem[], agencies: readonly PlanAgency[], monthFrom = 1): string => {
  const { planned, unplanned } = planYear(items, agencies, 2027, monthFrom);
  return [
    ...planned.map(each => `${each.buildingId} ${each.agencyId} ${each.month}${each.late ? ' late' : ''}`),
    ...unplanned.map(each => `${each.buildingId} ${each.why}`),
  ].join(', ');
};

describe('the plan of a year', () => {
  it.each<[string, readonly PlanItem[], readonly PlanAgency[], number, string]>([
    ['spreads over the months', [item('a'), item('b'), item('c')], [agency('x', 9)], 1, 'a x 1, b x 2, c x 3'],
    ['keeps the window', [item('a', { dueFrom: '2027-03-15', dueOn: '2027-03-31' })], [agency('x', 9)], 1, 'a x 3'],
    ['takes what is overdue first, at once', [item('b'), item('a', { dueFrom: '2025-01-01', dueOn: '2026-02-01' })], [agency('x', 1)], 1, 'a x 1, b x 2'],
    ['is early where the window is full', [item('a', { dueFrom: '2027-03-01', dueOn: '2027-03-31' }), item('b', { dueFrom: '2027-03-01', dueOn: '2027-03-31' })], [agency('x', 1)], 1, 'a x 3, b x 2'],
    ['is late, and says so, where nothing is left before', [item('a', { dueOn: '2027-01-31' }), item('b', { dueOn: '2027-01-31' })], [agency('x', 1)], 1, 'a x 1, b x 2 late'],
    ['says that all is full', [item('a'), item('b')], [agency('x', 0, { capacityByMonth: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] })], 1, 'a x 1, b noCapacity'],
    ['begins in the month that is left', [item('a', { dueOn: '2027-02-28' })], [agency('x', 9)], 6, 'a x 6'],
    ['gives a street to who works there', [item('a', { street: '纬一路' }), item('b', { street: '纬二路' })], [agency('x', 9, { streets: ['纬二路'] }), agency('y', 9, { streets: ['纬一路'] })], 1, 'a y 1, b x 1'],
    ['says that no agency works in a street', [item('a')], [agency('x', 9, { streets: ['别处'] })], 1, 'a noAgency'],
    ['asks for a design qualification or both for testing', [item('a', { demand: NANTONG.agency })], [agency('w', 9), agency('x', 9, { qualifications: ['test-structure'] }), agency('y', 9, { qualifications: ['test-structure', 'test-foundation'] })], 1, 'a y 1'],
    ['takes an agency with a design qualification alone', [item('a', { demand: NANTONG.agency })], [agency('z', 9, { qualifications: ['building-design'] })], 1, 'a z 1'],
    ['nothing due, nothing planned', [], [agency('x', 9)], 1, ''],
  ])('%s', (_name, items, agencies, monthFrom, expected) => {
    expect(told(items, agencies, monthFrom)).toBe(expected);
  }); // prettier-ignore

  it('keeps a street with one agency as long as it has room', () => {
    const items = Array.from({ length: 20 }, (_, i) => item(`b${10 + i}`));
    const { planned } = planYear(items, [agency('x', 2), agency('y', 2)], 2027);
    expect(new Set(planned.map(each => each.agencyId))).toEqual(new Set(['x']));
  });

  const month = fc.integer({ min: 1, max: 12 });
  const items = fc.uniqueArray(
    fc.record({
      buildingId: fc.nat(200).map(n => `b${n}`),
      street: fc.constantFrom('一路', '二路', '三路'),
      month,
      year: fc.constantFrom(2026, 2027, 2028),
    }),
    { selector: each => each.buildingId, maxLength: 60 },
  );
  const asItem = (each: { buildingId: string; street: string; month: number; year: number }): PlanItem =>
    item(each.buildingId, {
      street: each.street,
      dueOn: dateOf(each.year, each.month, 28),
      dueFrom: dateOf(each.year, each.month, 1),
    });

  it('loses nothing, overbooks nobody, and does not mind the order', () => {
    fc.assert(
      fc.property(items, fc.nat(3), (some, capacity) => {
        const list = some.map(asItem);
        const agencies = [agency('x', capacity), agency('y', 1, { streets: ['一路'] })];
        const plan = planYear(list, agencies, 2027);
        expect(plan.planned.length + plan.unplanned.length).toBe(list.length);
        const used = new Map<string, number>();
        for (const { agencyId, month: at } of plan.planned)
          used.set(`${agencyId} ${at}`, (used.get(`${agencyId} ${at}`) ?? 0) + 1);
        for (const [slot, count] of used)
          expect(count).toBeLessThanOrEqual(slot.startsWith('x') ? capacity : 1);
        expect(planYear([...list].reverse(), [...agencies].reverse(), 2027)).toEqual(plan);
      }),
    );
  });

  it('plans 100,000 buildings in less than 5 s', () => {
    const many = Array.from({ length: 100_000 }, (_, i) =>
      item(`b${i}`, {
        street: `街道 ${i % 80}`,
        dueOn: dateOf(2027, 1 + (i % 12), 28),
        dueFrom: dateOf(2027, 1, 1),
      }),
    );
    const agencies = Array.from({ length: 20 }, (_, i) => agency(`a${i}`, 500));
    const from = performance.now();
    const plan = planYear(many, agencies, 2027);
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(plan.planned).toHaveLength(100_000);
  });
});
