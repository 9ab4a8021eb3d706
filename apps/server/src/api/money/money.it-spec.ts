/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-argument */

import { startApiBed, type ApiBed, type Reply } from '../testing/api-bed';

let bed: ApiBed;
const post = (path: string, as: string, body: unknown = {}): Promise<Reply> =>
  bed.call('POST', `/api/v1/money/${path}`, { as, body });
const get = (path: string, as = 'enno'): Promise<Reply> => bed.call('GET', `/api/v1/money/${path}`, { as });
const AT = '2026-11-01T00:00:00Z';

beforeAll(async () => {
  bed = await startApiBed();
  for (const id of ['b1', 'b2']) {
    const body = { id, kind: 'building', name: id, orgId: 'city', geometry: null, parentId: null };
    expect((await bed.call('POST', '/api/v1/assets', { as: 'enno', body })).status).toBe(201);
  }
  for (const [id, pot, kind] of [
    ['bank-p', 'public', 'bank'],
    ['fund', 'public', 'holder'],
    ['bank-i', 'individual', 'bank'],
    ['home-1', 'individual', 'holder'],
  ]) {
    expect((await post('accounts', 'enno', { id, pot, kind, orgId: 'city', name: id })).status).toBe(201);
  }
});
afterAll(() => bed.stop());

const income = (over: object = {}): object => ({
  ...{ pot: 'public', bankId: 'bank-p', source: 'fiscal', at: AT, text: '年度拨款' },
  holders: [{ accountId: 'fund', amountFen: 10_000_000 }],
  ...over,
});
const wish = (over: object = {}): object => ({
  ...{ pot: 'public', use: 'checkup', amountFen: 4_000_000, payee: '某检测公司', reason: '首轮体检' },
  holders: [{ accountId: 'fund', amountFen: 4_000_000 }],
  buildings: [
    { buildingId: 'b1', amountFen: 1_000_000 },
    { buildingId: 'b2', amountFen: 3_000_000 },
  ],
  ...over,
});

it('from income to payment, with what each step leaves', async () => {
  expect((await post('income', 'enno', income({ id: 'in-1' }))).body).toMatchObject({
    kind: 'income',
    amountFen: 10_000_000,
  });
  const asked = await post('requests', 'enno', wish({ id: 'r1' }));
  expect([asked.status, asked.body.state, asked.body.approvalsNeeded]).toEqual([201, 'asked', 1]);
  expect((await post('requests/r1/decide', 'root', { verdict: 'approve' })).body.state).toBe('approved');
  expect((await get('accounts/fund')).body).toMatchObject({
    heldFen: 10_000_000,
    reservedFen: 4_000_000,
    freeFen: 6_000_000,
  });
  const paid = await post('requests/r1/pay', 'enno', { bankId: 'bank-p', bookingId: 'pay-1', at: AT });
  expect([paid.status, paid.body.state, paid.body.bookingId]).toEqual([200, 'paid', 'pay-1']);
  expect((await get('costs')).body.items).toEqual([
    { buildingId: 'b2', use: 'checkup', spentFen: 3_000_000 },
    { buildingId: 'b1', use: 'checkup', spentFen: 1_000_000 },
  ]);
  const summary = (await get('summary')).body.pots[0];
  expect([summary.heldFen, summary.reservedFen]).toEqual([6_000_000, 0]);
  const timeline = await bed.call('GET', '/api/v1/buildings/b1/timeline', { as: 'vera' });
  if (timeline.status === 200) expect(JSON.stringify(timeline.body)).toContain('"paid"');
});

it.each<[string, string, string, () => object, number, string]>([
  [
    'money spent on a use that is not permitted',
    'requests',
    'enno',
    () => wish({ use: 'commonRepair' }),
    422,
    'MON-007',
  ],
  [
    'public money to a household',
    'income',
    'enno',
    () => income({ holders: [{ accountId: 'home-1', amountFen: 5 }] }),
    422,
    'MON-003',
  ],
  [
    'owners’ money from the public fund',
    'requests',
    'enno',
    () => wish({ pot: 'individual', use: 'commonRepair', isEmergency: true }),
    422,
    'MON-003',
  ],
  [
    'a source that is none of this money',
    'income',
    'enno',
    () => income({ source: 'firstDeposit' }),
    422,
    'MON-006',
  ],
  [
    'half a fen',
    'income',
    'enno',
    () => income({ holders: [{ accountId: 'fund', amountFen: 0.5 }] }),
    400,
    'VAL-001',
  ],
  ['a field that does not exist', 'income', 'enno', () => income({ amount: 5 }), 400, 'VAL-001'],
  ['parts that do not add up', 'requests', 'enno', () => wish({ amountFen: 5 }), 422, 'MON-015'],
  [
    'a household in a public account',
    'accounts',
    'enno',
    () => ({ pot: 'public', kind: 'holder', orgId: 'city', name: 'x', household: 'y' }),
    400,
    'VAL-001',
  ],
  ['a reader who books', 'income', 'otto', () => income(), 403, 'AUT-004'],
  ['an engineer who approves', 'requests/r1/decide', 'enno', () => ({ verdict: 'approve' }), 403, 'AUT-004'],
])('refused with code and remedy: %s', async (_name, path, as, body, status, code) => {
  const reply = await post(path, as, body());
  expect([reply.status, reply.body.code]).toEqual([status, code]);
  expect(reply.body.remedy.length).toBeGreaterThan(10);
});

it('nobody approves what they asked for', async () => {
  await post('requests', 'root', wish({ id: 'own' }));
  const reply = await post('requests/own/decide', 'root', { verdict: 'approve' });
  expect([reply.status, reply.body.code]).toEqual([403, 'MON-008']);
  expect((await get('requests/own')).body.state).toBe('asked');
});

it('the same request sent twice is one', async () => {
  const headers = { 'idempotency-key': 'k-1' };
  const send = () =>
    bed.call('POST', '/api/v1/money/income', {
      as: 'enno',
      headers,
      body: income({ holders: [{ accountId: 'fund', amountFen: 7 }] }),
    });
  const [first, second] = [await send(), await send()];
  expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
});

it('a statement of the bank is read and set against the books', async () => {
  const csv =
    '日期,金额,摘要,流水号\n2026-11-01,"100,000.00",拨款,in-1\n2026-11-02,-40000,体检费,\n2026-11-02,3,利息,';
  const body = { id: 's1', accountId: 'bank-p', openingFen: 0, closingFen: 6_000_300, csv };
  const taken = await post('statements', 'enno', body);
  expect([taken.status, taken.body.matched]).toEqual([201, 2]);
  expect(taken.body.lines.map((line: { bookingId: string }) => line.bookingId)).toEqual([
    'in-1',
    'pay-1',
    null,
  ]);
  const bad = await post('statements', 'enno', { ...body, id: 's2', csv: '日期,金额\nx,1' });
  expect([bad.status, bad.body.code]).toEqual([422, 'MON-017']);
});

it('is exported with texts that no spreadsheet takes for a formula', async () => {
  await post('income', 'enno', income({ text: '=1+1', holders: [{ accountId: 'fund', amountFen: 3 }] }));
  const csv = await get('export.csv');
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.text).toContain(`"'=1+1"`);
  const xlsx = await get('export.xlsx');
  expect([xlsx.status, xlsx.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('spreadsheetml'),
  ]);
});

it('rules are edited by version, and say what is provisional', async () => {
  const rules = (await get('rules')).body;
  expect(rules.pots.individual.vote.source.kind).toBe('provisional');
  const { version, ...body } = rules;
  const put = (ifMatch: string) =>
    bed.call('PUT', '/api/v1/money/rules', { as: 'root', body, headers: { 'if-match': ifMatch } });
  expect([version, (await put('"1"')).body.version, (await put('"1"')).status]).toEqual([1, 2, 412]);
  const bad = {
    pots: { ...body.pots, public: { ...body.pots.public, levels: [{ uptoFen: 5, approvals: 1 }] } },
  };
  expect((await bed.call('PUT', '/api/v1/money/rules', { as: 'root', body: bad })).status).toBe(400);
});

it('the need says that it does not know when no plan is on record', async () => {
  const { body } = await get('estimate');
  expect(body.prices.every((price: { isProvisional: boolean }) => price.isProvisional)).toBe(true);
  if (!body.hasPlan) expect([body.needFen, body.uses]).toEqual([0, []]);
});
