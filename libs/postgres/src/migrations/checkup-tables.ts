/** Rule sets and forms by version, agencies, rounds, check-ups with their drafts and records, and what is due when. */
export const CHECKUP_TABLES = `
-- One version of the rules of a city, or of a form. Never changed: another version is added.
create table checkup_rule_set (
  id text collate "C" not null,
  version integer not null,
  body jsonb not null,
  actor text not null,
  at timestamptz not null,
  primary key (id, version)
);
create table checkup_form (
  id text collate "C" not null,
  version integer not null,
  family text not null,
  body jsonb not null,
  actor text not null,
  at timestamptz not null,
  primary key (id, version)
);
-- Which version holds for the buildings of an organisation and of those below it, from when on.
create table checkup_regime (
  org_id text collate "C" not null references org (id),
  from_date date not null,
  rule_set_id text collate "C" not null,
  rule_set_version integer not null,
  primary key (org_id, from_date),
  foreign key (rule_set_id, rule_set_version) references checkup_rule_set (id, version)
);

create table checkup_agency (
  id text collate "C" primary key,
  org_id text collate "C" not null references org (id),
  name text not null,
  body jsonb not null,
  version integer not null default 1
);

create table checkup_round (
  id text collate "C" primary key,
  org_id text collate "C" not null references org (id),
  year integer not null,
  name text not null,
  body jsonb not null,
  version integer not null default 1
);

create table checkup (
  id text collate "C" primary key,
  building_id text collate "C" not null references asset (id),
  kind text not null,
  state text not null,
  rule_set_id text collate "C" not null,
  rule_set_version integer not null,
  form_id text collate "C" not null,
  form_version integer not null,
  agency_id text collate "C" references checkup_agency (id),
  inspectors text[] not null default '{}',
  due_from date,
  due_on date,
  round_id text collate "C" references checkup_round (id),
  demand jsonb,
  supersedes text collate "C",
  superseded_by text collate "C",
  note text,
  revision integer not null default 0,
  version integer not null default 1,
  foreign key (rule_set_id, rule_set_version) references checkup_rule_set (id, version),
  foreign key (form_id, form_version) references checkup_form (id, version)
);
create index checkup_building on checkup (building_id, id);
create index checkup_agency_state on checkup (agency_id, state, id);
create index checkup_inspectors on checkup using gin (inspectors);
create index checkup_round_id on checkup (round_id) where round_id is not null;
create index checkup_state on checkup (state, id);

-- What the phones sent so far, field by field. Kept when it is submitted: a record that is sent back is mended here.
create table checkup_draft (
  checkup_id text collate "C" primary key references checkup (id),
  fields jsonb not null,
  at timestamptz not null
);

create table checkup_record (
  id text collate "C" primary key,
  checkup_id text collate "C" not null references checkup (id),
  building_id text collate "C" not null references asset (id),
  revision integer not null,
  content_hash text not null,
  submitted_at timestamptz not null,
  submitted_by text not null,
  result jsonb not null,
  body jsonb not null,
  unique (checkup_id, revision),
  unique (checkup_id, content_hash)
);
create index checkup_record_building on checkup_record (building_id, submitted_at desc);
create function checkup_record_is_fixed() returns trigger language plpgsql as
  $body$ begin raise exception 'records of check-ups are never changed'; end $body$;
create trigger checkup_record_fixed before update or delete or truncate on checkup_record
  for each statement execute function checkup_record_is_fixed();

create table checkup_step (
  checkup_id text collate "C" not null references checkup (id),
  n integer not null,
  step text not null,
  actor text not null,
  at timestamptz not null,
  note text,
  primary key (checkup_id, n)
);

-- Who may read a calendar by its address alone. The token itself is not kept.
create table checkup_calendar (
  token_hash text primary key,
  username text not null,
  agency_id text collate "C" references checkup_agency (id),
  made_at timestamptz not null,
  revoked_at timestamptz
);
create index checkup_calendar_user on checkup_calendar (username);

-- What is due when, for every building; computed again when the building, the rules or a check-up change.
-- kind: dated, exempt, unknown, uncovered. Which of later, dueSoon, due, overdue it is follows from the day of asking.
create table checkup_due (
  building_id text collate "C" primary key references asset (id) on delete cascade,
  org_id text collate "C" not null,
  district text not null,
  street text not null,
  kind text not null,
  covered_from date,
  due_from date,
  due_on date,
  soon_from date,
  last_on date,
  body jsonb not null,
  computed_on date not null
);
create index checkup_due_on on checkup_due (due_on, building_id);
create index checkup_due_street on checkup_due (district, street, due_on, building_id);
create index checkup_due_kind on checkup_due (kind, building_id);
create index checkup_due_unknown on checkup_due (computed_on) where kind = 'unknown';

create table checkup_due_dirty (building_id text collate "C" primary key);
create function checkup_due_touch() returns trigger language plpgsql as
  $body$ begin
    insert into checkup_due_dirty (building_id) select id from fresh on conflict do nothing;
    return null;
  end $body$;
create function checkup_due_touch_asset() returns trigger language plpgsql as
  $body$ begin
    insert into checkup_due_dirty (building_id) select id from fresh where kind = 'building' on conflict do nothing;
    return null;
  end $body$;
create trigger checkup_due_building_new after insert on building referencing new table as fresh
  for each statement execute function checkup_due_touch();
create trigger checkup_due_building_changed after update on building referencing new table as fresh
  for each statement execute function checkup_due_touch();
create trigger checkup_due_asset_new after insert on asset referencing new table as fresh
  for each statement execute function checkup_due_touch_asset();
create trigger checkup_due_asset_changed after update on asset referencing new table as fresh
  for each statement execute function checkup_due_touch_asset();
`;
