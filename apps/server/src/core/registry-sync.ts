import { Interval } from '@nestjs/schedule';
import type { Core } from './core';
import type { OutboxPublisher } from './registry-publisher';

/** Makes up for what a reply could not wait for: changes whose way into the journal was cut. */
export class RegistrySync {
  constructor(
    private readonly publisher: OutboxPublisher,
    private readonly core: Core,
  ) {}

  @Interval(2_000)
  async catchUp(): Promise<void> {
    if (!this.core.parts.records.up) return;
    await this.publisher.publish().catch((error: unknown) => this.core.parts.records.failed(error));
  }
}
