import type { RegistryChange } from '@anmai/alarms';
import type { Seq } from '@anmai/journal';
import type { LmdbEnv } from './lmdb-env';
import { RegistryCopy } from './registry-copy';

const HEAD = 'gateway-head';

/**
 * The gateway's copy of the registry, so that devices can log in and be understood while the records are away, even
 * right after a start. Holds hashes of secrets, never secrets.
 */
export class LmdbRegistryCache {
  private readonly copy: RegistryCopy;

  constructor(private readonly env: LmdbEnv) {
    this.copy = new RegistryCopy(env.state, 'g/');
  }

  /** `seq`: journal position that the copy stands for. */
  load(): { readonly seq: Seq; readonly changes: Iterable<RegistryChange> } {
    const head = this.env.state.get(HEAD);
    return { seq: head === undefined ? 0 : Number(head.toString()), changes: this.copy.changes() };
  }

  /** Applies the changes in order and moves to `seq`, durable once resolved. */
  async save(seq: Seq, changes: readonly RegistryChange[]): Promise<void> {
    const { root, state, requireRoom } = this.env;
    const { bytes, write } = this.copy.prepare(changes);
    requireRoom(bytes);
    await root.transaction(() => {
      write();
      void state.put(HEAD, Buffer.from(String(seq)));
    });
    await root.flushed;
  }
}
