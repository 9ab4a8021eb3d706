import type { GatewayLog, OnMessage, OnRefused } from './gateway.port';

export interface OutsideBrokerLimits {
  /**
   * Messages handed to `onMessage` and not yet durable; enough for a group commit, small enough to lose no
   * sleep.
   */
  readonly inFlightMax: number;
  readonly payloadBytesMax: number;
  readonly reconnectMsMin: number;
  readonly reconnectMsMax: number;
  /**
   * The broker keeps what arrives while we are away for this long (MQTT 5; in 3.1.1 for as long as it likes).
   */
  readonly sessionExpirySeconds: number;
  /** How long `start` waits for the first connection before it leaves that to the background. */
  readonly startWaitMs: number;
  readonly stopDrainMs: number;
  readonly publishTimeoutMs: number;
  readonly publishesMax: number;
}

export const DEFAULT_OUTSIDE_LIMITS: OutsideBrokerLimits = {
  inFlightMax: 1_000,
  payloadBytesMax: 256 * 1024,
  reconnectMsMin: 500,
  reconnectMsMax: 30_000,
  sessionExpirySeconds: 7 * 24 * 3_600,
  startWaitMs: 10_000,
  stopDrainMs: 2_000,
  publishTimeoutMs: 10_000,
  publishesMax: 1_000,
};

export interface OutsideBrokerOptions {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`; may hold user name and password. */
  readonly url: string;
  /** The same at every start: the broker keeps our session, and with it what we missed, under this name. */
  readonly clientId: string;
  /** 5 unless the broker cannot. */
  readonly protocolVersion?: 4 | 5;
  /** MQTT 5 shared subscription: gateways that name the same group share the load. */
  readonly sharedGroup?: string;
  /** PEM, for `mqtts://`. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly onMessage: OnMessage;
  readonly onRefused?: OnRefused;
  /** Connection and subscription stand, or not (`detail` says why). Called on changes only. */
  readonly onState?: (up: boolean, detail: string) => void;
  readonly limits?: Partial<OutsideBrokerLimits>;
  readonly log?: GatewayLog;
}
