import type { RegistryChange } from '@anmai/alarms';
import type { LmdbEnv } from './lmdb-env';

/** A copy of (part of) the registry, one record for each thing, so that a change costs its own bytes alone. */
export class RegistryCopy {
  /** `prefix`: where its keys begin; no other key of the state may begin so. */
  constructor(
    private readonly state: LmdbEnv['state'],
    private readonly prefix: string,
  ) {}

  /** All that is in it, as changes that would make it again. */
  *changes(): Iterable<RegistryChange> {
    const end =
      this.prefix.slice(0, -1) + String.fromCharCode(this.prefix.charCodeAt(this.prefix.length - 1) + 1);
    for (const { value } of this.state.getRange({ start: this.prefix, end }))
      yield JSON.parse(value.toString()) as RegistryChange;
  }

  /** To be done inside a transaction, in order. `bytes`: what it needs. */
  prepare(changes: readonly RegistryChange[]): { readonly bytes: number; readonly write: () => void } {
    const writes = changes.map(change => ({
      key: `${this.prefix}${change.kind}/${change.id}`,
      value: change.op === 'delete' ? null : Buffer.from(JSON.stringify(change)),
    }));
    return {
      bytes: writes.reduce((bytes, { value }) => bytes + (value?.length ?? 0), 0),
      write: () => {
        for (const { key, value } of writes) {
          if (value === null) void this.state.remove(key);
          else void this.state.put(key, value);
        }
      },
    };
  }
}
