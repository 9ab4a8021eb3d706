/** When devices were online, and when the platform was there to hear them. */
export const PRESENCE_TABLES = `
-- From \`at\` on; is_online null: nothing is expected of it any more. Only changes: most devices have few.
create table device_presence (
  device_id text collate "C" not null,
  at timestamptz not null,
  org_id text collate "C",
  is_online boolean,
  primary key (device_id, at)
);
create index device_presence_at on device_presence (at);
-- Silence outside these stretches is the platform's own.
create table watch_span (
  from_at timestamptz primary key,
  to_at timestamptz not null
);
create index watch_span_to on watch_span (to_at);
`;
