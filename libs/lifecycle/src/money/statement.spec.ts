import { DAY_MS, HOUR_MS } from '@anmai/kernel';
import { costsOf } from './costs';
import { estimateNeed, type UnitPrice } from './estimate';
import type { Booking } from './ledger';
import { checkStatement, reconcile, statementLines, type BankMove, type StatementLine } from './reconcile';

const line = (n: number, day: number, amountFen: number, reference = ''): StatementLine => ({
  n,
  at: day * DAY_MS,
  amountFen,
  text: '',
  reference,
});
const move = (bookingId: string, day: number, amountFen: number): BankMove => ({
  bookingId,
  at: day * DAY_MS,
  amountFen,
});

describe('reconciliation', () => {
  it.each<[string, StatementLine[], BankMove[], ReturnType<typeof reconcile>]>([
    [
      'by reference, however late',
      [line(1, 90, 100, 'b1')],
      [move('b1', 1, 100)],
      { matched: [{ n: 1, bookingId: 'b1', by: 'reference' }], onlyBank: [], onlyBooks: [], unclear: [] },
    ],
    [
      'the reference alone is not enough',
      [line(1, 1, 99, 'b1')],
      [move('b1', 1, 100)],
      { matched: [], onlyBank: [1], onlyBooks: ['b1'], unclear: [] },
    ],
    [
      'by amount within five days',
      [line(1, 6, -50), line(2, 7, -70)],
      [move('b1', 1, -50), move('b2', 1, -70)],
      { matched: [{ n: 1, bookingId: 'b1', by: 'amount' }], onlyBank: [2], onlyBooks: ['b2'], unclear: [] },
    ],
    [
      'two bookings that fit one row',
      [line(1, 1, 100)],
      [move('b1', 1, 100), move('b2', 2, 100)],
      { matched: [], onlyBank: [], onlyBooks: ['b1', 'b2'], unclear: [{ n: 1, bookingIds: ['b1', 'b2'] }] },
    ],
    [
      'two rows that fit one booking',
      [line(1, 1, 100), line(2, 2, 100)],
      [move('b1', 1, 100)],
      {
        matched: [],
        onlyBank: [],
        onlyBooks: ['b1'],
        unclear: [
          { n: 1, bookingIds: ['b1'] },
          { n: 2, bookingIds: ['b1'] },
        ],
      },
    ],
  ])('%s', (_name, lines, moves, expected) => expect(reconcile(lines, moves)).toEqual(expected));

  it('a statement that does not add up is refused', () => {
    const lines = [line(1, 1, 100), line(2, 1, -30)];
    expect(checkStatement({ openingFen: 5, closingFen: 75, lines }).ok).toBe(true);
    expect(checkStatement({ openingFen: 5, closingFen: 74, lines })).toMatchObject({
      ok: false,
      error: { spec: { code: 'MON-018' }, details: { sumYuan: '0.75', closingYuan: '0.74' } },
    });
  });

  it('reads the columns of a bank', () => {
    const rows = [
      ['交易日期', '金额', '摘要', '流水号'],
      ['2026年11月2日', '-1,200.50', '体检费', 'b-7'],
      ['20261103', '3', '', ''],
    ];
    const noon = Date.UTC(2026, 10, 2, 4);
    expect(statementLines(rows, 8 * HOUR_MS)).toEqual({
      ok: true,
      value: [
        { n: 1, at: noon, amountFen: -120_050, text: '体检费', reference: 'b-7' },
        { n: 2, at: noon + DAY_MS, amountFen: 300, text: '', reference: '' },
      ],
    });
  });

  it.each([
    ['no columns', [['a', 'b']], 1],
    [
      'a day that does not exist',
      [
        ['date', 'amount'],
        ['2026-02-30', '1'],
      ],
      2,
    ],
    [
      'no amount',
      [
        ['date', 'amount'],
        ['2026-02-03', '1'],
        ['2026-02-03', 'x'],
      ],
      3,
    ],
  ])('names the row: %s', (_name, rows, row) => {
    expect(statementLines(rows, 0)).toMatchObject({
      ok: false,
      error: { spec: { code: 'MON-017' }, details: { row } },
    });
  });
});

it('the need counts what is unknown and never takes it as free', () => {
  const source = { kind: 'provisional', why: '建议值' } as const;
  const prices: UnitPrice[] = [{ use: 'checkup', perM2Fen: 350, minimumFen: 300_000, source }];
  const plan = [
    { buildingId: 'b1', use: 'checkup', dueAt: 10, areaM2: 1_000.5 },
    { buildingId: 'b2', use: 'checkup', dueAt: 10, areaM2: 100 },
    { buildingId: 'b3', use: 'checkup', dueAt: 10, areaM2: null },
    { buildingId: 'b4', use: 'insurance', dueAt: 10, areaM2: 5 },
    { buildingId: 'b5', use: 'checkup', dueAt: 20, areaM2: 9_999 },
  ];
  expect(estimateNeed(plan, prices, { from: 0, to: 20 }, 500_000)).toEqual({
    uses: [
      { use: 'checkup', buildings: 3, needFen: 650_175, unknown: 1 },
      { use: 'insurance', buildings: 1, needFen: 0, unknown: 1 },
    ],
    needFen: 650_175,
    unknown: 2,
    freeFen: 500_000,
    gapFen: 150_175,
  });
});

it('costs of buildings: by use, without what was reversed', () => {
  const booking = (id: string, kind: Booking['kind'], sign: 1 | -1, code = 'checkup'): Booking => ({
    ...{ id, kind, code, pot: 'public', at: 0, actor: 'a', text: '', requestId: null, reverses: null },
    lines: [
      { accountId: 'city', amountFen: sign * 300, buildingId: null },
      { accountId: 'bank', amountFen: sign * -100, buildingId: 'b1' },
      { accountId: 'bank', amountFen: sign * -200, buildingId: 'b2' },
    ],
  });
  const all = [
    booking('1', 'spending', 1),
    booking('2', 'spending', 1, 'insurance'),
    booking('3', 'reversal', -1, 'insurance'),
  ];
  expect(costsOf(all)).toEqual([
    { buildingId: 'b1', use: 'checkup', spentFen: 100 },
    { buildingId: 'b2', use: 'checkup', spentFen: 200 },
  ]);
});
