import { AppError, DAY_MS, type Millis } from '@anmai/kernel';
import {
  checkStatement,
  MATCH_DAYS_DEFAULT,
  reconcile,
  type BankMove,
  type Statement,
} from '@anmai/lifecycle';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type { StatementRecord, StatementRow } from '../money-records';
import type { Author, Within } from '../record-shapes';
import { orgWithin, selectAccounts } from './money-rows';
import { taken } from './refused';
import { appendAudit } from './trail';

/** What banks say, set against the books. */
export class StatementRecords {
  constructor(private readonly database: Database) {}

  async importOne(id: string, accountId: string, statement: Statement, by: Author): Promise<StatementRecord> {
    taken(checkStatement(statement));
    return this.database.write(async session => {
      const [account] = await selectAccounts(session, by.within, `id = $2 and kind = 'bank'`, [accountId]);
      if (account === undefined) throw new AppError(E.notFound, { what: 'bank account', id: accountId });
      await session.query(
        `insert into money_statement (id, account_id, opening_fen, closing_fen, actor, at) values ($1, $2, $3, $4, $5, $6)`,
        [
          ...[id, accountId, statement.openingFen, statement.closingFen, by.actor],
          toSqlInstant(this.database.clock.now()),
        ],
      );
      const found = reconcile(statement.lines, await openMoves(session, accountId, statement.lines));
      const byLine = new Map(found.matched.map(match => [match.n, match]));
      const rows = statement.lines.map(line => ({
        ...line,
        at: toSqlInstant(line.at),
        bookingId: byLine.get(line.n)?.bookingId ?? null,
        matchedBy: byLine.get(line.n)?.by ?? null,
      }));
      await session.query(
        `insert into money_statement_line (statement_id, n, at, amount_fen, text, reference, booking_id, matched_by)
         select $1, x.n, x.at, x."amountFen", x.text, x.reference, x."bookingId", x."matchedBy"
         from jsonb_to_recordset($2::jsonb) as x (n int, at timestamptz, "amountFen" bigint, text text, reference text,
           "bookingId" text, "matchedBy" text)`,
        [id, JSON.stringify(rows)],
      );
      await this.note(session, by, 'imported', id, {
        accountId,
        rows: rows.length,
        matched: found.matched.length,
      });
      return (await this.read(session, id, null))!;
    });
  }

  get(id: string, within: Within): Promise<StatementRecord | null> {
    return this.database.snapshot(session => this.read(session, id, within));
  }

  match(statementId: string, n: number, bookingId: string | null, by: Author): Promise<StatementRecord> {
    return this.database.write(async session => {
      const before = await this.read(session, statementId, by.within);
      if (before?.lines.some(line => line.n === n) !== true) {
        throw new AppError(E.notFound, { what: 'row of a statement', id: `${statementId}/${n}` });
      }
      if (bookingId !== null) await checkMove(session, before.accountId, bookingId);
      await session.query(
        'update money_statement_line set booking_id = $3, matched_by = $4 where statement_id = $1 and n = $2',
        [statementId, n, bookingId, bookingId === null ? null : by.actor],
      );
      await this.note(session, by, 'matched', statementId, { n, bookingId });
      return (await this.read(session, statementId, null))!;
    });
  }

  private async read(session: Session, id: string, within: Within): Promise<StatementRecord | null> {
    const [head] = await session.query<{
      account_id: string;
      opening_fen: number;
      closing_fen: number;
      actor: string;
      at: Millis;
    }>(
      `select s.* from money_statement s join money_account a on a.id = s.account_id
       where ${orgWithin('a.org_id', 1)} and s.id = $2`,
      [within, id],
    );
    if (head === undefined) return null;
    const lines = await session.query<StatementRow>(
      `select n, at, amount_fen as "amountFen", text, reference, booking_id as "bookingId", matched_by as "matchedBy"
       from money_statement_line where statement_id = $1 order by n`,
      [id],
    );
    const open = lines.filter(line => line.bookingId === null);
    const rest = reconcile(open, await openMoves(session, head.account_id, lines));
    // What would match now by itself (a booking written since) is proposed, never done in silence.
    const proposed = rest.matched.map(match => ({ n: match.n, bookingIds: [match.bookingId] }));
    return {
      id,
      accountId: head.account_id,
      openingFen: head.opening_fen,
      closingFen: head.closing_fen,
      actor: head.actor,
      at: head.at,
      lines,
      unclear: [...rest.unclear, ...proposed],
      onlyBooks: rest.onlyBooks,
    };
  }

  private async note(session: Session, by: Author, verb: string, id: string, detail: unknown): Promise<void> {
    const entry = { action: `moneyStatement.${verb}`, subject: `moneyStatement/${id}`, detail };
    await appendAudit(session, this.database.clock, { actor: by.actor, ...entry });
  }
}

/** Bookings on the account around the days of these rows that no row of any statement has yet. */
async function openMoves(
  { query }: Session,
  accountId: string,
  lines: readonly { readonly at: Millis }[],
): Promise<BankMove[]> {
  if (lines.length === 0) return [];
  const times = lines.map(line => line.at);
  const [first, last] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  return query<BankMove>(
    `select b.id as "bookingId", b.at, sum(l.amount_fen)::bigint as "amountFen"
     from money_booking b join money_line l on l.booking_id = b.id
     where l.account_id = $1 and b.at between $2 and $3
       and not exists (select 1 from money_statement_line s where s.booking_id = b.id)
     group by b.id order by b.at, b.id`,
    [
      accountId,
      toSqlInstant(first - MATCH_DAYS_DEFAULT * DAY_MS),
      toSqlInstant(last + MATCH_DAYS_DEFAULT * DAY_MS),
    ],
  );
}

async function checkMove({ query }: Session, accountId: string, bookingId: string): Promise<void> {
  const found = await query('select 1 from money_line where account_id = $1 and booking_id = $2 limit 1', [
    accountId,
    bookingId,
  ]);
  if (found.length === 0)
    throw new AppError(E.unknownReference, { what: 'booking on this account', id: bookingId });
}
