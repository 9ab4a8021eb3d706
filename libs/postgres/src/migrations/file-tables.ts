/**
 * Photos, signatures and documents; their bytes are in the file store under the same hash. Whose they are is a table of its
 * own: the same bytes may come from several organisations, and each may see them.
 */
export const FILE_TABLES = `
create table file (
  sha256 text collate "C" primary key,
  bytes bigint not null,
  type text not null,
  kind text not null,
  meta jsonb not null,
  building_id text collate "C" references asset (id) on delete set null,
  org_id text collate "C" not null references org (id),
  uploaded_by text not null,
  received_at timestamptz not null
);
create index file_building on file (building_id, received_at desc) where building_id is not null;

create table file_owner (
  sha256 text collate "C" not null references file (sha256),
  org_id text collate "C" not null references org (id),
  primary key (sha256, org_id)
);
`;
