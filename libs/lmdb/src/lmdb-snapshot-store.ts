import {
  SNAPSHOT_VERSION,
  type AlarmChange,
  type DirectorySnapshot,
  type KeptState,
  type SensorSnapshot,
  type SnapshotStore,
  type StateDelta,
} from '@anmai/alarms';
import type { LmdbEnv } from './lmdb-env';

const SENSOR = 's/';
const DIRECTORY = 'directory';
const UNSENT = 'unsent';
const HEAD = 'head';

type Head = Pick<StateDelta, 'seq' | 'watching'> & { readonly version: number };

/** Monitor state as JSON in the environment of the journal: state and journal are never from different moments. */
export class LmdbSnapshotStore implements SnapshotStore {
  constructor(private readonly env: LmdbEnv) {}

  load(): KeptState | null {
    const head = this.read<Head>(HEAD);
    const directory = this.read<DirectorySnapshot>(DIRECTORY);
    if (head === null || directory === null || head.version !== SNAPSHOT_VERSION) return null;
    const unsent = this.read<AlarmChange[]>(UNSENT) ?? [];
    return { seq: head.seq, watching: head.watching, directory, sensors: this.sensors(), unsent };
  }

  async save(delta: StateDelta): Promise<void> {
    const { root, state, requireRoom } = this.env;
    // As bytes before the transaction, in which nobody else gets a turn; and bytes take less room than the objects.
    const sensors: (readonly [string, Buffer])[] = [];
    for await (const [id, snapshot] of delta.sensors) sensors.push([SENSOR + id, json(snapshot)]);
    const directory = delta.directory === null ? null : json(delta.directory);
    requireRoom(sensors.reduce((bytes, [, value]) => bytes + value.length, directory?.length ?? 0));
    await root.transaction(() => {
      for (const [key, value] of sensors) void state.put(key, value);
      for (const id of delta.removed) void state.remove(SENSOR + id);
      if (directory !== null) void state.put(DIRECTORY, directory);
      void state.put(UNSENT, json(delta.unsent));
      void state.put(
        HEAD,
        json({ version: SNAPSHOT_VERSION, seq: delta.seq, watching: delta.watching } satisfies Head),
      );
    });
    await root.flushed;
  }

  private *sensors(): Iterable<readonly [string, SensorSnapshot]> {
    for (const { key, value } of this.env.state.getRange({ start: SENSOR, end: 's0' })) {
      yield [key.slice(SENSOR.length), JSON.parse(value.toString()) as SensorSnapshot];
    }
  }

  private read<T>(key: string): T | null {
    const bytes = this.env.state.get(key);
    return bytes === undefined ? null : (JSON.parse(bytes.toString()) as T);
  }
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
