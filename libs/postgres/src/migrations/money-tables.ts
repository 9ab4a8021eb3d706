/**
 * Money and insurance of buildings. What must hold whatever program writes is held here too: public and individual
 * money never meet (both foreign keys of a line carry the pot), each booking balances (checked at commit), bookings are
 * never edited, and no account has less than what is promised.
 */
export const MONEY_TABLES = `
create table money_rules (
  version integer primary key check (version > 1),
  body jsonb not null,
  actor text not null,
  at timestamptz not null
);

create table money_account (
  id text collate "C" primary key,
  pot text not null check (pot in ('public', 'individual')),
  kind text not null check (kind in ('bank', 'holder')),
  org_id text collate "C" not null references org (id),
  name text not null,
  building_id text collate "C" references asset (id),
  household text,
  balance_fen bigint not null default 0,
  reserved_fen bigint not null default 0,
  opened_at timestamptz not null,
  unique (id, pot),
  check (case kind when 'bank' then balance_fen >= 0 and reserved_fen = 0
    else balance_fen <= 0 and reserved_fen >= 0 and reserved_fen <= -balance_fen end)
);
create index money_account_org on money_account (org_id, id);
create index money_account_building on money_account (building_id) where building_id is not null;

create table money_request (
  id text collate "C" primary key,
  pot text not null,
  org_id text collate "C" not null references org (id),
  use text not null,
  amount_fen bigint not null check (amount_fen > 0),
  state text not null check (state in ('asked', 'approved', 'declined', 'withdrawn', 'paid')),
  asked_by text not null,
  asked_at timestamptz not null,
  rules_version integer not null,
  approvals_needed integer not null,
  body jsonb not null
);
create index money_request_asked on money_request (asked_at desc, id desc);
create index money_request_org on money_request (org_id);

create table money_decision (
  request_id text collate "C" not null references money_request (id),
  actor text not null,
  at timestamptz not null,
  verdict text not null check (verdict in ('approve', 'decline')),
  note text not null,
  primary key (request_id, actor)
);

create table money_booking (
  id text collate "C" primary key,
  seq bigint generated always as identity unique,
  pot text not null,
  org_id text collate "C" not null references org (id),
  kind text not null check (kind in ('income', 'spending', 'reversal')),
  code text not null,
  at timestamptz not null,
  written_at timestamptz not null,
  actor text not null,
  text text not null,
  request_id text collate "C" references money_request (id),
  reverses text collate "C" unique references money_booking (id),
  unique (id, pot)
);
create index money_booking_at on money_booking (at desc, id desc);
create index money_booking_org on money_booking (org_id, at);

create table money_line (
  booking_id text collate "C" not null,
  n integer not null,
  account_id text collate "C" not null,
  pot text not null,
  amount_fen bigint not null check (amount_fen <> 0),
  building_id text collate "C" references asset (id),
  primary key (booking_id, n),
  foreign key (booking_id, pot) references money_booking (id, pot),
  foreign key (account_id, pot) references money_account (id, pot)
);
create index money_line_account on money_line (account_id);
create index money_line_building on money_line (building_id) where building_id is not null;

create function money_line_balances() returns trigger language plpgsql as $$
begin
  if (select sum(amount_fen) from money_line where booking_id = new.booking_id) <> 0 then
    raise exception 'booking % does not balance', new.booking_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger money_line_balances after insert on money_line
  deferrable initially deferred for each row execute function money_line_balances();

create function money_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'bookings are never edited: reverse them' using errcode = 'restrict_violation';
end $$;
create trigger money_booking_is_kept before update or delete on money_booking
  for each row execute function money_is_kept();
create trigger money_line_is_kept before update or delete on money_line
  for each row execute function money_is_kept();

create table money_statement (
  id text collate "C" primary key,
  account_id text collate "C" not null references money_account (id),
  opening_fen bigint not null,
  closing_fen bigint not null,
  actor text not null,
  at timestamptz not null
);
create index money_statement_account on money_statement (account_id, at desc);

create table money_statement_line (
  statement_id text collate "C" not null references money_statement (id),
  n integer not null,
  at timestamptz not null,
  amount_fen bigint not null,
  text text not null,
  reference text not null,
  booking_id text collate "C" unique references money_booking (id),
  matched_by text,
  primary key (statement_id, n)
);

create table insurance_policy (
  id text collate "C" primary key,
  org_id text collate "C" not null references org (id),
  kind text not null check (kind in ('building', 'newBuild')),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  body jsonb not null,
  version integer not null default 1
);
create index insurance_policy_org on insurance_policy (org_id, id);

create table insurance_cover (
  policy_id text collate "C" not null references insurance_policy (id) on delete cascade,
  building_id text collate "C" not null references asset (id),
  area_m2 double precision,
  primary key (policy_id, building_id)
);
create index insurance_cover_building on insurance_cover (building_id);

create table insurance_patrol (
  id text collate "C" primary key,
  policy_id text collate "C" not null references insurance_policy (id),
  building_id text collate "C" not null references asset (id),
  kind text not null,
  at timestamptz not null,
  done_by text not null,
  findings text not null,
  actor text not null,
  written_at timestamptz not null
);
create index insurance_patrol_policy on insurance_patrol (policy_id, building_id, at);

create table insurance_claim (
  id text collate "C" primary key,
  policy_id text collate "C" not null references insurance_policy (id),
  building_id text collate "C" not null references asset (id),
  trigger text not null,
  state text not null,
  happened_at timestamptz not null,
  reported_at timestamptz not null,
  body jsonb not null,
  version integer not null default 1
);
create index insurance_claim_policy on insurance_claim (policy_id, reported_at desc);
create index insurance_claim_reported on insurance_claim (reported_at desc, id desc);

-- What the indicators of the city were when a month ended: states cannot be asked for afterwards.
create table city_indicator (
  month text not null,
  district text not null,
  key text not null,
  numerator bigint not null,
  denominator bigint not null,
  at timestamptz not null,
  primary key (month, district, key)
);
`;
