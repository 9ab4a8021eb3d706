/** Appraisals, hazards with their steps and terms, and the watch over C and D buildings. Buildings are assets of that kind. */
export const HAZARD_TABLES = `
-- Append-only. body: the whole of it, with the input of the grading and what was computed from it.
create table appraisal (
  id text collate "C" primary key,
  building_id text collate "C" not null references asset (id),
  agency text not null,
  report_number text not null,
  reported_at timestamptz not null,
  grade text not null,
  handling text,
  replaces_id text collate "C" references appraisal (id),
  filed_by text not null,
  filed_at timestamptz not null,
  body jsonb not null
);
create index appraisal_building on appraisal (building_id, reported_at desc, filed_at desc);
create index appraisal_newest on appraisal (filed_at desc, id desc);
create function appraisal_is_append_only() returns trigger language plpgsql as
  $body$ begin raise exception 'appraisals are append-only'; end $body$;
create trigger appraisal_append_only before update or delete or truncate on appraisal
  for each statement execute function appraisal_is_append_only();

-- The fold of head and hazard_step. due_at: the earliest thing that is expected of it; org_id: to whom it was given.
create table hazard (
  id text collate "C" primary key,
  building_id text collate "C" not null references asset (id),
  source text not null,
  source_id text collate "C",
  level text,
  stage text not null,
  org_id text collate "C" references org (id),
  found_at timestamptz not null,
  closed_at timestamptz,
  changed_at timestamptz not null,
  due_at timestamptz,
  last_n integer not null,
  head jsonb not null,
  state jsonb not null
);
create index hazard_newest on hazard (found_at desc, id desc);
create index hazard_building on hazard (building_id, found_at desc, id desc);
create index hazard_open on hazard (due_at, id) where stage not in ('closed', 'dismissed');
create index hazard_due on hazard (due_at, id) where due_at is not null;
create index hazard_changed on hazard (changed_at);

create table hazard_step (
  id text collate "C" primary key,
  hazard_id text collate "C" not null references hazard (id),
  n integer not null,
  kind text not null,
  actor text not null,
  at timestamptz not null,
  payload jsonb not null,
  unique (hazard_id, n)
);
create function hazard_step_is_append_only() returns trigger language plpgsql as
  $body$ begin raise exception 'steps of hazards are append-only'; end $body$;
create trigger hazard_step_append_only before update or delete or truncate on hazard_step
  for each statement execute function hazard_step_is_append_only();

-- Told once each.
create table hazard_overdue (
  hazard_id text collate "C" not null references hazard (id),
  kind text not null,
  due_at timestamptz not null,
  escalate_to text not null,
  noticed_at timestamptz not null,
  primary key (hazard_id, kind, due_at, escalate_to)
);

-- Every version stays. None: the provisional defaults.
create table hazard_terms (
  version integer primary key,
  body jsonb not null,
  actor text not null,
  at timestamptz not null
);

create table watch_plan (
  id text collate "C" primary key,
  building_id text collate "C" not null references asset (id),
  grade text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1,
  body jsonb not null
);
create unique index watch_plan_in_force on watch_plan (building_id) where ended_at is null;
create index watch_plan_newest on watch_plan (started_at desc, id desc);

-- The duty list of one red alarm, as the list was when it came.
create table duty_round (
  id text collate "C" primary key,
  plan_id text collate "C" not null references watch_plan (id),
  building_id text collate "C" not null references asset (id),
  alarm_id text collate "C" not null,
  started_at timestamptz not null,
  confirm_by timestamptz not null,
  people jsonb not null,
  stood_down_at timestamptz,
  stood_down_by text,
  stood_down_note text not null default '',
  unique (plan_id, alarm_id)
);
create index duty_round_plan on duty_round (plan_id, started_at desc);
create index duty_round_open on duty_round (building_id) where stood_down_at is null;

create table duty_call (
  id text collate "C" primary key,
  round_id text collate "C" not null references duty_round (id),
  person_id text not null,
  at timestamptz not null,
  actor text not null,
  outcome text not null,
  note text not null
);
create index duty_call_round on duty_call (round_id, at, id);

-- A special check-up (动态体检) that something demands. One open demand a building: further alarms join it.
create table checkup_demand (
  id text collate "C" primary key,
  building_id text collate "C" not null references asset (id),
  cause text not null,
  severity smallint,
  alarm_ids text[] not null default '{}',
  reason text not null,
  demanded_at timestamptz not null,
  demanded_by text not null,
  checkup_id text collate "C",
  met_at timestamptz
);
create unique index checkup_demand_open on checkup_demand (building_id) where met_at is null;
create index checkup_demand_alarms on checkup_demand using gin (alarm_ids);
`;
