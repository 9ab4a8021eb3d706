import { derivedId, type Millis } from '@anmai/kernel';
import type { QuarantineNote } from '@anmai/wire';

/** Bytes of a payload that are kept for whoever looks at it. */
export const QUARANTINE_PAYLOAD_BYTES_MAX = 4_096;
/** Different faults that are counted at a time; beyond it they share one note. */
export const OPEN_FAULTS_MAX = 1_000;
/** The same fault again within this time is counted, not written. */
export const REPEAT_MS = 10_000;

export interface Fault {
  readonly deviceId: string | null;
  readonly topic: string;
  readonly reason: string;
  /** What it is about (a channel, an address): faults that differ in it are counted apart. */
  readonly about: string;
  readonly detail: string;
  readonly payload: Uint8Array | null;
}

interface OpenFault {
  note: QuarantineNote;
  writtenAt: Millis;
  unwritten: boolean;
}

/**
 * Keeps a device that sends rubbish ten times a second from filling the journal: each fault is written at once when it
 * is new, and counted while it repeats. What is counted is written by `due`.
 */
export class QuarantineDesk {
  private readonly open = new Map<string, OpenFault>();
  /** Since the start; a metric. */
  total = 0;

  /** The note to write now, or null when it is one more of a fault that was just written. */
  take(fault: Fault, at: Millis): QuarantineNote | null {
    this.total++;
    const known = this.open.get(idOf(fault));
    if (known === undefined && this.open.size >= OPEN_FAULTS_MAX && fault.reason !== OVERFLOW) {
      return this.take(overflow(fault), at);
    }
    if (known === undefined || at - known.writtenAt >= REPEAT_MS) return this.write(fault, known ?? null, at);
    known.note = { ...known.note, at, count: known.note.count + 1 };
    known.unwritten = true;
    return null;
  }

  /** Counts that waited long enough. Faults that did not come again are forgotten. */
  due(at: Millis): QuarantineNote[] {
    const out: QuarantineNote[] = [];
    for (const [id, fault] of this.open) {
      if (at - fault.writtenAt < REPEAT_MS) continue;
      if (!fault.unwritten) this.open.delete(id);
      else out.push(fault.note);
      fault.unwritten = false;
      fault.writtenAt = at;
    }
    return out;
  }

  private write(fault: Fault, known: OpenFault | null, at: Millis): QuarantineNote {
    const { deviceId, topic, reason, detail } = fault;
    const payload = Uint8Array.from(
      (fault.payload ?? new Uint8Array()).subarray(0, QUARANTINE_PAYLOAD_BYTES_MAX),
    );
    const id = idOf(fault);
    const firstAt = known?.note.firstAt ?? at;
    const note = {
      id,
      deviceId,
      topic,
      reason,
      detail,
      payload,
      firstAt,
      at,
      count: (known?.note.count ?? 0) + 1,
    };
    this.open.set(id, { note, writtenAt: at, unwritten: false });
    return note;
  }
}

const OVERFLOW = 'too_many_faults';

const idOf = (fault: Fault): string =>
  derivedId('q', fault.deviceId ?? '', fault.topic, fault.reason, fault.about);

const overflow = (fault: Fault): Fault => ({
  deviceId: null,
  topic: '',
  reason: OVERFLOW,
  about: '',
  detail: `more than ${OPEN_FAULTS_MAX} different faults at a time; one of them is shown`,
  payload: fault.payload,
});
