import { HOUR_MS } from '@anmai/kernel';
import { Child } from './child';
import type { LoadDevice, LoadOrder, LoadReply, LoadRun } from './load-messages';
import { CHANNELS } from './mqtt-bytes';

/** Devices for a broker that lets everyone in. */
export function anyDevices(count: number): LoadDevice[] {
  return Array.from({ length: count }, (_, i) => ({
    clientId: `bench-${i}`,
    username: `bench-${i}`,
    password: 'x',
    topic: `anmai/v1/bench-${i}/telemetry`,
  }));
}

/** The load generator, a process of its own, with its connections to one broker. */
export class Load {
  private constructor(private readonly child: Child<LoadOrder, LoadReply>) {}

  /** `firstAt`: device time of the first message of each device; an hour ago, since fast ones run ahead of the clock. */
  static async open(
    port: number,
    devices: readonly LoadDevice[],
    { firstAt = Date.now() - HOUR_MS, channels = CHANNELS } = {},
  ): Promise<Load> {
    const { child } = await Child.start<LoadOrder, LoadReply>('load-process');
    const reply = await child.ask({ kind: 'open', port, devices, firstAt, channels });
    if (reply.kind !== 'opened') throw new Error(`load: ${JSON.stringify(reply)}`);
    return new Load(child);
  }

  /** As many messages as are acknowledged, with `window` in flight on each connection. */
  press(seconds: number, window = 100): Promise<LoadRun> {
    return this.run({ kind: 'press', seconds, window });
  }

  steady(seconds: number, perSecond: number, window = 1_000): Promise<LoadRun> {
    return this.run({ kind: 'steady', seconds, perSecond, window });
  }

  stop(): Promise<void> {
    return this.child.stop();
  }

  private async run(order: LoadOrder): Promise<LoadRun> {
    const reply = await this.child.ask(order);
    if (reply.kind !== 'ran') throw new Error(`load: ${JSON.stringify(reply)}`);
    return reply.run;
  }
}

export const perSecond = (run: LoadRun): number => (run.ackedWithin / run.ms) * 1_000;
