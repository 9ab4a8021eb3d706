import type { Clock, Millis } from '@anmai/kernel';
import type { Journal } from '@anmai/journal';
import type { IncomingMessage, Refusal } from '@anmai/mqtt';
import { BAD, GOOD, MISSING, READING_VALUE_ABS_MAX, type Quality, type Reading } from '@anmai/readings';
import { parseTelemetry, parseTopic, type JournalBody, type TelemetryRecord } from '@anmai/wire';
import type { Fault, QuarantineDesk } from './quarantine-desk';
import { conversionOf, type Channel, type RegistryView } from './registry-view';

/** Sum of what came in, for metrics and the health strip. */
export interface IntakeCounts {
  messages: number;
  readings: number;
}

/**
 * From a message to the journal. Resolves when all of it is durable: the readings that fit, and a note for each fault.
 * A message is never refused for its content: what cannot be taken goes to quarantine and the device gets its PUBACK,
 * or it would send the same again for ever.
 */
export class Intake {
  readonly counts: IntakeCounts = { messages: 0, readings: 0 };
  /** Newest status message of a device: did it say that it is online? */
  readonly status = new Map<string, boolean>();

  constructor(
    private readonly view: RegistryView,
    private readonly journal: Pick<Journal<JournalBody>, 'append'>,
    private readonly desk: QuarantineDesk,
    private readonly clock: Clock,
  ) {}

  /** Never throws: a rejection means that the journal could not take it. */
  take(message: IncomingMessage): Promise<unknown> {
    const at = this.clock.now();
    const topic = parseTopic(message.topic);
    if (topic === null || message.deviceId === null) {
      return this.quarantine(
        [this.fault(message, 'foreign_topic', '', 'topic is not one of a device of this platform')],
        at,
      );
    }
    if (topic.kind === 'status') return this.takeStatus(message, topic.deviceId, at);
    if (topic.kind === 'command') return Promise.resolve();
    if (!this.view.knowsDevice(message.deviceId)) {
      return this.quarantine(
        [this.fault(message, 'unknown_device', '', `device ${message.deviceId} is not registered`)],
        at,
      );
    }
    return this.takeTelemetry(message, message.deviceId, at);
  }

  /** What the broker itself refused: log-ins and foreign topics. */
  takeRefusal(refusal: Refusal): Promise<unknown> {
    const fault: Fault = {
      deviceId: refusal.deviceId ?? refusal.username,
      topic: refusal.topic ?? '',
      reason: refusal.reason,
      about: '',
      detail: refusal.detail,
      payload: refusal.payload,
    };
    return this.quarantine([fault], this.clock.now());
  }

  /** Repeated faults whose count is due. */
  async writeDue(): Promise<void> {
    const at = this.clock.now();
    await Promise.all(this.desk.due(at).map(note => this.journal.append(at, { kind: 'quarantine', note })));
  }

  private takeTelemetry(message: IncomingMessage, deviceId: string, at: Millis): Promise<unknown> {
    this.counts.messages++;
    const parsed = parseTelemetry(message.payload, at);
    if (!parsed.ok)
      return this.quarantine([this.fault(message, parsed.error.code, '', parsed.error.detail)], at);
    const readings: Reading[] = [];
    let faults: Fault[] | null = null;
    for (const record of parsed.value.records) {
      const bound = this.bind(deviceId, record, at);
      if ('sensorId' in bound) readings.push(bound);
      else (faults ??= []).push(this.fault(message, bound.reason, record.channel, bound.detail));
    }
    for (const reject of parsed.value.rejects) {
      (faults ??= []).push(this.fault(message, reject.code, reject.channel ?? '', reject.detail));
    }
    this.counts.readings += readings.length;
    const kept =
      readings.length === 0 ? null : this.journal.append(at, { kind: 'readings', deviceId, readings });
    if (faults === null)
      return kept ?? this.quarantine([this.fault(message, 'empty', '', 'no value in the message')], at);
    return Promise.all([kept, this.quarantine(faults, at)]);
  }

  private bind(
    deviceId: string,
    record: TelemetryRecord,
    receivedAt: Millis,
  ): Reading | { reason: string; detail: string } {
    const channel = this.view.channel(deviceId, record.channel, record.shortName);
    if (channel === null) {
      return {
        reason: 'unknown_channel',
        detail: `channel ${record.channel.slice(0, 128)} is bound to no sensor`,
      };
    }
    const conversion = conversionOf(channel, record.unit);
    if (conversion !== null && !conversion.ok) return { reason: 'unknown_unit', detail: conversion.error };
    const value = conversion === null ? record.value : conversion.value(record.value);
    // Judged here: once it is acknowledged it has to be kept, and no store keeps this.
    if (Math.abs(value) > READING_VALUE_ABS_MAX) {
      return {
        reason: 'bad_value',
        detail: `${value} ${channel.sensor.unit} is beyond ±${READING_VALUE_ABS_MAX}`,
      };
    }
    const at = record.at === receivedAt ? receiptAt(channel, receivedAt) : record.at;
    return { sensorId: channel.sensor.id, at, value, quality: qualityOf(channel, value) };
  }

  private takeStatus(message: IncomingMessage, deviceId: string, at: Millis): Promise<unknown> {
    try {
      const status = JSON.parse(message.payload.toString('utf8')) as { online?: unknown } | null;
      if (typeof status?.online === 'boolean') {
        this.status.set(deviceId, status.online);
        return Promise.resolve();
      }
    } catch {
      // Falls through: not JSON is a fault like any other shape.
    }
    const fault = this.fault(message, 'bad_shape', '', 'a status is {"online":true} or {"online":false}');
    return message.payload.length === 0 ? Promise.resolve() : this.quarantine([fault], at);
  }

  private quarantine(faults: readonly Fault[], at: Millis): Promise<unknown> {
    const notes = faults.map(fault => this.desk.take(fault, at)).filter(note => note !== null);
    return Promise.all(notes.map(note => this.journal.append(at, { kind: 'quarantine', note })));
  }

  private fault(message: IncomingMessage, reason: string, about: string, detail: string): Fault {
    return {
      deviceId: message.deviceId,
      topic: message.topic,
      reason,
      about,
      detail,
      payload: message.payload,
    };
  }
}

/** How far ahead of the clock a burst without times may be spread. */
const SPREAD_MS_MAX = 60_000;

/**
 * The time of a value that came without one. Two of one millisecond would be one reading, and the first, acknowledged,
 * would be lost; so each gets an instant of its own.
 */
function receiptAt(channel: Channel, now: Millis): Millis {
  const next = channel.receiptAt + 1;
  channel.receiptAt = next <= now || next > now + SPREAD_MS_MAX ? now : next;
  return channel.receiptAt;
}

/** Live flags are those that one value alone decides; the rest would need neighbours that may come late. */
function qualityOf(channel: Channel, value: number): Quality {
  if (Number.isNaN(value)) return MISSING;
  const { range } = channel.sensor;
  return range !== null && (value < range.min || value > range.max) ? BAD : GOOD;
}
