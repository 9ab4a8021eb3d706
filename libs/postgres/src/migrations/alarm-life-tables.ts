/** The operator side of an alarm's life, and what beside the two tracks decides it. */
export const ALARM_LIFE_TABLES = `
alter table alarm_action
  add column until timestamptz,
  add column verdict text,
  add column clear_readings integer;

-- state, acknowledged and closed_at are the fold of both tracks as of the last look; next_change_at: when time alone
-- changes it. revision grows with whatever a reader can see, so that other processes can follow.
create sequence alarm_revision_seq;
alter table alarm
  add column acknowledged boolean not null default false,
  add column state text not null default 'UNACK',
  add column next_change_at timestamptz,
  add column revision bigint not null default nextval('alarm_revision_seq'),
  add column life jsonb;
update alarm set
  acknowledged = acked_at is not null and acked_n >= raised_n,
  state = case
    when closed_at is not null then 'NORM'
    when condition = 'cleared' then 'RTNUN'
    when acked_at is not null and acked_n >= raised_n then 'ACKED'
    else 'UNACK' end,
  next_change_at = case when closed_at is null then now() end;
alter table alarm drop column acked_n, drop column acked_at, drop column raised_n;
create index alarm_due on alarm (next_change_at) where next_change_at is not null;
create unique index alarm_revision on alarm (revision);
create index alarm_aside on alarm (state, raised_at desc, id desc)
  where closed_at is null and state in ('SHLVD', 'DSUPR', 'OOSRV');
create index alarm_watch on alarm (rule_id, sensor_id, raised_at desc);

-- Each edit is a version with the time in which it held; the one in force has no end.
create table inhibition_rule (
  id text collate "C" not null,
  version integer not null,
  org_id text collate "C",
  body jsonb not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  actor text not null,
  primary key (id, version)
);
create unique index inhibition_rule_in_force on inhibition_rule (id) where valid_to is null;
create table service_window (
  id text collate "C" not null,
  version integer not null,
  org_id text collate "C",
  body jsonb not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  actor text not null,
  primary key (id, version)
);
create unique index service_window_in_force on service_window (id) where valid_to is null;
create table life_settings (
  version integer primary key,
  body jsonb not null,
  valid_from timestamptz not null,
  actor text not null
);
`;
