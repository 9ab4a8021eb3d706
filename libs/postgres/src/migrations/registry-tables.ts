/** Organisations, assets, devices, credentials, sensors, rules, and the way of their changes into the journal. */
export const REGISTRY_TABLES = `
create table org (
  id text collate "C" primary key,
  name text not null,
  parent_id text collate "C" references org (id),
  path text[] not null,
  version integer not null default 1
);
create index org_path on org using gin (path);

create table asset (
  id text collate "C" primary key,
  kind text not null,
  name text not null,
  geometry jsonb,
  parent_id text collate "C" references asset (id),
  org_id text collate "C" not null references org (id),
  links text[] not null,
  properties jsonb not null,
  version integer not null default 1
);
create index asset_org on asset (org_id, id);
create index asset_parent on asset (parent_id);
create index asset_kind on asset (kind, id);

-- org_id: whose it is while it has no asset.
create table device (
  id text collate "C" primary key,
  name text not null,
  asset_id text collate "C" references asset (id),
  model text,
  org_id text collate "C" references org (id),
  version integer not null default 1
);
create index device_asset on device (asset_id, id);

create table device_credential (
  username text collate "C" primary key,
  secret_hash text not null,
  device_id text collate "C" not null references device (id) on delete cascade,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index device_credential_device on device_credential (device_id);

-- The channel is unique at the end of a statement, so that one import may swap two channels.
create table sensor (
  id text collate "C" primary key,
  name text not null,
  asset_id text collate "C" not null references asset (id),
  device_id text collate "C" not null references device (id),
  channel text not null,
  quantity text not null,
  unit text not null,
  expected_every_seconds double precision not null,
  range jsonb,
  version integer not null default 1,
  constraint sensor_channel unique (device_id, channel) deferrable initially immediate
);
create index sensor_asset on sensor (asset_id, id);

create table rule (
  id text collate "C" primary key,
  version integer not null,
  name text not null,
  body jsonb not null,
  removed_at timestamptz
);
create table rule_version (
  rule_id text collate "C" not null references rule (id),
  version integer not null,
  body jsonb not null,
  at timestamptz not null,
  actor text not null,
  primary key (rule_id, version)
);

create table registry_outbox (
  version bigint generated always as identity primary key,
  change jsonb not null,
  journaled_at timestamptz
);
create index registry_outbox_pending on registry_outbox (version) where journaled_at is null;
`;
