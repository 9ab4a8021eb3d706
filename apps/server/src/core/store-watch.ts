import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Core } from './core';
import { RetryLoop } from './retry-loop';

/** Keeps the reading store open in a process that reads from it but does not archive. */
export class StoreWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: RetryLoop;

  constructor(private readonly core: Core) {
    const { store, parts } = core;
    this.loop = new RetryLoop({
      turn: async () => {
        await store.open();
        parts.readings.set('up');
        return 'idle';
      },
      failed: error => parts.readings.failed(error),
      lingerMs: 0,
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  @Interval(5_000)
  async probe(): Promise<void> {
    const { store, parts } = this.core;
    if (!parts.readings.up) return;
    try {
      await store.ping();
    } catch (error) {
      parts.readings.failed(error);
      this.loop.wake();
    }
  }
}
