import { Interval } from '@nestjs/schedule';
import { sweepUploads } from '@anmai/files';
import type { Core } from './core';

/** Forgets uploads that broke off long ago. */
export class FilesUpkeep {
  constructor(
    private readonly core: Core,
    private readonly folder: string,
  ) {}

  @Interval(3_600_000)
  async sweep(): Promise<void> {
    const { clock, log } = this.core;
    try {
      const removed = await sweepUploads(this.folder, clock.now());
      if (removed > 0) log.info({ removed }, 'uploads that broke off long ago were removed');
    } catch (error) {
      log.warn({ error }, 'broken uploads could not be removed');
    }
  }
}
