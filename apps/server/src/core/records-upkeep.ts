import { Interval } from '@nestjs/schedule';
import { DAY_MS } from '@anmai/kernel';
import type { Records } from '@anmai/postgres';
import type { Core } from './core';
import type { OutboxPublisher } from './registry-publisher';

/** How long ended log-ins are remembered, to notice a token that comes a second time. */
const ENDED_TOKENS_MS = 30 * DAY_MS;

/** The clockwork of the records: what could not wait for a reply, and what may be forgotten. */
export class RecordsUpkeep {
  constructor(
    private readonly publisher: OutboxPublisher,
    private readonly records: Records,
    private readonly core: Core,
  ) {}

  /** Makes up for changes whose way into the journal was cut. */
  @Interval(2_000)
  async catchUp(): Promise<void> {
    if (!this.core.parts.records.up) return;
    await this.publisher.publish().catch((error: unknown) => this.core.parts.records.failed(error));
  }

  @Interval(3_600_000)
  async sweep(): Promise<void> {
    if (!this.core.parts.records.up) return;
    const now = this.core.clock.now();
    try {
      await this.records.idempotency.sweep(now);
      await this.records.refreshTokens.sweep(now - ENDED_TOKENS_MS);
    } catch (error) {
      this.core.parts.records.failed(error);
    }
  }
}
