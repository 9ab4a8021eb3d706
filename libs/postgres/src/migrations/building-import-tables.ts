/**
 * Finding, placing, importing and merging building files.
 * `grams`: characters and neighbouring pairs of `search`; `extent`: bounding box of the footprint in degrees; `same_key`: name and
 * address folded, equal for what is probably the same building; years: the first and last that are possible.
 */
export const BUILDING_IMPORT_TABLES = `
alter table building
  add column grams text[] not null default '{}',
  add column extent box,
  add column same_key text not null default '',
  add column year_first integer,
  add column year_last integer,
  add column structure text not null generated always as (coalesce(body ->> 'structure', 'unknown')) stored,
  add column use_class text not null generated always as (coalesce(body ->> 'use', 'unknown')) stored,
  add column protection text not null generated always as (coalesce(body ->> 'protection', 'unknown')) stored;
create index building_grams on building using gin (grams);
create index building_extent on building using gist (extent) where merged_into is null;
create index building_same_key on building (same_key) where same_key <> '';
-- All that lists and maps look at, without the files themselves.
create index building_facts on building (id) include (org_id, extent, grade, district, street, protection, use_class,
  structure, year_first, year_last) where merged_into is null;
create index building_merged on building (merged_into) where merged_into is not null;

-- Things happen to a building that nobody has opened a file for yet.
alter table building_event drop constraint building_event_building_id_fkey;
alter table building_event add foreign key (building_id) references asset (id);

create table building_import (
  id text collate "C" primary key,
  org_id text collate "C" not null references org (id),
  actor text not null,
  file_name text not null,
  mode text not null,
  state text not null,
  rows_total integer,
  rows_done integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  faulty integer not null default 0,
  warned integer not null default 0,
  proposed integer not null default 0,
  faults jsonb not null default '[]',
  reason text,
  started_at timestamptz not null,
  heard_at timestamptz not null,
  ended_at timestamptz
);
create index building_import_newest on building_import (started_at desc, id desc);

-- A pair that may be one building; building_id < other_id. Nothing merges it but a person.
create table building_duplicate (
  id text collate "C" primary key,
  building_id text collate "C" not null references building (id),
  other_id text collate "C" not null references building (id),
  reasons text[] not null,
  state text not null default 'open',
  found_at timestamptz not null,
  survivor_id text collate "C",
  decided_by text,
  decided_at timestamptz,
  why text,
  unique (building_id, other_id)
);
create index building_duplicate_open on building_duplicate (id) where state = 'open';
create index building_duplicate_other on building_duplicate (other_id);
`;
