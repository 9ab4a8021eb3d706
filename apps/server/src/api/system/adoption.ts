import { Inject, Injectable } from '@nestjs/common';
import type { Device, Sensor } from '@anmai/catalog';
import { AppError, ID_PATTERN, type Clock } from '@anmai/kernel';
import { FaultsError, type Principal } from '@anmai/nest';
import { POSTGRES_ERRORS, type QuarantineRow, type Records } from '@anmai/postgres';
import type { adoptSchema, AdoptReply } from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { API_ERRORS } from '../errors';
import { CLOCK, RECORDS } from '../ports';
import { RegistryShapes } from '../registry/registry-shapes';
import { RegistryWrites } from '../registry/registry-writes';
import { isAdoptable } from './quarantine-shape';

type AdoptBody = z.infer<typeof adoptSchema>;

/** Makes a device, with its sensors, out of what an unknown one sent. */
@Injectable()
export class Adoption {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryShapes) private readonly shapes: RegistryShapes,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Rejects with API-006 (409) when the record names no unknown device, API-003 (422) when the sensors do not fit. */
  async adopt(id: string, body: AdoptBody, caller: Principal): Promise<AdoptReply> {
    const row = (await this.records.quarantine.get(id, caller.within)) ?? absent('quarantine record', id);
    const deviceId = adoptableDevice(row);
    const device = await this.deviceOf(deviceId, body, caller);
    const sensors = body.sensors.map(sensor => sensorOf(deviceId, body.assetId, sensor));
    await this.refuseTaken(sensors, caller);
    const by = authorOf(caller);
    // One transaction: a device without its sensors would go on being quarantined, now as known.
    const result = await this.records.registry.importRegistry({ devices: [device], sensors }, by);
    if (!result.ok) {
      const faults = result.error.map(f => ({
        at: `${f.list}.${f.index}`,
        message: `${f.id}: ${f.message}`,
      }));
      throw new FaultsError(API_ERRORS.importFaults, faults);
    }
    await this.records.quarantine.markAdopted(id, this.clock.now(), by);
    await this.writes.publish();
    return this.reply(deviceId, sensors, caller);
  }

  /** An import replaces what is there; an adoption must never move a sensor from another device. */
  private async refuseTaken(sensors: readonly Sensor[], caller: Principal): Promise<void> {
    for (const { id, deviceId } of sensors) {
      const taken = await this.records.sensors.get(id, caller.within);
      if (taken === null || taken.deviceId === deviceId) continue;
      throw new AppError(POSTGRES_ERRORS.exists, { what: 'sensor', id });
    }
  }

  /** A known device that sends an unknown channel stays as it is. */
  private async deviceOf(id: string, body: AdoptBody, caller: Principal): Promise<Device> {
    const known = await this.records.devices.get(id, caller.within);
    if (known !== null) return { id, name: known.name, assetId: known.assetId, model: known.model };
    return { id, name: body.name ?? id, assetId: body.assetId, model: null };
  }

  private async reply(id: string, sensors: readonly Sensor[], caller: Principal): Promise<AdoptReply> {
    const device = (await this.records.devices.get(id, caller.within)) ?? absent('device', id);
    const made = await Promise.all(sensors.map(sensor => this.records.sensors.get(sensor.id, caller.within)));
    return {
      device: this.shapes.device(device),
      sensors: made.flatMap(sensor => (sensor === null ? [] : [this.shapes.sensor(sensor)])),
    };
  }
}

function adoptableDevice(row: QuarantineRow): string {
  const why =
    row.adoptedAt !== null
      ? 'it was adopted already'
      : !isAdoptable(row)
        ? `its reason is ${row.reason}`
        : null;
  if (why !== null || row.deviceId === null) {
    throw new AppError(API_ERRORS.notAdoptable, { id: row.id, why: why ?? 'it names no device' });
  }
  if (!ID_PATTERN.test(row.deviceId)) {
    throw new AppError(API_ERRORS.notAdoptable, { id: row.id, why: `"${row.deviceId}" cannot be an id` });
  }
  return row.deviceId;
}

function sensorOf(deviceId: string, assetId: string, sensor: AdoptBody['sensors'][number]): Sensor {
  const id = sensor.id ?? madeSensorId(deviceId, sensor.channel);
  const { channel, quantity, unit, expectedEverySeconds, range } = sensor;
  return { id, name: id, assetId, deviceId, channel, quantity, unit, expectedEverySeconds, range };
}

/** `dev-1.ch4`: readable, and the same when adopted again. */
const madeSensorId = (deviceId: string, channel: string): string =>
  `${deviceId}.${channel.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-')}`.slice(0, 64);
