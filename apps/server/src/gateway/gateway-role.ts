import { readFileSync } from 'node:fs';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { LmdbRegistryCache } from '@anmai/lmdb';
import {
  commandTopic,
  embeddedBroker,
  outsideBroker,
  type EmbeddedGateway,
  type Gateway,
  type TlsSettings,
} from '@anmai/mqtt';
import type { Config } from '../config';
import type { Core } from '../core/core';
import { Intake } from './intake';
import { QuarantineDesk } from './quarantine-desk';
import { RegistryKeeper } from './registry-keeper';

/** Takes messages and acknowledges them once they are in the journal; keeps the journal's time moving. */
export class GatewayRole implements OnApplicationBootstrap, OnModuleDestroy {
  readonly intake: Intake;
  readonly desk = new QuarantineDesk();
  readonly gateway: Gateway;
  readonly embedded: EmbeddedGateway | null;
  port = 0;
  private readonly keeper: RegistryKeeper;
  private lastSeq = -1;
  private saving: NodeJS.Timeout | null = null;

  constructor(private readonly core: Core) {
    const disconnect = (ids: readonly string[]): void =>
      ids.forEach(id => this.embedded?.disconnectDevice(id));
    this.keeper = new RegistryKeeper(core.journal, new LmdbRegistryCache(core.env), disconnect);
    this.intake = new Intake(this.keeper.view, core.journal, this.desk, core.clock);
    this.embedded = core.config.MQTT_URL === undefined ? this.embeddedGateway(core.config) : null;
    this.gateway = this.embedded ?? this.outsideGateway(core.config.MQTT_URL!);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.keeper.start();
    const { port } = await this.gateway.start();
    this.port = port;
    if (this.embedded !== null) this.core.parts.broker.set('up');
    const everyMs = this.core.config.ANMAI_SNAPSHOT_SECONDS * 1_000;
    this.saving = setInterval(() => void this.keepRegistry(), everyMs);
  }

  async onModuleDestroy(): Promise<void> {
    if (this.saving !== null) clearInterval(this.saving);
    await this.gateway.stop();
    this.core.parts.broker.set('down');
    this.keeper.stop();
    await this.keepRegistry();
  }

  /** Downlink, QoS 1. Rejects with MQT-003 or MQT-004 while the broker cannot take it. */
  async command(deviceId: string, command: object): Promise<{ topic: string }> {
    const topic = commandTopic(deviceId);
    await this.gateway.publish(topic, Buffer.from(JSON.stringify(command)), { qos: 1, retain: false });
    return { topic };
  }

  /** Rules see time through the journal alone: when nothing came for a second, a tick says that time passed. */
  @Interval(1_000)
  async tick(): Promise<void> {
    const { lastSeq } = this.core.journal.stats();
    const isQuiet = lastSeq === this.lastSeq;
    this.lastSeq = lastSeq;
    try {
      await this.intake.writeDue();
      if (isQuiet) await this.core.journal.append(this.core.clock.now(), { kind: 'tick' });
      this.core.parts.journal.set('up');
    } catch (error) {
      // No PUBACK leaves meanwhile: what devices send stays with them.
      this.core.parts.journal.failed(error);
    }
  }

  private async keepRegistry(): Promise<void> {
    await this.keeper
      .save()
      .catch((error: unknown) => this.core.log.error({ error }, 'the registry copy was not saved'));
  }

  private embeddedGateway(config: Config): EmbeddedGateway {
    const tls = tlsOf(config);
    return embeddedBroker({
      host: config.ANMAI_MQTT_HOST,
      port: config.ANMAI_MQTT_PORT,
      ...(tls === null ? {} : { tls }),
      gate: this.keeper.view,
      onMessage: message => this.intake.take(message),
      onRefused: refusal => this.intake.takeRefusal(refusal).then(() => undefined),
      log: this.core.log,
    });
  }

  private outsideGateway(url: string): Gateway {
    return outsideBroker({
      url,
      clientId: 'anmai-gateway',
      onMessage: message => this.intake.take(message),
      onRefused: refusal => this.intake.takeRefusal(refusal).then(() => undefined),
      onState: (up, detail) =>
        up ? this.core.parts.broker.set('up') : this.core.parts.broker.failed(new Error(detail)),
      log: this.core.log,
    });
  }
}

function tlsOf(config: Config): TlsSettings | null {
  const {
    ANMAI_MQTT_TLS_PORT: port,
    ANMAI_TLS_CERT: cert,
    ANMAI_TLS_KEY: key,
    ANMAI_TLS_CLIENT_CA: ca,
  } = config;
  if (port === undefined || cert === undefined || key === undefined) return null;
  return {
    port,
    cert: readFileSync(cert),
    key: readFileSync(key),
    ...(ca === undefined ? {} : { clientCa: readFileSync(ca) }),
  };
}
