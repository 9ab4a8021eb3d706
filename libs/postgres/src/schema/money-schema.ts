import { bigint, doublePrecision, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AccountKind, BookingKind, MoneyRules, Pot, SpendingState } from '@anmai/lifecycle';
import type { RequestBody } from '../repositories/money-rows';
import { instant } from './columns';

const fen = (name: string) => bigint(name, { mode: 'number' });

export const moneyRulesTable = pgTable('money_rules', {
  version: integer('version').primaryKey(),
  body: jsonb('body').$type<MoneyRules>().notNull(),
  actor: text('actor').notNull(),
  at: instant('at').notNull(),
});

export const moneyAccountTable = pgTable('money_account', {
  id: text('id').primaryKey(),
  pot: text('pot').$type<Pot>().notNull(),
  kind: text('kind').$type<AccountKind>().notNull(),
  orgId: text('org_id').notNull(),
  name: text('name').notNull(),
  buildingId: text('building_id'),
  household: text('household'),
  balanceFen: fen('balance_fen').notNull().default(0),
  reservedFen: fen('reserved_fen').notNull().default(0),
  openedAt: instant('opened_at').notNull(),
});

export const moneyRequestTable = pgTable('money_request', {
  id: text('id').primaryKey(),
  pot: text('pot').$type<Pot>().notNull(),
  orgId: text('org_id').notNull(),
  use: text('use').notNull(),
  amountFen: fen('amount_fen').notNull(),
  state: text('state').$type<SpendingState>().notNull(),
  askedBy: text('asked_by').notNull(),
  askedAt: instant('asked_at').notNull(),
  rulesVersion: integer('rules_version').notNull(),
  approvalsNeeded: integer('approvals_needed').notNull(),
  body: jsonb('body').$type<RequestBody>().notNull(),
});

export const moneyDecisionTable = pgTable(
  'money_decision',
  {
    requestId: text('request_id').notNull(),
    actor: text('actor').notNull(),
    at: instant('at').notNull(),
    verdict: text('verdict').$type<'approve' | 'decline'>().notNull(),
    note: text('note').notNull(),
  },
  table => [primaryKey({ columns: [table.requestId, table.actor] })],
);

export const moneyBookingTable = pgTable('money_booking', {
  id: text('id').primaryKey(),
  seq: fen('seq').notNull().generatedAlwaysAsIdentity(),
  pot: text('pot').$type<Pot>().notNull(),
  orgId: text('org_id').notNull(),
  kind: text('kind').$type<BookingKind>().notNull(),
  code: text('code').notNull(),
  at: instant('at').notNull(),
  writtenAt: instant('written_at').notNull(),
  actor: text('actor').notNull(),
  text: text('text').notNull(),
  requestId: text('request_id'),
  reverses: text('reverses'),
});

export const moneyLineTable = pgTable(
  'money_line',
  {
    bookingId: text('booking_id').notNull(),
    n: integer('n').notNull(),
    accountId: text('account_id').notNull(),
    pot: text('pot').$type<Pot>().notNull(),
    amountFen: fen('amount_fen').notNull(),
    buildingId: text('building_id'),
  },
  table => [primaryKey({ columns: [table.bookingId, table.n] })],
);

export const moneyStatementTable = pgTable('money_statement', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  openingFen: fen('opening_fen').notNull(),
  closingFen: fen('closing_fen').notNull(),
  actor: text('actor').notNull(),
  at: instant('at').notNull(),
});

export const moneyStatementLineTable = pgTable(
  'money_statement_line',
  {
    statementId: text('statement_id').notNull(),
    n: integer('n').notNull(),
    at: instant('at').notNull(),
    amountFen: fen('amount_fen').notNull(),
    text: text('text').notNull(),
    reference: text('reference').notNull(),
    bookingId: text('booking_id'),
    matchedBy: text('matched_by'),
  },
  table => [primaryKey({ columns: [table.statementId, table.n] })],
);

export const cityIndicatorTable = pgTable(
  'city_indicator',
  {
    month: text('month').notNull(),
    district: text('district').notNull(),
    key: text('key').notNull(),
    numerator: fen('numerator').notNull(),
    denominator: fen('denominator').notNull(),
    at: instant('at').notNull(),
  },
  table => [primaryKey({ columns: [table.month, table.district, table.key] })],
);

export const insuranceCoverTable = pgTable(
  'insurance_cover',
  {
    policyId: text('policy_id').notNull(),
    buildingId: text('building_id').notNull(),
    areaM2: doublePrecision('area_m2'),
  },
  table => [primaryKey({ columns: [table.policyId, table.buildingId] })],
);
