/**
 * Building files. A building is the asset of the same id; what lists filter by are columns, the whole file is `body`.
 * `search`: name, address and codes in lower case, for finding by any part of them.
 */
export const BUILDING_TABLES = `
create table building (
  id text collate "C" primary key references asset (id),
  org_id text collate "C" not null references org (id),
  name text not null,
  address text not null,
  district text not null,
  street text not null,
  grade text,
  search text not null,
  body jsonb not null,
  merged_into text collate "C" references building (id),
  version integer not null default 1
);
create index building_org on building (org_id, id);
create index building_district on building (district, street, id);
create index building_grade on building (grade, id) where grade is not null;

-- One building has many codes; one code of a scheme belongs to one building.
create table building_code (
  scheme text collate "C" not null,
  code text collate "C" not null,
  building_id text collate "C" not null references building (id) on delete cascade,
  primary key (scheme, code)
);
create index building_code_building on building_code (building_id);
create index building_code_code on building_code (code);

create table building_event (
  id text collate "C" primary key,
  building_id text collate "C" not null references building (id),
  at timestamptz not null,
  kind text not null,
  change text not null,
  ref_id text,
  actor text not null,
  detail jsonb not null,
  written_at timestamptz not null
);
create index building_event_at on building_event (building_id, at desc, id desc);
`;
