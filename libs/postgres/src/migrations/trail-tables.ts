/** The audit trail and what was not taken. */
export const TRAIL_TABLES = `
create table audit (
  seq bigint primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null,
  prev_hash text not null,
  hash text not null
);
create index audit_subject on audit (subject, seq desc);
create index audit_actor on audit (actor, seq desc);
-- Against slips of our own. Whoever owns the database can switch it off; then the chain of hashes tells.
create function audit_is_append_only() returns trigger language plpgsql as
  $body$ begin raise exception 'the audit trail is append-only'; end $body$;
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function audit_is_append_only();

create table quarantine (
  id text collate "C" primary key,
  device_id text collate "C",
  topic text not null,
  reason text not null,
  detail text not null,
  payload bytea not null,
  count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  adopted_at timestamptz
);
create index quarantine_newest on quarantine (last_at desc, id desc);
create table counter (
  name text collate "C" primary key,
  value bigint not null
);
`;
