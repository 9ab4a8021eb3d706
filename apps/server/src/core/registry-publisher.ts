import type { Clock } from '@anmai/kernel';
import type { Journal } from '@anmai/journal';
import type { RegistryChange } from '@anmai/alarms';
import type { Registry, RegistrySnapshot } from '@anmai/postgres';
import type { JournalBody } from '@anmai/wire';
import type { RegistryPublisher } from '../api';

/** Who remembers up to which version the journal knows the registry. */
export const REGISTRY = 'registry';
/** Changes of one journal entry. */
const CHANGES_MAX = 500;

/**
 * Moves registry changes from the outbox of the records into the journal, in order. A crash between the two steps
 * brings a change twice, which changes nothing.
 */
export class OutboxPublisher implements RegistryPublisher {
  private running: Promise<void> | null = null;
  private again = false;

  constructor(
    private readonly registry: Registry,
    private readonly journal: Journal<JournalBody>,
    private readonly clock: Clock,
  ) {}

  /** Resolves when all that was written before the call is in the journal. Calls at the same time share the work. */
  publish(): Promise<void> {
    this.again = true;
    this.running ??= this.run();
    return this.running;
  }

  /** A journal that knows nothing of a registry that exists (a new data folder, restored records) gets all of it. */
  async introduce(): Promise<void> {
    if (this.journal.checkpoint(REGISTRY).memo !== null) return;
    const snapshot = await this.registry.registrySnapshot();
    const changes = changesOf(snapshot);
    for (let i = 0; i < changes.length; i += CHANGES_MAX) {
      await this.append(snapshot.version, changes.slice(i, i + CHANGES_MAX));
    }
    await this.registry.markJournaled(snapshot.version);
    const { seq } = this.journal.checkpoint(REGISTRY);
    await this.journal.saveCheckpoint(REGISTRY, { seq, memo: String(snapshot.version) });
  }

  private async run(): Promise<void> {
    try {
      while (this.again) {
        this.again = false;
        await this.introduce();
        await this.moveAll();
      }
    } finally {
      // In the same turn as the last look at `again`, or a call in between would wait for nothing.
      this.running = null;
    }
  }

  private async moveAll(): Promise<void> {
    for (;;) {
      const rows = await this.registry.pendingRegistryChanges(CHANGES_MAX);
      const last = rows[rows.length - 1];
      if (last === undefined) return;
      await this.append(
        last.version,
        rows.map(row => row.change),
      );
      await this.registry.markJournaled(last.version);
    }
  }

  private async append(version: number, changes: readonly RegistryChange[]): Promise<void> {
    await this.journal.append(this.clock.now(), { kind: 'registry', version, changes });
  }
}

/** Organisations and assets first: what comes later refers to them. */
function changesOf(snapshot: RegistrySnapshot): RegistryChange[] {
  const put = <K extends string, V extends { readonly id: string }>(kind: K, values: readonly V[]) =>
    values.map(value => ({ kind, op: 'put' as const, id: value.id, value }));
  return [
    ...put('org', snapshot.orgs),
    ...put('asset', snapshot.assets),
    ...put('device', snapshot.devices),
    ...put('sensor', snapshot.sensors),
    ...put('rule', snapshot.rules),
    ...snapshot.credentials.map(value => ({
      kind: 'credential' as const,
      op: 'put' as const,
      id: value.username,
      value,
    })),
  ];
}
