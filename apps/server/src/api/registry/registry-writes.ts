import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOG, REGISTRY, type RegistryPublisher } from '../ports';

/** A reply waits no longer than this for the journal. */
export const PUBLISH_WAIT_MS = 5_000;

/**
 * After each write: moves the outbox into the journal before the reply leaves, so that a device may send as soon as
 * its creation is answered. When the journal is away the reply leaves all the same: the outbox keeps the change.
 */
@Injectable()
export class RegistryWrites {
  constructor(
    @Inject(REGISTRY) private readonly registry: RegistryPublisher,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async published<T>(written: Promise<T>): Promise<T> {
    const value = await written;
    await this.publish();
    return value;
  }

  async publish(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${PUBLISH_WAIT_MS} ms`)), PUBLISH_WAIT_MS);
    });
    try {
      await Promise.race([this.registry.publish(), tooLong]);
    } catch (error) {
      this.log.warn({ err: error }, 'registry change waits in the outbox');
    } finally {
      clearTimeout(timer);
    }
  }
}
