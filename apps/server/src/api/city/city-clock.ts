import { Interval } from '@nestjs/schedule';
import { HOUR_MS, MINUTE_MS, type Clock, type Millis } from '@anmai/kernel';
import type { CityDesk } from './city-desk';

export interface CityClockOptions {
  readonly desk: Pick<CityDesk, 'keep'>;
  readonly clock: Clock;
  readonly isUp: () => boolean;
  readonly failed: (error: unknown) => void;
}

/** Keeps the state of the running month each hour: when the month ends, the last one is what it was. */
export class CityClock {
  private keptAt: Millis = -Infinity;
  private isKeeping = false;

  constructor(private readonly options: CityClockOptions) {}

  @Interval(MINUTE_MS)
  async look(): Promise<void> {
    const { desk, clock, isUp, failed } = this.options;
    if (this.isKeeping || !isUp() || clock.now() - this.keptAt < HOUR_MS) return;
    this.isKeeping = true;
    try {
      await desk.keep();
      this.keptAt = clock.now();
    } catch (error) {
      failed(error);
    } finally {
      this.isKeeping = false;
    }
  }
}
