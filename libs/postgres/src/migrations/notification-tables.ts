/** Who is told of alarms, what is on its way to them, and which changes nobody was told of yet. */
export const NOTIFICATION_TABLES = `
-- One message to one person on one channel. What decides about order and leases stands in columns of its own.
create table notification (
  key text collate "C" primary key,
  seq bigint generated always as identity,
  subject_id text collate "C" not null,
  kind text not null,
  severity smallint not null,
  recipient_id text collate "C" not null,
  channel text collate "C" not null,
  address text not null,
  language text not null,
  held text,
  not_before timestamptz not null,
  notice jsonb not null,
  state text not null,
  attempts integer not null,
  parcel_id text collate "C",
  added_at timestamptz not null,
  next_attempt_at timestamptz not null,
  sent_at timestamptz,
  reason text,
  lease text,
  lease_until timestamptz
);
create unique index notification_seq on notification (seq desc);
create index notification_due on notification (channel, severity desc, next_attempt_at, seq)
  where state in ('queued', 'failed', 'sending');
create index notification_state on notification (state, seq desc);
create index notification_subject on notification (subject_id);
create index notification_parcel on notification (parcel_id);
create index notification_added on notification (added_at);

-- How a person is reached; who has no row is reached by nothing.
create table notify_contact (
  username text collate "C" primary key references app_user (username) on delete cascade,
  language text not null,
  contacts jsonb not null,
  quiet jsonb not null,
  version integer not null
);
create table notify_route (
  id text collate "C" primary key,
  org_id text collate "C" not null references org (id),
  place integer not null,
  route jsonb not null
);
create table notify_rota (
  id text collate "C" primary key,
  org_id text collate "C" not null references org (id),
  place integer not null,
  rota jsonb not null
);
-- Routes and rotas are edited as lists: one version for each list. fallback: who is told of what nobody else can be.
create table notify_list (
  name text collate "C" primary key,
  version integer not null,
  fallback text collate "C"
);
insert into notify_list (name, version) values ('routes', 1), ('rota', 1);

-- Changes that nobody was told of yet, in the transaction that keeps them. What came before this table is not told.
create table untold_change (
  seq bigint generated always as identity primary key,
  change_id text collate "C" not null
);
create function alarm_change_is_untold() returns trigger language plpgsql as
  $body$ begin
    insert into untold_change (change_id) select id from fresh order by alarm_id, n;
    return null;
  end $body$;
create trigger alarm_change_untold after insert on alarm_change referencing new table as fresh
  for each statement execute function alarm_change_is_untold();

-- A change that should have been told to somebody and was not. The newest stay.
create table notify_gap (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  change_id text collate "C" not null,
  alarm_id text collate "C" not null,
  org_path text[] not null,
  reason text not null,
  recipient_id text collate "C" not null,
  unique (change_id, reason, recipient_id)
);
`;
