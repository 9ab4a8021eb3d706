import { AppError, DAY_MS } from '@anmai/kernel';
import type { SpendingWish } from '@anmai/lifecycle';
import pg from 'pg';
import type { Records } from './records';
import { asset, by, makeOrgs, SYSTEM } from './testing/samples';
import { startTestServer, TEST_NOW, type TestClock, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
let schema: string;
let clock: TestClock;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const ANNA = by('anna', 'city');
const BEN = by('ben', 'city');
const CLEO = by('cleo', 'city');

beforeEach(async () => {
  ({ records, schema, clock } = await server.freshRecords());
  await makeOrgs(records);
  for (const id of ['b1', 'b2']) await records.assets.create(asset(id, { kind: 'building' }), SYSTEM);
  const open = (id: string, pot: 'public' | 'individual', kind: 'bank' | 'holder') =>
    records.money.openAccount(
      { id, pot, kind, orgId: 'city', name: id, buildingId: null, household: null },
      ANNA,
    );
  await open('bank-p', 'public', 'bank');
  await open('city-fund', 'public', 'holder');
  await open('bank-i', 'individual', 'bank');
  await open('home-1', 'individual', 'holder');
  await open('home-2', 'individual', 'holder');
});

const code = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'ok';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};
const income = (id: string, amountFen: number, over: object = {}) =>
  records.money.income(
    {
      ...{ id, pot: 'public', bankId: 'bank-p', source: 'fiscal', at: TEST_NOW, text: '' },
      holders: [{ accountId: 'city-fund', amountFen }],
      ...over,
    },
    ANNA,
  );
const wish = (amountFen: number, over: Partial<SpendingWish> = {}): SpendingWish => ({
  ...{
    pot: 'public',
    use: 'checkup',
    amountFen,
    payee: '某检测公司',
    reason: '首轮体检',
    vote: null,
    isEmergency: false,
  },
  holders: [{ accountId: 'city-fund', amountFen }],
  buildings: [{ buildingId: 'b1', amountFen }],
  ...over,
});
const payment = (bookingId: string, paidFen: number) => ({
  bookingId,
  bankId: 'bank-p',
  at: TEST_NOW,
  paidFen,
  text: '',
});
const held = async (id: string): Promise<number> =>
  Math.abs((await records.money.account(id, null))!.balanceFen);

it('money comes in, is asked for, approved by others, paid, and shows on its building', async () => {
  await income('in-1', 10_000_000);
  const asked = await records.money.ask('r1', wish(6_000_000), ANNA);
  expect([asked.state, asked.approvalsNeeded]).toEqual(['asked', 2]);
  expect(await code(records.money.decide('r1', 'approve', '', ANNA))).toBe('MON-008');
  expect((await records.money.decide('r1', 'approve', '同意', BEN)).state).toBe('asked');
  expect(await code(records.money.decide('r1', 'approve', '', BEN))).toBe('MON-009');
  expect(await code(records.money.pay('r1', payment('p1', 1), ANNA))).toBe('MON-010');
  expect((await records.money.decide('r1', 'approve', '', CLEO)).state).toBe('approved');
  expect((await records.money.account('city-fund', null))!.reservedFen).toBe(6_000_000);
  expect(await code(records.money.pay('r1', payment('p1', 6_000_001), ANNA))).toBe('MON-016');
  const paid = await records.money.pay('r1', payment('p1', 5_000_000), ANNA);
  expect([paid.state, paid.bookingId, paid.decisions.map(each => each.by)]).toEqual([
    'paid',
    'p1',
    ['ben', 'cleo'],
  ]);
  expect([await held('city-fund'), await held('bank-p')]).toEqual([5_000_000, 5_000_000]);
  expect((await records.money.account('city-fund', null))!.reservedFen).toBe(0);
  expect(await records.money.costs({}, null)).toEqual([
    { buildingId: 'b1', use: 'checkup', spentFen: 5_000_000 },
  ]);
  const [totals] = await records.money.totals(TEST_NOW, TEST_NOW + 1, null);
  expect(totals).toMatchObject({ heldFen: 5_000_000, reservedFen: 0 });
  expect(totals!.flows).toEqual([
    { kind: 'income', code: 'fiscal', amountFen: 10_000_000 },
    { kind: 'spending', code: 'checkup', amountFen: 5_000_000 },
  ]);
  expect((await records.audit.verifyAudit()).intact).toBe(true);
});

it.each<[string, () => Promise<unknown>, string]>([
  ['a source that public money has not', () => income('x', 5, { source: 'firstDeposit' }), 'MON-006'],
  [
    'public money into a home',
    () => income('x', 5, { holders: [{ accountId: 'home-1', amountFen: 5 }] }),
    'MON-003',
  ],
  [
    'owners’ money at the public bank',
    () =>
      income('x', 5, {
        pot: 'individual',
        source: 'topUp',
        holders: [{ accountId: 'home-1', amountFen: 5 }],
      }),
    'MON-003',
  ],
  [
    'a use that is not permitted',
    () => records.money.ask('x', wish(5, { use: 'commonRepair' }), ANNA),
    'MON-007',
  ],
  [
    'a request of public money from a home',
    () => records.money.ask('x', wish(5, { holders: [{ accountId: 'home-1', amountFen: 5 }] }), ANNA),
    'MON-003',
  ],
  [
    'a request from a bank account',
    () => records.money.ask('x', wish(5, { holders: [{ accountId: 'bank-p', amountFen: 5 }] }), ANNA),
    'MON-004',
  ],
  [
    'owners’ money without their vote',
    () =>
      records.money.ask(
        'x',
        wish(5, { pot: 'individual', use: 'commonRepair', holders: [{ accountId: 'home-1', amountFen: 5 }] }),
        ANNA,
      ),
    'MON-011',
  ],
  [
    'a building that does not exist',
    () => records.money.ask('x', wish(5, { buildings: [{ buildingId: 'b9', amountFen: 5 }] }), ANNA),
    'PGR-007',
  ],
])('refused: %s', async (_name, work, expected) => {
  expect(await code(work())).toBe(expected);
  expect(await held('city-fund')).toBe(0);
});

it('what is promised is promised once', async () => {
  await income('in-1', 100);
  for (const id of ['r1', 'r2']) await records.money.ask(id, wish(60), ANNA);
  await records.money.decide('r1', 'approve', '', BEN);
  expect(await code(records.money.decide('r2', 'approve', '', BEN))).toBe('MON-005');
  expect((await records.money.request('r2', null))!.decisions).toEqual([]);
  await records.money.withdraw('r1', ANNA);
  expect((await records.money.decide('r2', 'approve', '', BEN)).state).toBe('approved');
});

it('bookings at the same moment keep the balance and never spend the same money twice', async () => {
  await income('in-0', 1_000);
  for (let i = 0; i < 20; i += 1) await records.money.ask(`r${i}`, wish(100), ANNA);
  const codes = await Promise.all([
    ...Array.from({ length: 20 }, (_, i) => code(records.money.decide(`r${i}`, 'approve', '', BEN))),
    ...Array.from({ length: 10 }, (_, i) => code(income(`more-${i}`, 7))),
  ]);
  const approved = codes.slice(0, 20).filter(each => each === 'ok').length;
  expect(new Set(codes)).toEqual(new Set(['ok', 'MON-005']));
  expect(approved).toBe(10);
  const paying = (await records.money.requests({ state: 'approved', limit: 100 }, null)).items;
  await Promise.all(
    paying.flatMap(({ id }) =>
      [1, 2].map(n => code(records.money.pay(id, payment(`p-${id}-${n}`, 100), ANNA))),
    ),
  );
  expect([await held('city-fund'), await held('bank-p')]).toEqual([70, 70]);
  const accounts = (await records.money.accounts({ limit: 100 }, null)).items;
  expect(accounts.reduce((sum, account) => sum + account.balanceFen, 0)).toBe(0);
});

it('a booking is reversed once, by another one, and never edited', async () => {
  await income('in-1', 100);
  const back = await records.money.reverse('in-1', { id: 'back-1', at: TEST_NOW, text: '录错' }, BEN);
  expect([back.kind, back.reverses, await held('city-fund')]).toEqual(['reversal', 'in-1', 0]);
  expect((await records.money.booking('in-1', null))!.reversedBy).toBe('back-1');
  const again = { id: 'back-2', at: TEST_NOW, text: '' };
  expect(await code(records.money.reverse('in-1', again, BEN))).toBe('MON-013');
  expect(await code(records.money.reverse('back-1', again, BEN))).toBe('MON-014');
  const [totals] = await records.money.totals(TEST_NOW, TEST_NOW + 1, null);
  expect(totals!.flows).toEqual([{ kind: 'income', code: 'fiscal', amountFen: 0 }]);
});

describe('the database itself', () => {
  const direct = async (sql: string): Promise<string> => {
    const client = new pg.Client({ ...server.target, options: `-c search_path=${schema}` });
    await client.connect();
    try {
      await client.query(sql);
      return 'ok';
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await client.end();
    }
  };
  const line = (account: string, pot: string, amount: number) =>
    `insert into money_line values ('in-1', ${Math.abs(amount) + 10}, '${account}', '${pot}', ${amount}, null);`;
  it.each([
    ['mixes no pots', line('home-1', 'public', 5), '23503'],
    ['mixes no pots the other way', line('home-1', 'individual', 5), '23503'],
    ['takes no booking that does not balance', line('city-fund', 'public', 5), '23514'],
    ['edits no booking', `update money_booking set code = 'x'`, '23001'],
    ['deletes no line', 'delete from money_line', '23001'],
    ['overdraws no account', `update money_account set balance_fen = 1 where id = 'city-fund'`, '23514'],
    [
      'promises no more than there is',
      `update money_account set reserved_fen = 101 where id = 'city-fund'`,
      '23514',
    ],
  ])('%s', async (_name, sql, state) => {
    await income('in-1', 100);
    expect(await direct(sql)).toBe(state);
  });
});

it('sets a statement against the books; what is unclear a person decides', async () => {
  await income('in-1', 500, { at: TEST_NOW });
  await income('in-2', 70, { at: TEST_NOW });
  await income('in-3', 70, { at: TEST_NOW + DAY_MS });
  const line = (n: number, amountFen: number, reference = '') => ({
    n,
    at: TEST_NOW,
    amountFen,
    text: '',
    reference,
  });
  const statement = {
    openingFen: 0,
    closingFen: 571,
    lines: [line(1, 500, 'in-1'), line(2, 70), line(3, 1)],
  };
  expect(
    await code(records.money.importStatement('s0', 'bank-p', { ...statement, closingFen: 1 }, ANNA)),
  ).toBe('MON-018');
  const kept = await records.money.importStatement('s1', 'bank-p', statement, ANNA);
  expect(kept.lines.map(row => [row.bookingId, row.matchedBy])).toEqual([
    ['in-1', 'reference'],
    [null, null],
    [null, null],
  ]);
  expect(kept.unclear).toEqual([{ n: 2, bookingIds: ['in-2', 'in-3'] }]);
  const matched = await records.money.match('s1', 2, 'in-3', BEN);
  expect([matched.lines[1]!.bookingId, matched.lines[1]!.matchedBy, matched.onlyBooks]).toEqual([
    'in-3',
    'ben',
    ['in-2'],
  ]);
  expect(await code(records.money.match('s1', 3, 'in-3', BEN))).toBe('PGR-005');
  expect(await code(records.money.match('s1', 9, null, BEN))).toBe('PGR-004');
});

it('rules are versions; a request lives under those it was asked under', async () => {
  const { pots, version } = await records.money.rules();
  expect(version).toBe(1);
  const uses = pots.public.uses.filter(use => use.code !== 'insurance');
  const next = await records.money.setRules({ pots: { ...pots, public: { ...pots.public, uses } } }, 1, ANNA);
  expect(next.version).toBe(2);
  expect(await code(records.money.setRules({ pots }, 1, ANNA))).toBe('PGR-006');
  expect(await code(records.money.ask('r1', wish(5, { use: 'insurance' }), ANNA))).toBe('MON-007');
});

it('others do not see it', async () => {
  await income('in-1', 100);
  await records.money.ask('r1', wish(5), ANNA);
  const water = by('walter', 'water-co');
  expect((await records.money.accounts({ limit: 10 }, 'water-co')).items).toEqual([]);
  expect(await records.money.booking('in-1', 'water-co')).toBeNull();
  expect(await code(records.money.decide('r1', 'approve', '', water))).toBe('PGR-004');
  expect(await code(records.money.ask('r2', wish(5), water))).toBe('MON-004');
  expect((await records.money.totals(0, TEST_NOW * 2, 'water-co'))[0]).toMatchObject({
    heldFen: 0,
    accounts: 0,
    flows: [],
  });
});

it('pages through bookings, newest first', async () => {
  for (let i = 0; i < 5; i += 1) await income(`in-${i}`, 10 + i, { at: TEST_NOW + (i % 2) });
  const seen: string[] = [];
  for (let cursor: string | null = null, n = 0; n < 9; n += 1) {
    const page: Awaited<ReturnType<Records['money']['bookings']>> = await records.money.bookings(
      { limit: 2, cursor },
      null,
    );
    seen.push(...page.items.map(item => item.id));
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  expect(seen).toEqual(['in-3', 'in-1', 'in-4', 'in-2', 'in-0']);
  expect(clock.now()).toBe(TEST_NOW);
});
