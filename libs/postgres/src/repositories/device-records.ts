import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Device } from '@anmai/catalog';
import { invariant } from '@anmai/kernel';
import type { Database } from '../database';
import type { DeviceQuery, DeviceRecord } from '../record-shapes';
import type { Devices } from '../records';
import { assetTable, credentialTable, deviceTable } from '../schema';
import { holdsText, inOrg } from './paging';
import { checkReference } from './references';
import { registered, type RegisteredKind } from './registered';

const COLUMNS = {
  id: deviceTable.id,
  name: deviceTable.name,
  assetId: deviceTable.assetId,
  model: deviceTable.model,
  version: deviceTable.version,
};

/** Organisation of a device: that of its asset, else its own. */
export const deviceOrg = sql`coalesce(${assetTable.orgId}, ${deviceTable.orgId})`;

const DEVICES: RegisteredKind<Device, DeviceRecord, DeviceQuery> = {
  kind: 'device',
  select: ({ db }, where, afterId, limit, within) =>
    db
      .select(COLUMNS)
      .from(deviceTable)
      .leftJoin(assetTable, eq(assetTable.id, deviceTable.assetId))
      .where(and(where, gt(deviceTable.id, afterId), inOrg(deviceOrg, within)))
      .orderBy(asc(deviceTable.id))
      .limit(limit),
  byId: id => eq(deviceTable.id, id),
  filters: query =>
    and(
      query.assetId === undefined ? undefined : eq(deviceTable.assetId, query.assetId),
      holdsText(query.q, deviceTable.id, deviceTable.name),
    ),
  checkPlace: (session, device, by) => checkReference(session, 'asset', device.assetId, by.within),
  async insert({ db }, { id, name, assetId, model }, by) {
    const values = { id, name, assetId, model, orgId: by.within };
    const [row] = await db.insert(deviceTable).values(values).returning(COLUMNS);
    invariant(row !== undefined, 'an insert without a row');
    return row;
  },
  async update({ db }, { id, name, assetId, model }, version) {
    const values = { name, assetId, model, version };
    const [row] = await db.update(deviceTable).set(values).where(eq(deviceTable.id, id)).returning(COLUMNS);
    invariant(row !== undefined, 'a row that was just seen is gone');
    return row;
  },
  async delete({ db }, id) {
    await db.delete(deviceTable).where(eq(deviceTable.id, id));
  },
  async beforeDelete({ db }, id) {
    const { username } = credentialTable;
    const rows = await db
      .delete(credentialTable)
      .where(eq(credentialTable.deviceId, id))
      .returning({ username });
    return rows.map(row => ({ id: row.username, kind: 'credential', op: 'delete', value: null }));
  },
};

export const deviceRecords = (database: Database): Devices => registered(database, DEVICES);
