import type { Asset, Device, Sensor } from '@anmai/catalog';
import { AppError } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type {
  AssetRecord,
  Author,
  CredentialRecord,
  DeviceRecord,
  NewCredential,
  RegistryChange,
  RegistryImport,
  SensorRecord,
} from '../record-shapes';
import { followAssets } from './building-follow';
import { credentialChange } from './credential-records';
import { putOrgs } from './org-records';
import { assetCycles } from './references';
import { appendOutbox } from './trail';

/** Writes all rows, each list by one statement, in the order in which they refer to each other. */
export async function writeImport(
  session: Session,
  database: Database,
  rows: RegistryImport,
  by: Author,
): Promise<void> {
  if (rows.orgs?.length) await putOrgs(session, rows.orgs);
  const assets = await putAssets(session, rows.assets ?? []);
  await followAssets(
    session,
    assets.map(asset => asset.id),
  );
  const devices = await putDevices(session, rows.devices ?? [], by);
  const sensors = await putSensors(session, rows.sensors ?? []);
  const credentials = await putCredentials(session, rows.credentials ?? [], database);
  await appendOutbox(session, [
    ...assets.map(value => ({ id: value.id, kind: 'asset', op: 'put', value }) satisfies RegistryChange),
    ...devices.map(value => ({ id: value.id, kind: 'device', op: 'put', value }) satisfies RegistryChange),
    ...sensors.map(value => ({ id: value.id, kind: 'sensor', op: 'put', value }) satisfies RegistryChange),
    ...credentials.map(credentialChange),
  ]);
}

export async function putAssets(session: Session, assets: readonly Asset[]): Promise<AssetRecord[]> {
  if (assets.length === 0) return [];
  const written = await session.query<AssetRecord>(
    `insert into asset (id, kind, name, geometry, parent_id, org_id, links, properties)
     select id, kind, name, nullif(geometry, 'null'), "parentId", "orgId", links, properties
     from jsonb_to_recordset($1::jsonb) as t (id text, kind text, name text, geometry jsonb, "parentId" text,
       "orgId" text, links text[], properties jsonb)
     on conflict (id) do update set kind = excluded.kind, name = excluded.name, geometry = excluded.geometry,
       parent_id = excluded.parent_id, org_id = excluded.org_id, links = excluded.links,
       properties = excluded.properties, version = asset.version + 1
     returning id, kind, name, geometry, parent_id as "parentId", org_id as "orgId", links, properties, version`,
    [JSON.stringify(assets)],
  );
  const withParent = assets.filter(asset => asset.parentId !== null).map(asset => asset.id);
  const [below] = withParent.length === 0 ? [] : await assetCycles(session, withParent);
  if (below !== undefined) throw new AppError(E.cycle, { what: 'asset', id: below });
  return written;
}

function putDevices({ query }: Session, devices: readonly Device[], by: Author): Promise<DeviceRecord[]> {
  return query<DeviceRecord>(
    `insert into device (id, name, asset_id, model, org_id)
     select id, name, "assetId", model, $2
     from jsonb_to_recordset($1::jsonb) as t (id text, name text, "assetId" text, model text)
     on conflict (id) do update set name = excluded.name, asset_id = excluded.asset_id, model = excluded.model,
       version = device.version + 1
     returning id, name, asset_id as "assetId", model, version`,
    [JSON.stringify(devices), by.within],
  );
}

function putSensors({ query }: Session, sensors: readonly Sensor[]): Promise<SensorRecord[]> {
  return query<SensorRecord>(
    `insert into sensor (id, name, asset_id, device_id, channel, quantity, unit, expected_every_seconds, range)
     select id, name, "assetId", "deviceId", channel, quantity, unit, "expectedEverySeconds", nullif(range, 'null')
     from jsonb_to_recordset($1::jsonb) as t (id text, name text, "assetId" text, "deviceId" text, channel text,
       quantity text, unit text, "expectedEverySeconds" double precision, range jsonb)
     on conflict (id) do update set name = excluded.name, asset_id = excluded.asset_id,
       device_id = excluded.device_id, channel = excluded.channel, quantity = excluded.quantity,
       unit = excluded.unit, expected_every_seconds = excluded.expected_every_seconds, range = excluded.range,
       version = sensor.version + 1
     returning id, name, asset_id as "assetId", device_id as "deviceId", channel, quantity, unit,
       expected_every_seconds as "expectedEverySeconds", range, version`,
    [JSON.stringify(sensors)],
  );
}

/** A user name that is taken by another device is refused (PGR-005); the same again replaces the secret. */
async function putCredentials(
  { query }: Session,
  credentials: readonly NewCredential[],
  database: Database,
): Promise<CredentialRecord[]> {
  const written = await query<CredentialRecord>(
    `insert into device_credential as kept (username, secret_hash, device_id, created_at)
     select username, "secretHash", "deviceId", $2
     from jsonb_to_recordset($1::jsonb) as t (username text, "secretHash" text, "deviceId" text)
     on conflict (username) do update set secret_hash = excluded.secret_hash, revoked_at = null
       where kept.device_id = excluded.device_id
     returning username, secret_hash as "secretHash", device_id as "deviceId", created_at as "createdAt",
       revoked_at as "revokedAt"`,
    [JSON.stringify(credentials), toSqlInstant(database.clock.now())],
  );
  const done = new Set(written.map(row => row.username));
  const refused = credentials.find(credential => !done.has(credential.username));
  if (refused !== undefined) throw new AppError(E.exists, { what: 'credential', id: refused.username });
  return written;
}
