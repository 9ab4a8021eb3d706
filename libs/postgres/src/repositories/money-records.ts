import { AppError, type Millis } from '@anmai/kernel';
import {
  checkSource,
  checkWish,
  DEFAULT_MONEY_RULES,
  decide,
  freeFen,
  incomeLines,
  MONEY_ERRORS,
  moveTo,
  paymentLines,
  reversalLines,
  yuan,
  type Booking,
  type BuildingCost,
  type MoneyRules,
  type RulesInForce,
  type SpendingWish,
} from '@anmai/lifecycle';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type * as M from '../money-records';
import type { Author, RecordPage, Within } from '../record-shapes';
import { readCosts, readTotals } from './money-figures';
import { selectAccounts, selectBookings, selectRequests, type RequestBody } from './money-rows';
import { accountsById, reserve, writeBooking } from './money-writes';
import { instantCursor, pageLimit, pageOf, parseInstantCursor } from './paging';
import { checkReference } from './references';
import { taken } from './refused';
import { checkVersion } from './registered';
import { StatementRecords } from './statement-records';
import { appendAudit } from './trail';

const instantOrNull = (at: Millis | undefined): string | null => (at === undefined ? null : toSqlInstant(at));

export class MoneyRecords implements M.Money {
  private readonly statements: StatementRecords;

  constructor(private readonly database: Database) {
    this.statements = new StatementRecords(database);
  }

  rules(): Promise<RulesInForce> {
    return this.database.read(session => rulesInForce(session));
  }

  setRules(rules: MoneyRules, expectedVersion: number | null, by: Author): Promise<RulesInForce> {
    return this.database.write(async session => {
      const before = await rulesInForce(session);
      checkVersion('moneyRules', 'money-rules', before.version, expectedVersion);
      const version = before.version + 1;
      await session.query(
        'insert into money_rules (version, body, actor, at) values ($1, $2::jsonb, $3, $4)',
        [version, JSON.stringify(rules), by.actor, toSqlInstant(this.database.clock.now())],
      );
      await this.note(session, by, 'moneyRules.changed', 'moneyRules', { before, after: rules });
      return { ...rules, version };
    });
  }

  async accounts(query: M.AccountQuery, within: Within): Promise<RecordPage<M.MoneyAccount>> {
    const limit = pageLimit(query);
    const rows = await this.database.read(session =>
      selectAccounts(
        session,
        within,
        `id > $2 and ($3::text is null or pot = $3) and ($4::text is null or kind = $4)
           and ($5::text is null or building_id = $5) order by id limit $6`,
        [query.cursor ?? '', query.pot ?? null, query.kind ?? null, query.buildingId ?? null, limit + 1],
      ),
    );
    return pageOf(rows, limit, last => last.id);
  }

  async account(id: string, within: Within): Promise<M.MoneyAccount | null> {
    const [found] = await this.database.read(session => selectAccounts(session, within, 'id = $2', [id]));
    return found ?? null;
  }

  openAccount(account: M.NewAccount, by: Author): Promise<M.MoneyAccount> {
    return this.database.write(async session => {
      await checkReference(session, 'org', account.orgId, by.within);
      await checkReference(session, 'asset', account.buildingId, by.within);
      await session.query(
        `insert into money_account (id, pot, kind, org_id, name, building_id, household, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          ...[account.id, account.pot, account.kind, account.orgId, account.name],
          ...[account.buildingId, account.household, toSqlInstant(this.database.clock.now())],
        ],
      );
      await this.note(session, by, 'moneyAccount.opened', `moneyAccount/${account.id}`, { after: account });
      const [made] = await selectAccounts(session, null, 'id = $2', [account.id]);
      return made!;
    });
  }

  async bookings(query: M.BookingQuery, within: Within): Promise<RecordPage<M.BookingRecord>> {
    const limit = pageLimit(query);
    const after = query.cursor ? parseInstantCursor(query.cursor) : null;
    const rows = await this.database.read(session =>
      selectBookings(
        session,
        within,
        `($2::text is null or b.pot = $2) and ($3::timestamptz is null or b.at >= $3) and ($4::timestamptz is null or b.at < $4)
           and ($5::text is null or exists (select 1 from money_line x where x.booking_id = b.id and x.account_id = $5))
           and ($6::text is null or exists (select 1 from money_line x where x.booking_id = b.id and x.building_id = $6))
           and ($7::timestamptz is null or (b.at, b.id) < ($7, $8))
         order by b.at desc, b.id desc limit $9`,
        [
          ...[query.pot ?? null, instantOrNull(query.from), instantOrNull(query.to)],
          ...[query.accountId ?? null, query.buildingId ?? null],
          ...[after === null ? null : toSqlInstant(after.at), after?.id ?? null, limit + 1],
        ],
      ),
    );
    return pageOf(rows, limit, last => instantCursor(last.at, last.id));
  }

  async booking(id: string, within: Within): Promise<M.BookingRecord | null> {
    const [found] = await this.database.read(session => selectBookings(session, within, 'b.id = $2', [id]));
    return found ?? null;
  }

  income(income: M.NewIncome, by: Author): Promise<M.BookingRecord> {
    return this.database.write(async session => {
      taken(checkSource(await rulesInForce(session), income.pot, income.source));
      const { id, pot, at, text } = income;
      return this.keep(session, by, {
        ...{
          id,
          pot,
          at,
          text,
          kind: 'income',
          code: income.source,
          actor: by.actor,
          requestId: null,
          reverses: null,
        },
        lines: incomeLines(income.bankId, income.holders),
      });
    });
  }

  reverse(
    id: string,
    reversal: { readonly id: string; readonly at: Millis; readonly text: string },
    by: Author,
  ): Promise<M.BookingRecord> {
    return this.database.write(async session => {
      const [booking] = await selectBookings(session, by.within, 'b.id = $2', [id]);
      if (booking === undefined) throw new AppError(E.notFound, { what: 'booking', id });
      const lines = taken(reversalLines(booking, booking.reversedBy));
      const { pot, code } = booking;
      return this.keep(session, by, {
        ...{
          ...reversal,
          pot,
          code,
          kind: 'reversal',
          actor: by.actor,
          requestId: null,
          reverses: id,
          lines,
        },
      });
    });
  }

  async requests(query: M.RequestQuery, within: Within): Promise<RecordPage<M.RequestRecord>> {
    const limit = pageLimit(query);
    const after = query.cursor ? parseInstantCursor(query.cursor) : null;
    const rows = await this.database.read(session =>
      selectRequests(
        session,
        within,
        `($2::text is null or q.pot = $2) and ($3::text is null or q.state = $3)
           and ($4::timestamptz is null or (q.asked_at, q.id) < ($4, $5)) order by q.asked_at desc, q.id desc limit $6`,
        [
          ...[query.pot ?? null, query.state ?? null],
          ...[after === null ? null : toSqlInstant(after.at), after?.id ?? null, limit + 1],
        ],
      ),
    );
    return pageOf(rows, limit, last => instantCursor(last.askedAt, last.id));
  }

  async request(id: string, within: Within): Promise<M.RequestRecord | null> {
    const [found] = await this.database.read(session => selectRequests(session, within, 'q.id = $2', [id]));
    return found ?? null;
  }

  ask(id: string, wish: SpendingWish, by: Author): Promise<M.RequestRecord> {
    return this.database.write(async session => {
      const rules = await rulesInForce(session);
      const { approvalsNeeded } = taken(checkWish(rules, wish));
      const accounts = await accountsById(
        session,
        wish.holders.map(part => part.accountId),
        by.within,
      );
      for (const { accountId } of wish.holders) checkHolder(accounts.get(accountId), accountId, wish);
      for (const part of wish.buildings) await checkReference(session, 'asset', part.buildingId, by.within);
      const { pot, use, amountFen, ...body } = wish;
      const orgId = accounts.get(wish.holders[0]!.accountId)!.orgId;
      await session.query(
        `insert into money_request (id, pot, org_id, use, amount_fen, state, asked_by, asked_at, rules_version,
           approvals_needed, body) values ($1, $2, $3, $4, $5, 'asked', $6, $7, $8, $9, $10::jsonb)`,
        [
          ...[id, pot, orgId, use, amountFen, by.actor, toSqlInstant(this.database.clock.now())],
          ...[rules.version, approvalsNeeded, JSON.stringify(body satisfies RequestBody)],
        ],
      );
      await this.note(session, by, 'moneyRequest.asked', `moneyRequest/${id}`, { after: wish });
      return (await selectRequests(session, null, 'q.id = $2', [id]))[0]!;
    });
  }

  decide(id: string, verdict: 'approve' | 'decline', note: string, by: Author): Promise<M.RequestRecord> {
    return this.change(id, by, verdict === 'approve' ? 'approved' : 'declined', async (session, request) => {
      const at = this.database.clock.now();
      const after = taken(decide(request, { by: by.actor, at, verdict, note }));
      if (after.state === 'approved') {
        const accounts = await accountsById(
          session,
          request.holders.map(part => part.accountId),
          null,
        );
        for (const { accountId, amountFen } of request.holders)
          checkFree(accounts.get(accountId)!, amountFen);
        await reserve(session, request.holders, 1);
      }
      await session.query(
        'insert into money_decision (request_id, actor, at, verdict, note) values ($1, $2, $3, $4, $5)',
        [id, by.actor, toSqlInstant(at), verdict, note],
      );
      return after.state;
    });
  }

  withdraw(id: string, by: Author): Promise<M.RequestRecord> {
    return this.change(id, by, 'withdrawn', async (session, request) => {
      const after = taken(moveTo(request, 'withdrawn'));
      if (request.state === 'approved') await reserve(session, request.holders, -1);
      return after.state;
    });
  }

  pay(id: string, payment: M.Payment, by: Author): Promise<M.RequestRecord> {
    return this.change(id, by, 'paid', async (session, request) => {
      const after = taken(moveTo(request, 'paid'));
      const lines = taken(paymentLines(request, payment.bankId, payment.paidFen));
      await reserve(session, request.holders, -1);
      const { pot, use } = request;
      const { bookingId, at, text } = payment;
      await this.keep(session, by, {
        ...{ id: bookingId, pot, kind: 'spending', code: use, at, actor: by.actor, text, requestId: id },
        ...{ reverses: null, lines },
      });
      return after.state;
    });
  }

  costs(
    query: { buildingId?: string | undefined; from?: Millis | undefined; to?: Millis | undefined },
    within: Within,
  ): Promise<readonly BuildingCost[]> {
    return this.database.read(session => readCosts(session, query, within));
  }

  totals(from: Millis, to: Millis, within: Within): Promise<readonly M.PotTotals[]> {
    return this.database.snapshot(session => readTotals(session, from, to, within));
  }

  importStatement: M.Money['importStatement'] = (...args) => this.statements.importOne(...args);
  statement: M.Money['statement'] = (...args) => this.statements.get(...args);
  match: M.Money['match'] = (...args) => this.statements.match(...args);

  private async keep(session: Session, by: Author, booking: Booking): Promise<M.BookingRecord> {
    const accounts = await accountsById(
      session,
      booking.lines.map(line => line.accountId),
      by.within,
    );
    await writeBooking(session, this.database.clock, booking, accounts);
    await this.note(session, by, `moneyBooking.${booking.kind}`, `moneyBooking/${booking.id}`, {
      after: booking,
    });
    return (await selectBookings(session, null, 'b.id = $2', [booking.id]))[0]!;
  }

  /** One step of a request under the lock of all writes; `work` gives the state that it is in afterwards. */
  private change(
    id: string,
    by: Author,
    verb: string,
    work: (session: Session, request: M.RequestRecord) => Promise<string>,
  ): Promise<M.RequestRecord> {
    return this.database.write(async session => {
      const [request] = await selectRequests(session, by.within, 'q.id = $2', [id]);
      if (request === undefined) throw new AppError(E.notFound, { what: 'spending request', id });
      const state = await work(session, request);
      await session.query('update money_request set state = $2 where id = $1', [id, state]);
      await this.note(session, by, `moneyRequest.${verb}`, `moneyRequest/${id}`, { state });
      return (await selectRequests(session, null, 'q.id = $2', [id]))[0]!;
    });
  }

  private async note(
    session: Session,
    by: Author,
    action: string,
    subject: string,
    detail: unknown,
  ): Promise<void> {
    await appendAudit(session, this.database.clock, { actor: by.actor, action, subject, detail });
  }
}

async function rulesInForce({ query }: Session): Promise<RulesInForce> {
  const [row] = await query<{ version: number; body: MoneyRules }>(
    'select version, body from money_rules order by version desc limit 1',
  );
  return row === undefined ? { ...DEFAULT_MONEY_RULES, version: 1 } : { ...row.body, version: row.version };
}

/** A request is paid from holders of its own pot. */
function checkHolder(account: M.MoneyAccount | undefined, id: string, { pot }: SpendingWish): void {
  if (account === undefined || account.kind !== 'holder')
    throw new AppError(MONEY_ERRORS.unknownAccount, { account: id });
  if (account.pot !== pot) throw new AppError(MONEY_ERRORS.mixed, { account: id, pot: account.pot });
}

function checkFree(account: M.MoneyAccount, wantedFen: number): void {
  const free = freeFen(account);
  if (free >= wantedFen) return;
  throw new AppError(MONEY_ERRORS.overdrawn, {
    account: account.id,
    freeYuan: yuan(free),
    wantedYuan: yuan(wantedFen),
  });
}
