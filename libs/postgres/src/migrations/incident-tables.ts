/** Both tracks of the incidents and their fold, which alarms belong to them, and what was overdue. */
export const INCIDENT_TABLES = `
-- The fold of incident_change and incident_step. org_ids: whose assets are affected, as of the newest change.
create table incident (
  id text collate "C" primary key,
  family_id text not null,
  is_catch_all boolean not null,
  severity smallint not null,
  peak smallint not null,
  condition text not null,
  stage text not null,
  alarm_count integer not null,
  open_count integer not null,
  blind_count integer not null,
  asset_count integer not null,
  population bigint,
  box jsonb,
  cause jsonb,
  onset_at timestamptz not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  released_at timestamptz,
  archived_at timestamptz,
  merged_into text collate "C",
  last_n integer not null,
  org_ids text[] not null default '{}',
  disposal jsonb not null
);
create index incident_newest on incident (opened_at desc, id desc);
create index incident_open on incident (opened_at desc, id desc)
  where merged_into is null and stage not in ('released', 'archived');
create index incident_orgs on incident using gin (org_ids);

create table incident_change (
  id text collate "C" primary key,
  incident_id text collate "C" not null,
  n integer not null,
  kind text not null,
  family_id text not null,
  is_catch_all boolean not null,
  at timestamptz not null,
  noticed_at timestamptz not null,
  alarm_id text collate "C",
  other_id text collate "C",
  cause jsonb,
  summary jsonb not null,
  unique (incident_id, n)
);
-- What a fold has to find in a track of ten thousand alarms.
create index incident_change_rising on incident_change (incident_id, n)
  where kind in ('opened', 'joined', 'escalated', 'reopened', 'absorbed');
create index incident_change_cause on incident_change (incident_id, n) where cause is not null;
create index incident_change_absorbed on incident_change (incident_id) where kind = 'absorbed';

create table incident_alarm (
  alarm_id text collate "C" primary key,
  incident_id text collate "C" not null
);
create index incident_alarm_incident on incident_alarm (incident_id, alarm_id);

create table incident_step (
  id text collate "C" primary key,
  incident_id text collate "C" not null references incident (id),
  kind text not null,
  actor text,
  at timestamptz not null,
  payload jsonb not null
);
create index incident_step_incident on incident_step (incident_id, at);
create function incident_step_is_append_only() returns trigger language plpgsql as
  $body$ begin raise exception 'steps of incidents are append-only'; end $body$;
create trigger incident_step_append_only before update or delete or truncate on incident_step
  for each statement execute function incident_step_is_append_only();

-- Told once each: task_id '' where there is none.
create table incident_overdue (
  incident_id text collate "C" not null references incident (id),
  kind text not null,
  task_id text not null,
  due_at timestamptz not null,
  escalate_to text not null,
  noticed_at timestamptz not null,
  primary key (incident_id, kind, task_id, due_at, escalate_to)
);
`;
