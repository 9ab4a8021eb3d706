import { performance } from 'node:perf_hooks';
import type { Client, PublishPacket } from 'aedes';
import { NO_FAN_OUT } from './broker';
import type { Connection, DeviceState, Held, PublishCallback } from './connection';
import type { Counters } from './counters';
import type { OnMessage } from './gateway.port';
import type { GatewayLimits } from './limits';
import type { Refusals } from './refusals';
import { ME_TELEMETRY } from './rights';
import type { SessionStore } from './session-store';

const GONE = new Error('the connection is gone or not logged in');
const NOT_STORED = new Error('the message could not be stored; send it again');
const REFUSED = new Error('the message was refused');

/**
 * From PUBLISH to its acknowledgement. Lives in aedes' `authorizePublish`, the last hook before PUBACK and
 * PUBREC: calling back without an error lets the acknowledgement go, with one closes the connection without
 * it.
 */
export class Intake {
  #stopping = false;
  #idle: (() => void) | null = null;

  constructor(
    private readonly parts: {
      readonly limits: GatewayLimits;
      readonly counters: Counters;
      readonly store: SessionStore;
      readonly refusals: Refusals;
    },
    private readonly connectionOf: (client: Client) => Connection | undefined,
    private readonly onMessage: OnMessage,
    private readonly onFailed: (error: unknown) => void,
  ) {}

  /** Runs for each message and for the will of a connection that broke. */
  readonly authorizePublish = (
    client: Client | null,
    packet: PublishPacket,
    callback: PublishCallback,
  ): void => {
    const connection = client === null ? undefined : this.connectionOf(client);
    const device = connection?.device ?? null;
    // Neither taken nor refused: what is still to be acknowledged on this connection may be, until it is cut.
    if (this.#stopping) return;
    if (client === null || connection === undefined || device === null) {
      callback(GONE);
      return;
    }
    if (packet.payload.length > this.parts.limits.payloadBytesMax) {
      this.tooLarge(connection, packet.payload.length, packet.topic);
      callback(REFUSED);
      return;
    }
    // A closed client sends its will only: one message, and the last word on its status, so it does not wait.
    if (client.closed || (device.held.length === 0 && device.bucket.take(performance.now()))) {
      this.#take(client, connection, device, packet, callback);
    } else {
      this.#aboveRate({ client, connection, packet, callback }, device);
    }
  };

  tooLarge(connection: Connection, bytes: number, topic: string | null): void {
    const detail = `${bytes} bytes, at most ${this.parts.limits.payloadBytesMax}`;
    const facts = { deviceId: connection.device?.id ?? null, address: connection.address, topic };
    this.parts.refusals.message('payload_too_large', detail, facts).catch(this.onFailed);
  }

  /** From now on nothing is taken. Resolves once nothing is under way. */
  stop(): Promise<void> {
    this.#stopping = true;
    if (this.parts.counters.inFlightNow === 0) return Promise.resolve();
    return new Promise(resolve => (this.#idle = resolve));
  }

  #take(
    client: Client,
    connection: Connection,
    device: DeviceState,
    packet: PublishPacket,
    callback: PublishCallback,
  ): void {
    const { topic } = packet;
    if (topic === device.telemetryTopic || topic === ME_TELEMETRY) {
      // Only a status is retained: telemetry is in the store, and retaining it would cost memory per device.
      const wasRetained = packet.retain;
      packet.retain = false;
      packet.topic = device.telemetryTopic;
      const fanOutTopic = device.telemetryRead ? device.telemetryTopic : NO_FAN_OUT;
      const done =
        fanOutTopic === NO_FAN_OUT ? acknowledging({ client, connection, packet, callback }) : callback;
      this.#keep(client, device, packet, wasRetained, fanOutTopic, done);
    } else if (topic === device.statusTopic) {
      this.#keep(client, device, packet, packet.retain, topic, callback);
    } else {
      this.#foreign(connection, device, packet, callback);
    }
  }

  #keep(
    client: Client,
    device: DeviceState,
    packet: PublishPacket,
    retain: boolean,
    fanOutTopic: string,
    callback: PublishCallback,
  ): void {
    const settle = packet.qos === 2 ? this.#onceOnly(client, packet.messageId ?? 0, callback) : callback;
    if (settle === null) return;
    this.parts.counters.received += 1;
    this.parts.counters.inFlightNow += 1;
    const { topic, qos } = packet;
    const message = { deviceId: device.id, topic, payload: packet.payload as Buffer, qos, retain };
    this.onMessage(message).then(
      () => {
        this.parts.counters.stored += 1;
        packet.topic = fanOutTopic;
        settle(null);
        this.#settled();
      },
      (error: unknown) => {
        this.parts.counters.failed += 1;
        this.onFailed(error);
        if (packet.qos === 0) packet.topic = NO_FAN_OUT;
        settle(packet.qos === 0 ? null : NOT_STORED);
        this.#settled();
      },
    );
  }

  #settled(): void {
    this.parts.counters.inFlightNow -= 1;
    if (this.parts.counters.inFlightNow === 0) this.#idle?.();
  }

  /**
   * A QoS 2 message may come again (DUP) while the first copy is being stored, on this connection or the next
   * one. Returns how to settle the first copy; null when this one is a further copy, which is then answered
   * by itself.
   */
  #onceOnly(client: Client, messageId: number, callback: PublishCallback): PublishCallback | null {
    const ledger = this.parts.store.ledgerOf(client);
    if (ledger.stored.has(messageId)) {
      callback(null);
      return null;
    }
    const waiting = ledger.pending.get(messageId);
    if (waiting !== undefined) {
      waiting.push(callback);
      return null;
    }
    const copies: PublishCallback[] = [];
    ledger.pending.set(messageId, copies);
    return error => {
      ledger.pending.delete(messageId);
      callback(error);
      // After aedes has noted the id, so that the copies find it and are not fanned out again.
      for (const copy of copies) setImmediate(copy, error);
    };
  }

  #foreign(
    connection: Connection,
    device: DeviceState,
    packet: PublishPacket,
    callback: PublishCallback,
  ): void {
    const { topic } = packet;
    const payload = packet.payload as Buffer;
    const facts = { deviceId: device.id, address: connection.address, topic, payload };
    const detail = `${device.id} may publish to ${device.telemetryTopic} and ${device.statusTopic} only`;
    this.parts.counters.inFlightNow += 1;
    this.parts.refusals.message('foreign_topic', detail, facts).then(
      () => {
        packet.topic = NO_FAN_OUT;
        callback(null);
        this.#settled();
      },
      (error: unknown) => {
        this.onFailed(error);
        callback(NOT_STORED);
        this.#settled();
      },
    );
  }

  // --- above the rate

  #aboveRate(held: Held, device: DeviceState): void {
    if (held.packet.qos === 0) {
      this.parts.counters.droppedQos0 += 1;
      held.packet.topic = NO_FAN_OUT;
      held.callback(null);
      return;
    }
    if (device.held.length >= this.parts.limits.heldPerDeviceMax) {
      held.callback(REFUSED);
      return;
    }
    this.parts.counters.delayed += 1;
    device.held.push(held);
    this.#arm(device);
  }

  #arm(device: DeviceState): void {
    if (device.timer !== null) return;
    device.timer = setTimeout(() => {
      device.timer = null;
      this.#release(device);
    }, Math.ceil(device.bucket.waitMs()));
    device.timer.unref();
  }

  #release(device: DeviceState): void {
    let next = 0;
    for (const { client, connection, packet, callback } of device.held) {
      // Who has gone sends again by himself; his copy must not use up the rate.
      if (this.#stopping || client.closed) callback(GONE);
      else if (device.bucket.take(performance.now()))
        this.#take(client, connection, device, packet, callback);
      else break;
      next += 1;
    }
    device.held.splice(0, next);
    if (device.held.length > 0) this.#arm(device);
  }
}

/** For a message that goes no further: its PUBACK is written by us, together with others. */
function acknowledging({ client, connection, packet, callback }: Held): PublishCallback {
  const { messageId } = packet;
  if (packet.qos !== 1 || messageId === undefined || client.closed) return callback;
  return error => {
    // As QoS 0 it gets no second PUBACK from aedes.
    if (error == null && connection.pubacks.add(messageId)) packet.qos = 0;
    callback(error);
  };
}
