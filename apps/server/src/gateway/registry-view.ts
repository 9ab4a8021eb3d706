import { createHash, timingSafeEqual } from 'node:crypto';
import type { CredentialValue, RegistryChange } from '@anmai/alarms';
import {
  compileConversion,
  conversionContext,
  describeUnitError,
  findQuantity,
  type Conversion,
  type Device,
  type Sensor,
} from '@anmai/catalog';
import type { Millis, Result } from '@anmai/kernel';
import type { DeviceGate } from '@anmai/mqtt';

/** One channel of a device with all that a value needs on its way in. */
export interface Channel {
  readonly sensor: Sensor;
  /** Conversions from the units that came so far, made once each; most devices send the sensor's own: null. */
  conversions: Map<string, Result<Conversion, string>> | null;
  /** Newest instant that was given to a value that came without a time. */
  receiptAt: Millis;
}

/** Spellings of units that one channel remembers; beyond it they are worked out each time. */
const CONVERSIONS_MAX = 32;

/** The registry as the gateway needs it: who may log in, and which sensor a channel of a device is. In memory. */
export class RegistryView implements DeviceGate {
  private readonly credentials = new Map<string, CredentialValue>();
  private readonly devices = new Map<string, Device>();
  private readonly sensors = new Map<string, Sensor>();
  private readonly channels = new Map<string, Map<string, Channel>>();

  apply(change: RegistryChange): void {
    switch (change.kind) {
      case 'credential':
        return putOrDelete(this.credentials, change.id, change.value);
      case 'device':
        return putOrDelete(this.devices, change.id, change.value);
      case 'sensor':
        return this.putSensor(change.id, change.value);
      case 'org':
      case 'asset':
      case 'rule':
        return;
    }
  }

  /** The device of these credentials. Secrets are random 160 bit, so one SHA-256 is enough and costs microseconds. */
  authenticate(username: string, password: string): string | null {
    const credential = this.credentials.get(username);
    if (credential === undefined || credential.revoked) return null;
    const given = createHash('sha256').update(password).digest();
    const kept = Buffer.from(credential.secretHash, 'hex');
    return kept.length === given.length && timingSafeEqual(kept, given) ? credential.deviceId : null;
  }

  knowsUsername(username: string): boolean {
    return this.credentials.has(username);
  }

  authenticateCertificate(commonName: string): string | null {
    return this.devices.has(commonName) ? commonName : null;
  }

  knowsDevice(deviceId: string): boolean {
    return this.devices.has(deviceId);
  }

  /** By the full name of the channel, else by its short one. */
  channel(deviceId: string, name: string, shortName: string): Channel | null {
    const channels = this.channels.get(deviceId);
    return channels?.get(name) ?? channels?.get(shortName) ?? null;
  }

  /** All that has to be kept so that devices can log in while the records are away. */
  *entries(): Iterable<RegistryChange> {
    for (const value of this.credentials.values())
      yield { kind: 'credential', op: 'put', id: value.username, value };
    for (const value of this.devices.values()) yield { kind: 'device', op: 'put', id: value.id, value };
    for (const value of this.sensors.values()) yield { kind: 'sensor', op: 'put', id: value.id, value };
  }

  private putSensor(id: string, sensor: Sensor | null): void {
    const before = this.sensors.get(id);
    if (before !== undefined) this.channels.get(before.deviceId)?.delete(before.channel);
    putOrDelete(this.sensors, id, sensor);
    if (sensor === null) return;
    const channels = this.channels.get(sensor.deviceId) ?? new Map<string, Channel>();
    this.channels.set(sensor.deviceId, channels);
    channels.set(sensor.channel, { sensor, conversions: null, receiptAt: 0 });
  }
}

/** Turns a value of the unit that the device named (null: the sensor's own) into the sensor's unit. */
export function conversionOf(channel: Channel, unit: string | null): Result<Conversion, string> | null {
  if (unit === null || unit === channel.sensor.unit) return null;
  const known = channel.conversions?.get(unit);
  if (known !== undefined) return known;
  const quantity = findQuantity(channel.sensor.quantity);
  // The quantity knows which gas it speaks of.
  const context = quantity === null ? {} : conversionContext(quantity);
  const compiled = compileConversion(unit, channel.sensor.unit, context);
  const result = compiled.ok ? compiled : { ok: false as const, error: describeUnitError(compiled.error) };
  channel.conversions ??= new Map();
  if (channel.conversions.size < CONVERSIONS_MAX) channel.conversions.set(unit, result);
  return result;
}

function putOrDelete<T>(map: Map<string, T>, id: string, value: T | null): void {
  if (value === null) map.delete(id);
  else map.set(id, value);
}
