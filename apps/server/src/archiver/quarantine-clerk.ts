import type { Journal, Seq } from '@anmai/journal';
import type { QuarantineRecord, Quarantine } from '@anmai/postgres';
import type { JournalBody, QuarantineNote } from '@anmai/wire';
import type { Part } from '../core/part';
import { RetryLoop, type Turn } from '../core/retry-loop';

export const CLERK = 'clerk';
const PAGE_ENTRIES = 2_000;
const LINGER_MS = 100;
/** Entries without notes after which the checkpoint is saved anyway, so that the journal can be trimmed. */
const CHECKPOINT_ENTRIES = 20_000;

/**
 * Follows the journal and files its quarantine notes in the records. A reader of its own: PostgreSQL being away holds up
 * neither readings nor alarms.
 */
export class QuarantineClerk {
  private position: Seq;
  private saved: Seq;
  private readonly loop: RetryLoop;
  private release: () => void = () => {};

  constructor(
    private readonly journal: Journal<JournalBody>,
    private readonly quarantine: Quarantine,
    private readonly part: Part,
  ) {
    this.position = this.saved = journal.checkpoint(CLERK).seq;
    const failed = (error: unknown): void => this.part.failed(error);
    this.loop = new RetryLoop({ turn: () => this.turn(), failed, lingerMs: LINGER_MS });
  }

  start(): void {
    this.release = this.journal.onAppended(() => this.loop.wake());
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.release();
    await this.loop.stop();
    if (this.part.up) await this.loop.drain();
    await this.save();
  }

  private async turn(): Promise<Turn> {
    const entries = this.journal.read(this.position, PAGE_ENTRIES);
    const last = entries[entries.length - 1];
    if (last === undefined) return 'idle';
    const notes = entries.flatMap(entry =>
      entry.body.kind === 'quarantine' ? [recordOf(entry.body.note)] : [],
    );
    if (notes.length > 0) await this.quarantine.put(notes);
    this.position = last.seq;
    if (notes.length > 0 || this.position - this.saved >= CHECKPOINT_ENTRIES) await this.save();
    return 'more';
  }

  private async save(): Promise<void> {
    if (this.position === this.saved) return;
    await this.journal.saveCheckpoint(CLERK, { seq: this.position, memo: null });
    this.saved = this.position;
  }
}

const recordOf = ({ at, ...note }: QuarantineNote): QuarantineRecord => ({ ...note, lastAt: at });
