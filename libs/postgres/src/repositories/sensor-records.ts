import { and, asc, eq, getTableColumns, gt } from 'drizzle-orm';
import type { Sensor } from '@anmai/catalog';
import { invariant } from '@anmai/kernel';
import type { Database } from '../database';
import type { SensorQuery, SensorRecord } from '../record-shapes';
import type { Sensors } from '../records';
import { assetTable, sensorTable } from '../schema';
import { holdsText, inOrg } from './paging';
import { checkReference } from './references';
import { registered, type RegisteredKind } from './registered';

type Row = typeof sensorTable.$inferSelect;

export const sensorOfRow = (row: Row): SensorRecord => ({ ...row, range: row.range ?? null });

const rowOfSensor = (sensor: Sensor) => ({
  id: sensor.id,
  name: sensor.name,
  assetId: sensor.assetId,
  deviceId: sensor.deviceId,
  channel: sensor.channel,
  quantity: sensor.quantity,
  unit: sensor.unit,
  expectedEverySeconds: sensor.expectedEverySeconds,
  range: sensor.range,
});

const SENSORS: RegisteredKind<Sensor, SensorRecord, SensorQuery> = {
  kind: 'sensor',
  async select({ db }, where, afterId, limit, within) {
    const rows = await db
      .select(getTableColumns(sensorTable))
      .from(sensorTable)
      .innerJoin(assetTable, eq(assetTable.id, sensorTable.assetId))
      .where(and(where, gt(sensorTable.id, afterId), inOrg(assetTable.orgId, within)))
      .orderBy(asc(sensorTable.id))
      .limit(limit);
    return rows.map(sensorOfRow);
  },
  byId: id => eq(sensorTable.id, id),
  filters: query =>
    and(
      query.assetId === undefined ? undefined : eq(sensorTable.assetId, query.assetId),
      query.deviceId === undefined ? undefined : eq(sensorTable.deviceId, query.deviceId),
      query.quantity === undefined ? undefined : eq(sensorTable.quantity, query.quantity),
      holdsText(query.q, sensorTable.id, sensorTable.name),
    ),
  async checkPlace(session, sensor, by) {
    await checkReference(session, 'asset', sensor.assetId, by.within);
    await checkReference(session, 'device', sensor.deviceId, by.within);
  },
  async insert({ db }, sensor) {
    const [row] = await db.insert(sensorTable).values(rowOfSensor(sensor)).returning();
    invariant(row !== undefined, 'an insert without a row');
    return sensorOfRow(row);
  },
  async update({ db }, sensor, version) {
    const values = { ...rowOfSensor(sensor), version };
    const [row] = await db.update(sensorTable).set(values).where(eq(sensorTable.id, sensor.id)).returning();
    invariant(row !== undefined, 'a row that was just seen is gone');
    return sensorOfRow(row);
  },
  async delete({ db }, id) {
    await db.delete(sensorTable).where(eq(sensorTable.id, id));
  },
};

export const sensorRecords = (database: Database): Sensors => registered(database, SENSORS);
