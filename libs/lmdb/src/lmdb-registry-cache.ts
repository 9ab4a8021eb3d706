import type { RegistryChange } from '@anmai/alarms';
import type { Seq } from '@anmai/journal';
import type { LmdbEnv } from './lmdb-env';

const PREFIX = 'g/';
const PREFIX_END = 'g0';
const HEAD = 'gateway-head';

/**
 * The gateway's copy of the registry, so that devices can log in and be understood while the records are away, even
 * right after a start. Holds hashes of secrets, never secrets.
 */
export class LmdbRegistryCache {
  constructor(private readonly env: LmdbEnv) {}

  /** `seq`: journal position that the copy stands for. */
  load(): { readonly seq: Seq; readonly changes: readonly RegistryChange[] } {
    const head = this.env.state.get(HEAD);
    const changes: RegistryChange[] = [];
    for (const { value } of this.env.state.getRange({ start: PREFIX, end: PREFIX_END })) {
      changes.push(JSON.parse(value.toString()) as RegistryChange);
    }
    return { seq: head === undefined ? 0 : Number(head.toString()), changes };
  }

  /** Applies the changes in order and moves to `seq`, durable once resolved. */
  async save(seq: Seq, changes: readonly RegistryChange[]): Promise<void> {
    const { root, state, requireRoom } = this.env;
    const writes = changes.map(change => ({
      key: `${PREFIX}${change.kind}/${change.id}`,
      value: change.op === 'delete' ? null : Buffer.from(JSON.stringify(change)),
    }));
    requireRoom(writes.reduce((bytes, { value }) => bytes + (value?.length ?? 0), 0));
    await root.transaction(() => {
      for (const { key, value } of writes) {
        if (value === null) void state.remove(key);
        else void state.put(key, value);
      }
      void state.put(HEAD, Buffer.from(String(seq)));
    });
    await root.flushed;
  }
}
