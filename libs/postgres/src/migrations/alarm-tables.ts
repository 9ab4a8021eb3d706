/** Both tracks of the alarms and their fold, and how far each monitor has come. */
export const ALARM_TABLES = `
-- The fold of alarm_change and alarm_action. raised_n: n of the newest change that asks for an acknowledgement.
create table alarm (
  id text collate "C" primary key,
  rule_id text collate "C" not null,
  rule_version integer not null,
  sensor_id text collate "C" not null,
  asset_id text collate "C" not null,
  org_id text collate "C",
  severity smallint not null,
  condition text not null,
  onset_at timestamptz not null,
  raised_at timestamptz not null,
  cleared_at timestamptz,
  closed_at timestamptz,
  last_n integer not null,
  raised_n integer not null,
  acked_n integer not null default 0,
  acked_at timestamptz,
  evidence jsonb not null
);
create index alarm_newest on alarm (raised_at desc, id desc);
create index alarm_open on alarm (raised_at desc, id desc) where closed_at is null;
create index alarm_asset on alarm (asset_id, raised_at desc, id desc);
create index alarm_sensor on alarm (sensor_id, raised_at desc, id desc);

create table alarm_change (
  id text collate "C" primary key,
  alarm_id text collate "C" not null,
  n integer not null,
  kind text not null,
  at timestamptz not null,
  noticed_at timestamptz not null,
  rule_id text not null,
  rule_version integer not null,
  sensor_id text not null,
  asset_id text not null,
  onset_at timestamptz not null,
  severity smallint not null,
  reason text not null,
  evidence jsonb not null,
  unique (alarm_id, n)
);

create table alarm_action (
  id text collate "C" primary key,
  alarm_id text collate "C" not null references alarm (id),
  kind text not null,
  actor text not null,
  at timestamptz not null,
  note text,
  seen_n integer not null
);
create index alarm_action_alarm on alarm_action (alarm_id);

create table monitor_position (
  monitor text collate "C" primary key,
  seq bigint not null
);
`;
