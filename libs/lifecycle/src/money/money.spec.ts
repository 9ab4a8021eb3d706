import fc from 'fast-check';
import { DEFAULT_MONEY_RULES } from './default-rules';
import { FEN_MAX, fenOf, shareOut, sumFen, yuan } from './fen';
import {
  book,
  checkBooking,
  freeFen,
  heldFen,
  incomeLines,
  reversalLines,
  type AccountState,
  type BookingLine,
  type Pot,
} from './ledger';
import { approvalsFor, faultsOfRules } from './rules';
import { decide, moveTo, paymentLines, checkWish, type SpendingRequest, type SpendingWish } from './spending';
import { checkVote, type OwnersVote } from './vote';

const RULES = { ...DEFAULT_MONEY_RULES, version: 1 };
const account = (id: string, pot: Pot, kind: AccountState['kind'], heldFenNow = 0): AccountState => ({
  id,
  pot,
  kind,
  balanceFen: kind === 'bank' ? heldFenNow : 0 - heldFenNow,
  reservedFen: 0,
});
const ACCOUNTS: readonly AccountState[] = [
  account('bank-p', 'public', 'bank'),
  account('city', 'public', 'holder'),
  account('city-2', 'public', 'holder'),
  account('bank-i', 'individual', 'bank'),
  account('home-1', 'individual', 'holder'),
  account('home-2', 'individual', 'holder'),
];
const mapOf = (accounts: readonly AccountState[]): ReadonlyMap<string, AccountState> =>
  new Map(accounts.map(each => [each.id, each]));
const codeOf = (result: { ok: boolean; error?: { spec: { code: string } } }): string =>
  result.ok ? 'ok' : result.error!.spec.code;

describe('amounts', () => {
  it.each([
    ['1,234.56', 123_456],
    ['-3', -300],
    ['¥8.05', 805],
    ['+12.5', 1_250],
    ['0', 0],
    ['-0', 0],
    ['1.234', null],
    ['1,23', null],
    ['', null],
    ['1e3', null],
    ['99999999999999999', null],
  ])('reads %s', (text, fen) => expect(fenOf(text)).toBe(fen));

  it('writes what it reads', () => {
    fc.assert(
      fc.property(fc.integer({ min: -FEN_MAX, max: FEN_MAX }), fen => {
        expect(fenOf(yuan(fen))).toBe(fen);
      }),
    );
  });

  it('refuses sums that cannot be counted exactly', () => {
    expect(codeOf(sumFen([FEN_MAX, 1]))).toBe('MON-001');
    expect(codeOf(sumFen([0.5]))).toBe('MON-001');
    expect(sumFen([FEN_MAX, 1, -1])).toEqual({ ok: true, value: FEN_MAX });
  });

  it('parts an amount without losing a fen, and nobody is more than a fen off the exact share', () => {
    const weights = fc
      .array(fc.nat(100_000), { minLength: 1, maxLength: 30 })
      .filter(all => all.some(each => each > 0));
    fc.assert(
      fc.property(fc.nat(FEN_MAX), weights, (amount, all) => {
        const shares = shareOut(amount, all);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(amount);
        const sum = BigInt(all.reduce((a, b) => a + b, 0));
        shares.forEach((share, i) => {
          const off = BigInt(share) * sum - BigInt(amount) * BigInt(all[i]!);
          expect(off < sum && off > -sum).toBe(true);
        });
      }),
    );
  });
});

describe('bookings', () => {
  const line = (accountId: string, amountFen: number): BookingLine => ({
    accountId,
    amountFen,
    buildingId: null,
  });
  it.each<[string, Pot, BookingLine[], string]>([
    ['income', 'public', [line('bank-p', 100), line('city', -100)], 'ok'],
    ['debit and credit differ', 'public', [line('bank-p', 100), line('city', -99)], 'MON-002'],
    ['one line', 'public', [line('bank-p', 0)], 'MON-001'],
    ['no line', 'public', [], 'MON-002'],
    ['public money into a home’s account', 'public', [line('bank-p', 100), line('home-1', -100)], 'MON-003'],
    ['owners’ money from the public bank', 'individual', [line('home-1', 5), line('bank-p', -5)], 'MON-003'],
    ['an account that does not exist', 'public', [line('bank-p', 5), line('nobody', -5)], 'MON-004'],
    ['half a fen', 'public', [line('bank-p', 0.5), line('city', -0.5)], 'MON-001'],
    ['more than there is', 'public', [line('bank-p', -5), line('city', 5)], 'MON-005'],
  ])('%s', (_name, pot, lines, code) => expect(codeOf(book({ pot, lines }, mapOf(ACCOUNTS)))).toBe(code));

  it('what is promised is not free', () => {
    const city = { ...account('city', 'public', 'holder', 100), reservedFen: 60 };
    const accounts = mapOf([account('bank-p', 'public', 'bank', 100), city]);
    expect(freeFen(city)).toBe(40);
    expect(codeOf(book({ pot: 'public', lines: [line('city', 41), line('bank-p', -41)] }, accounts))).toBe(
      'MON-005',
    );
    expect(codeOf(book({ pot: 'public', lines: [line('city', 40), line('bank-p', -40)] }, accounts))).toBe(
      'ok',
    );
  });

  it('any sequence of bookings keeps debit and credit equal in each pot, nothing below zero, and the pots apart', () => {
    const ids = ACCOUNTS.map(each => each.id);
    const anyLine = fc.record({
      accountId: fc.constantFrom(...ids),
      amountFen: fc.integer({ min: -1_000, max: 1_000 }),
      buildingId: fc.constant(null),
    });
    const income = fc
      .tuple(
        fc.constantFrom<[string, string]>(['bank-p', 'city'], ['bank-i', 'home-1'], ['bank-i', 'home-2']),
        fc.integer({ min: 1, max: 5_000 }),
      )
      .map(([[bank, holder], amountFen]) => incomeLines(bank, [{ accountId: holder, amountFen }]));
    const closed = fc
      .tuple(fc.constantFrom(...ids), fc.constantFrom(...ids), fc.integer({ min: 1, max: 2_000 }))
      .map(([from, to, amount]) => [line(from, amount), line(to, -amount)]);
    const lines = fc.oneof(income, income, closed, fc.array(anyLine, { maxLength: 4 }));
    const step = fc.record({ pot: fc.constantFrom<Pot>('public', 'individual'), lines });
    let taken = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), steps => {
        let accounts = mapOf(ACCOUNTS);
        const booked: { pot: Pot; lines: readonly BookingLine[] }[] = [];
        for (const each of steps) {
          const result = book(each, accounts);
          if (!result.ok) continue;
          taken += 1;
          accounts = new Map([...accounts, ...result.value]);
          booked.push(each);
        }
        for (const pot of ['public', 'individual'] as const) {
          const own = [...accounts.values()].filter(each => each.pot === pot);
          expect(own.reduce((sum, each) => sum + each.balanceFen, 0)).toBe(0);
        }
        for (const each of accounts.values()) expect(heldFen(each)).toBeGreaterThanOrEqual(0);
        for (const { pot, lines: all } of booked) {
          for (const { accountId } of all) expect(accounts.get(accountId)!.pot).toBe(pot);
        }
      }),
    );
    expect(taken).toBeGreaterThan(200);
  });

  it('a booking and its reversal leave everything as it was; neither is reversed again', () => {
    const lines = incomeLines('bank-p', [{ accountId: 'city', amountFen: 700 }]);
    const first = book({ pot: 'public', lines }, mapOf(ACCOUNTS));
    const back = reversalLines({ id: 'b1', kind: 'income', lines }, null);
    expect(first.ok && back.ok).toBe(true);
    if (!first.ok || !back.ok) return;
    const after = book({ pot: 'public', lines: back.value }, new Map([...mapOf(ACCOUNTS), ...first.value]));
    expect(after.ok && [...after.value.values()].map(each => each.balanceFen)).toEqual([0, 0]);
    expect(codeOf(reversalLines({ id: 'b1', kind: 'income', lines }, 'b2'))).toBe('MON-013');
    expect(codeOf(reversalLines({ id: 'b2', kind: 'reversal', lines }, null))).toBe('MON-014');
  });

  it('the same account twice in one booking counts together', () => {
    const accounts = mapOf([
      account('bank-p', 'public', 'bank', 10),
      account('city', 'public', 'holder', 10),
    ]);
    const lines = [line('city', 6), line('city', 6), line('bank-p', -12)];
    expect(codeOf(book({ pot: 'public', lines }, accounts))).toBe('MON-005');
    expect(checkBooking({ pot: 'public', lines }, accounts).ok).toBe(true);
  });
});

const WISH: SpendingWish = {
  pot: 'public',
  use: 'checkup',
  amountFen: 6_000_000,
  payee: '某检测公司',
  reason: '首轮体检',
  holders: [{ accountId: 'city', amountFen: 6_000_000 }],
  buildings: [
    { buildingId: 'b1', amountFen: 2_000_000 },
    { buildingId: 'b2', amountFen: 4_000_000 },
  ],
  vote: null,
  isEmergency: false,
};
const VOTE: OwnersVote = {
  areaAll: 300,
  areaTakePart: 200,
  areaAgree: 101,
  ownersAll: 30,
  ownersTakePart: 20,
  ownersAgree: 11,
};
const HOME: SpendingWish = {
  ...WISH,
  pot: 'individual',
  use: 'commonRepair',
  holders: [{ accountId: 'home-1', amountFen: 6_000_000 }],
  vote: VOTE,
};
const asked = (over: Partial<SpendingRequest> = {}): SpendingRequest => ({
  ...WISH,
  id: 'r1',
  state: 'asked',
  askedBy: 'anna',
  askedAt: 0,
  rulesVersion: 1,
  approvalsNeeded: 2,
  decisions: [],
  ...over,
});

describe('spending', () => {
  it.each<[string, SpendingWish, string]>([
    ['a permitted use', WISH, 'ok'],
    ['public money on common parts of a house', { ...WISH, use: 'commonRepair' }, 'MON-007'],
    ['owners’ money on insurance', { ...HOME, use: 'insurance' }, 'MON-007'],
    ['parts that do not add up', { ...WISH, buildings: [{ buildingId: 'b1', amountFen: 1 }] }, 'MON-015'],
    ['holders that do not add up', { ...WISH, holders: [] }, 'MON-015'],
    ['nothing', { ...WISH, amountFen: 0 }, 'MON-001'],
    ['for no building in particular', { ...WISH, buildings: [] }, 'ok'],
    ['owners’ money by a vote', HOME, 'ok'],
    ['owners’ money without a vote', { ...HOME, vote: null }, 'MON-011'],
    ['owners’ money in an emergency', { ...HOME, vote: null, isEmergency: true }, 'ok'],
  ])('%s', (_name, wish, code) => expect(codeOf(checkWish(RULES, wish))).toBe(code));

  it.each<[string, Partial<OwnersVote>, string]>([
    ['just two thirds and just over a half', {}, 'ok'],
    ['one under two thirds by area', { areaTakePart: 199, areaAgree: 199 }, 'MON-012'],
    ['one under two thirds by head', { ownersTakePart: 19, ownersAgree: 19 }, 'MON-012'],
    ['just a half by area', { areaAgree: 100 }, 'MON-012'],
    ['just a half by head', { ownersAgree: 10 }, 'MON-012'],
    ['more than there are', { areaTakePart: 301 }, 'MON-012'],
    ['nobody', { areaAll: 0, areaTakePart: 0, areaAgree: 0 }, 'MON-012'],
  ])('a vote: %s', (_name, over, code) => {
    expect(codeOf(checkVote(RULES.pots.individual.vote!, { ...VOTE, ...over }, false))).toBe(code);
  });

  it.each([
    [1, 1],
    [5_000_000, 1],
    [5_000_001, 2],
    [100_000_000, 2],
    [100_000_001, 3],
  ])('%s fen need %s approvals', (amount, count) =>
    expect(approvalsFor(RULES, 'public', amount)).toBe(count),
  );

  const by = (who: string, verdict: 'approve' | 'decline' = 'approve') => ({
    by: who,
    at: 1,
    verdict,
    note: '',
  });
  it('who asked does not decide, nobody twice, and it takes as many as the level says', () => {
    expect(codeOf(decide(asked(), by('anna')))).toBe('MON-008');
    const once = decide(asked(), by('ben'));
    expect(once.ok && once.value.state).toBe('asked');
    if (!once.ok) return;
    expect(codeOf(decide(once.value, by('ben')))).toBe('MON-009');
    const twice = decide(once.value, by('cleo'));
    expect(twice.ok && twice.value.state).toBe('approved');
    expect(twice.ok && codeOf(decide(twice.value, by('dora')))).toBe('MON-010');
    const declined = decide(once.value, by('cleo', 'decline'));
    expect(declined.ok && declined.value.state).toBe('declined');
  });

  it.each<[SpendingRequest['state'], 'withdrawn' | 'paid', string]>([
    ['asked', 'paid', 'MON-010'],
    ['asked', 'withdrawn', 'ok'],
    ['approved', 'paid', 'ok'],
    ['declined', 'paid', 'MON-010'],
    ['paid', 'withdrawn', 'MON-010'],
    ['paid', 'paid', 'MON-010'],
  ])('%s to %s', (state, to, code) => expect(codeOf(moveTo(asked({ state }), to))).toBe(code));

  it('pays what was approved at most; less is parted alike, and the lines balance', () => {
    expect(codeOf(paymentLines(asked(), 'bank-p', 6_000_001))).toBe('MON-016');
    const lines = paymentLines(asked(), 'bank-p', 3_000_001);
    expect(lines.ok && lines.value).toEqual([
      { accountId: 'city', amountFen: 3_000_001, buildingId: null },
      { accountId: 'bank-p', amountFen: -1_000_000, buildingId: 'b1' },
      { accountId: 'bank-p', amountFen: -2_000_001, buildingId: 'b2' },
    ]);
  });
});

it('the default rules have no fault, and faults are named', () => {
  expect(faultsOfRules(DEFAULT_MONEY_RULES)).toEqual([]);
  const { pots } = DEFAULT_MONEY_RULES;
  const levels = [
    { uptoFen: 5, approvals: 1 },
    { uptoFen: 5, approvals: 2 },
  ];
  const bad = {
    pots: { ...pots, public: { ...pots.public, levels, uses: [...pots.public.uses, pots.public.uses[0]!] } },
  };
  expect(faultsOfRules(bad)).toEqual([
    'public: the last level, and it alone, has no end',
    'public: the levels ascend',
    'public: checkup stands twice',
  ]);
});
