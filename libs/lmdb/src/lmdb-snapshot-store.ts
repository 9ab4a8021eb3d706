import {
  INCIDENT_SNAPSHOT_VERSION,
  SNAPSHOT_VERSION,
  type AlarmChange,
  type IncidentChange,
  type KeptComposites,
  type KeptIncidents,
  type KeptState,
  type SensorSnapshot,
  type SnapshotStore,
  type StateDelta,
} from '@anmai/alarms';
import type { LmdbEnv } from './lmdb-env';
import { RegistryCopy } from './registry-copy';

const SENSOR = 's/';
const UNSENT = 'unsent';
const COMPOSITES = 'composites';
const INCIDENTS = 'incidents';
const UNSENT_INCIDENTS = 'unsent-incidents';
const HEAD = 'head';

type Head = Pick<StateDelta, 'seq' | 'watching'> & { readonly version: number };

/** Monitor state as JSON in the environment of the journal: state and journal are never from different moments. */
export class LmdbSnapshotStore implements SnapshotStore {
  private readonly registry: RegistryCopy;

  constructor(private readonly env: LmdbEnv) {
    this.registry = new RegistryCopy(env.state, 'd/');
  }

  load(): KeptState | null {
    const head = this.read<Head>(HEAD);
    if (head === null || head.version !== SNAPSHOT_VERSION) return null;
    const { seq, watching } = head;
    const unsent = this.read<AlarmChange[]>(UNSENT) ?? [];
    const composites = this.read<KeptComposites>(COMPOSITES) ?? { open: [], onsets: [] };
    const registry = this.registry.changes();
    const unsentIncidents = this.read<IncidentChange[]>(UNSENT_INCIDENTS) ?? [];
    const kept = { composites, incidents: this.incidents(), unsent, unsentIncidents };
    return { seq, watching, registry, sensors: this.sensors(), ...kept };
  }

  async save(delta: StateDelta): Promise<void> {
    const { seq, watching, registry, sensors, removed, composites, incidents, unsent } = delta;
    const { root, state, requireRoom } = this.env;
    // As bytes before the transaction, in which nobody else gets a turn; and bytes take less room than the objects.
    const copies: (readonly [string, Buffer])[] = [];
    for await (const [id, snapshot] of sensors) copies.push([SENSOR + id, json(snapshot)]);
    if (incidents !== null) copies.push([INCIDENTS, json(incidents)]);
    const changes = this.registry.prepare(registry);
    requireRoom(copies.reduce((bytes, [, value]) => bytes + value.length, changes.bytes));
    await root.transaction(() => {
      for (const [key, value] of copies) void state.put(key, value);
      for (const id of removed) void state.remove(SENSOR + id);
      changes.write();
      void state.put(COMPOSITES, json(composites));
      void state.put(UNSENT, json(unsent));
      void state.put(UNSENT_INCIDENTS, json(delta.unsentIncidents));
      void state.put(HEAD, json({ version: SNAPSHOT_VERSION, seq, watching } satisfies Head));
    });
    await root.flushed;
  }

  private incidents(): KeptIncidents | null {
    const kept = this.read<KeptIncidents>(INCIDENTS);
    return kept?.engine.version === INCIDENT_SNAPSHOT_VERSION ? kept : null;
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
