import type { RegistryChange } from '@anmai/alarms';
import type { Journal, JournalEntry, Seq } from '@anmai/journal';
import type { LmdbRegistryCache } from '@anmai/lmdb';
import type { JournalBody } from '@anmai/wire';
import { RegistryView } from './registry-view';

export const GATEWAY = 'gateway';
const PAGE_ENTRIES = 2_000;

/**
 * Keeps the gateway's view of the registry at the head of the journal: a change is in force for the next message once
 * its entry is durable, and survives a restart without the records.
 */
export class RegistryKeeper {
  readonly view = new RegistryView();
  private position: Seq;
  private unsaved: RegistryChange[] = [];
  private saving: Promise<void> = Promise.resolve();
  private release: () => void = () => {};

  constructor(
    private readonly journal: Journal<JournalBody>,
    private readonly cache: LmdbRegistryCache,
    /** Told after credentials changed, so that sessions of revoked ones end. */
    private readonly credentialsChanged: (deviceIds: readonly string[]) => void,
  ) {
    const kept = cache.load();
    this.position = kept.seq;
    for (const change of kept.changes) this.view.apply(change);
  }

  start(): void {
    this.follow();
    this.release = this.journal.onAppended(() => this.follow());
  }

  stop(): void {
    this.release();
  }

  /** Makes the copy on disk stand for now. Called by the clockwork. */
  save(): Promise<void> {
    this.saving = this.saving.catch(() => undefined).then(() => this.saveNow());
    return this.saving;
  }

  private async saveNow(): Promise<void> {
    const changes = this.unsaved;
    this.unsaved = [];
    const seq = this.position;
    try {
      await this.cache.save(seq, changes);
    } catch (error) {
      // A later copy must not claim to stand for changes that it never got.
      this.unsaved = [...changes, ...this.unsaved];
      throw error;
    }
    await this.journal.saveCheckpoint(GATEWAY, { seq, memo: null });
  }

  /** In the same turn in which the entry became durable: whoever waited for it finds it in force. */
  private follow(): void {
    for (;;) {
      const entries = this.journal.read(this.position, PAGE_ENTRIES);
      for (const entry of entries) this.apply(entry);
      const last = entries[entries.length - 1];
      if (last === undefined) return;
      this.position = last.seq;
    }
  }

  private apply({ body }: JournalEntry<JournalBody>): void {
    if (body.kind !== 'registry') return;
    const devices = new Set<string>();
    for (const change of body.changes) {
      if (change.kind === 'credential' && change.value !== null && change.value.revoked)
        devices.add(change.value.deviceId);
      if (change.kind === 'device' && change.op === 'delete') devices.add(change.id);
      this.view.apply(change);
      this.unsaved.push(change);
    }
    if (devices.size > 0) this.credentialsChanged([...devices]);
  }
}
