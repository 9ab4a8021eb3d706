/** Users, their sessions, requests that may come twice. */
export const PEOPLE_TABLES = `
create table app_user (
  username text collate "C" primary key,
  display_name text not null,
  role text not null,
  org_id text collate "C" not null references org (id),
  password_hash text not null,
  disabled boolean not null default false,
  failed_logins integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null,
  version integer not null default 1
);

-- used_at: exchanged for its successor. A token that comes after that was stolen, or its successor was.
create table refresh_token (
  hash text collate "C" primary key,
  family text collate "C" not null,
  username text collate "C" not null references app_user (username) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index refresh_token_family on refresh_token (family);
create index refresh_token_user on refresh_token (username);

-- status null: still in progress.
create table idempotency (
  actor text collate "C" not null,
  key text collate "C" not null,
  route text not null,
  request_hash text not null,
  status integer,
  body text,
  created_at timestamptz not null,
  primary key (actor, key)
);
create index idempotency_created on idempotency (created_at);
`;
