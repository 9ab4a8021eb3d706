import {
  mergeDrafts,
  writeField,
  type AnswerValue,
  type CheckupForm,
  type DraftFields,
  type FieldPath,
} from '@anmai/lifecycle';
import type { CheckupTaskShape, MeShape } from '@anmai/wire';
import { betterFix, type ClockFix } from './clock-fix';
import {
  filesOf,
  formKey,
  greatestN,
  type DraftRow,
  type FileRow,
  type Picture,
  type TaskRow,
} from './phone-shapes';
import { changeId, type Change, type PhoneShelf } from './phone-store';
import { notKept } from './phone-problem';

/**
 * Numbers that are left out at each opening. The last writes before the telephone was switched off may be at the server
 * without being on its own disk; a number that is given twice would let the older answer win. More than any hand types
 * in the seconds that a disk takes.
 */
const WRITES_SKIPPED = 1_000;

const PATHS_OF = (checkupId: string, fields: DraftFields): Change[] =>
  Object.entries(fields).map(([path, field]) => ({ store: 'fields', put: { checkupId, path, field } }));

export interface NewFile {
  readonly row: FileRow;
  readonly blob: Blob;
}

/** What the server gave out. */
export interface Taken {
  readonly tasks: readonly CheckupTaskShape[];
  readonly forms: readonly CheckupForm[];
  readonly isCut: boolean;
}

/**
 * What the telephone knows, in memory and on its disk. Memory first, so that typing never waits; what the disk refuses is
 * shown, never swallowed.
 */
export class FieldBook {
  private readonly listeners = new Set<() => void>();
  /** The newest change of each thing, and those that the disk refused: they are in memory alone. */
  private readonly newest = new Map<string, Change>();
  private readonly owed = new Map<string, Change>();
  private owedFault: string | null = null;
  /** Why the last files did not fit; what was refused was not taken into memory either. */
  private fileFault: string | null = null;

  private constructor(
    private readonly store: PhoneShelf,
    private picture: Picture,
    private writes: number,
    /** Tokens of the log-in as it was when this was opened. */
    readonly session: string | null,
    private readonly now: () => number,
  ) {}

  static async open(store: PhoneShelf, newDeviceId: () => string, now: () => number): Promise<FieldBook> {
    const { kv, rows, ...kept } = await store.load();
    const deviceId = (kv.get('deviceId') as string | undefined) ?? newDeviceId();
    const fields = new Map<string, DraftFields>();
    for (const { checkupId, path, field } of rows) {
      fields.set(checkupId, { ...fields.get(checkupId), [path]: field });
    }
    const picture: Picture = {
      ...kept,
      fields,
      deviceId,
      me: (kv.get('me') as MeShape | undefined) ?? null,
      clock: (kv.get('clock') as ClockFix | undefined) ?? null,
      isCut: kv.get('isCut') === true,
      takenAt: (kv.get('takenAt') as number | undefined) ?? null,
      storageFault: null,
      unkept: 0,
    };
    const session = (kv.get('session') as string | null | undefined) ?? null;
    const stored = (kv.get('writes') as number | undefined) ?? 0;
    const synced = [...kept.drafts.values()].map(draft => draft.syncedN);
    const writes =
      WRITES_SKIPPED +
      Math.max(stored, ...synced, ...[...fields.values()].map(each => greatestN(each, deviceId)));
    const book = new FieldBook(store, picture, writes, session, now);
    const begun: Change[] = [
      { store: 'kv', key: 'deviceId', put: deviceId },
      { store: 'kv', key: 'writes', put: writes },
    ];
    await book.keep(begun, {}, 'strict');
    return book;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  get = (): Picture => this.picture;

  blob(key: string): Promise<Blob | null> {
    return this.store.blob(key);
  }

  logIn(me: MeShape): Promise<void> {
    return this.keep([{ store: 'kv', key: 'me', put: me }], { me }, 'strict');
  }

  keepSession(session: string | null): Promise<void> {
    return this.keep([{ store: 'kv', key: 'session', put: session }], {}, 'strict');
  }

  noteClock(fresh: ClockFix): Promise<void> {
    const clock = betterFix(this.picture.clock, fresh);
    if (clock === this.picture.clock) return Promise.resolve();
    return this.keep([{ store: 'kv', key: 'clock', put: clock }], { clock });
  }

  /** One answer, at a key stroke. */
  write(checkupId: string, path: FieldPath, value: AnswerValue): Promise<void> {
    this.writes += 1;
    const { deviceId, me } = this.picture;
    const write = { value, at: this.now(), deviceId, n: this.writes, by: me?.username ?? '' };
    const known = this.picture.fields.get(checkupId) ?? {};
    const field = writeField(known[path], write);
    const fields = new Map(this.picture.fields).set(checkupId, { ...known, [path]: field });
    const changes: Change[] = [
      { store: 'fields', put: { checkupId, path, field } },
      { store: 'kv', key: 'writes', put: this.writes },
    ];
    return this.keep(changes, { fields });
  }

  /** What the server, and through it another device, has. */
  merge(checkupId: string, theirs: DraftFields): Promise<void> {
    const merged = mergeDrafts(this.picture.fields.get(checkupId) ?? {}, theirs);
    this.numberAfter(merged);
    const fields = new Map(this.picture.fields).set(checkupId, merged);
    return this.keep(PATHS_OF(checkupId, merged), { fields });
  }

  /** What comes next is newer than anything that this device is known to have written. */
  private numberAfter(fields: DraftFields): void {
    this.writes = Math.max(this.writes, greatestN(fields, this.picture.deviceId));
  }

  putDraft(draft: DraftRow): Promise<void> {
    const drafts = new Map(this.picture.drafts).set(draft.checkupId, draft);
    return this.keep([{ store: 'drafts', put: draft }], { drafts }, 'strict');
  }

  patchDraft(checkupId: string, patch: Partial<DraftRow>): Promise<void> {
    const draft = this.picture.drafts.get(checkupId);
    return draft === undefined ? Promise.resolve() : this.putDraft({ ...draft, ...patch });
  }

  /** A check-up that another began on this telephone, with its files: from now on whoever is logged in sends it. */
  takeOver(checkupId: string): Promise<void> {
    const draft = this.picture.drafts.get(checkupId);
    const owner = this.picture.me?.username;
    if (draft === undefined || owner === undefined) return Promise.resolve();
    const own = filesOf(this.picture, checkupId).map(file => ({ ...file, owner }));
    const changes: Change[] = [
      { store: 'drafts', put: { ...draft, owner } },
      ...own.map(file => ({ store: 'files', put: file }) as const),
    ];
    const drafts = new Map(this.picture.drafts).set(checkupId, { ...draft, owner });
    const files = new Map([...this.picture.files, ...own.map(file => [file.key, file] as const)]);
    return this.keep(changes, { drafts, files }, 'strict');
  }

  /** What was given out, and the forms for it. What is no longer given out goes, unless something was written on it. */
  takeAlong(reply: Taken, owner: string): Promise<void> {
    const { tasks, forms, isCut } = reply;
    const takenAt = this.now();
    const rows = tasks.map((task): TaskRow => ({ id: task.id, owner, task, takenAt }));
    const gone = [...this.picture.tasks.values()].filter(
      row =>
        row.owner === owner && !this.picture.drafts.has(row.id) && !tasks.some(task => task.id === row.id),
    );
    const nextTasks = new Map(this.picture.tasks);
    for (const { id } of gone) nextTasks.delete(id);
    for (const row of rows) nextTasks.set(row.id, row);
    const nextForms = new Map(this.picture.forms);
    for (const form of forms) nextForms.set(formKey(form), form);
    const nextFields = new Map(this.picture.fields);
    for (const { id, fields } of tasks) nextFields.set(id, mergeDrafts(nextFields.get(id) ?? {}, fields));
    for (const { id } of tasks) this.numberAfter(nextFields.get(id) ?? {});
    const changes: Change[] = [
      ...rows.map(row => ({ store: 'tasks', put: row }) as const),
      ...gone.map(({ id }) => ({ store: 'tasks', remove: id }) as const),
      ...forms.map(form => ({ store: 'forms', key: formKey(form), put: form }) as const),
      ...tasks.flatMap(({ id }) => PATHS_OF(id, nextFields.get(id) ?? {})),
      { store: 'kv', key: 'takenAt', put: takenAt },
      { store: 'kv', key: 'isCut', put: isCut },
    ];
    const patch = { tasks: nextTasks, forms: nextForms, fields: nextFields, takenAt, isCut };
    return this.keep(changes, patch, 'strict');
  }

  /**
   * The rows and their bytes, all or none. Shown once they are on the disk: what names a file may count on it. Rejects with
   * ApiProblem.
   */
  async addFiles(files: readonly NewFile[]): Promise<void> {
    const rows = files.map(({ row }) => this.withReceipt(row));
    const changes = files.flatMap(({ blob }, i): Change[] => [
      { store: 'files', put: rows[i] },
      { store: 'blobs', key: rows[i]!.key, put: blob },
    ]);
    this.show({ unkept: this.picture.unkept + 1 });
    try {
      await this.store.apply(changes, 'strict');
    } catch (error) {
      this.fileFault = String(error);
      this.settle();
      throw notKept(error);
    }
    this.fileFault = null;
    for (const change of changes) this.owed.delete(changeId(change));
    this.settle({ files: new Map([...this.picture.files, ...rows.map(row => [row.key, row] as const)]) });
    this.payOwed();
  }

  private withReceipt(row: FileRow): FileRow {
    const known = this.picture.files.get(row.key);
    return known?.receipt ? { ...row, receipt: known.receipt, sentBytes: known.bytes } : row;
  }

  /** `isLive`: progress alone, which need not be kept. */
  patchFile(key: string, patch: Partial<FileRow>, isLive = false): Promise<void> {
    const file = this.picture.files.get(key);
    if (file === undefined) return Promise.resolve();
    const files = new Map(this.picture.files).set(key, { ...file, ...patch });
    if (!isLive) return this.keep([{ store: 'files', put: { ...file, ...patch } }], { files }, 'strict');
    this.show({ files });
    return Promise.resolve();
  }

  /** Frees the room of files that have their receipt; no others, whatever was asked. */
  clear(keys: readonly string[]): Promise<void> {
    const files = new Map(this.picture.files);
    const received = keys.filter(key => files.get(key)?.receipt);
    for (const key of received) files.set(key, { ...files.get(key)!, isCleared: true });
    if (received.length === 0) return Promise.resolve();
    const changes = received.flatMap((key): Change[] => [
      { store: 'blobs', remove: key },
      { store: 'files', put: files.get(key) },
    ]);
    return this.keep(changes, { files }, 'strict');
  }

  private async keep(
    changes: readonly Change[],
    patch: Partial<Picture>,
    durability: 'strict' | 'relaxed' = 'relaxed',
  ): Promise<void> {
    this.show({ ...patch, unkept: this.picture.unkept + 1 });
    const isKept = await this.attempt(changes, durability);
    this.settle();
    if (isKept) this.payOwed();
  }

  /** Transactions over the same things run in the order in which they were begun. */
  private async attempt(changes: readonly Change[], durability: 'strict' | 'relaxed'): Promise<boolean> {
    const begun = changes.map(change => [changeId(change), change] as const);
    for (const [id, change] of begun) {
      this.newest.set(id, change);
      this.owed.delete(id);
    }
    try {
      await this.store.apply(changes, durability);
      return true;
    } catch (error) {
      this.owedFault = String(error);
      // What was written anew meanwhile is not put back.
      for (const [id, change] of begun) if (this.newest.get(id) === change) this.owed.set(id, change);
      return false;
    }
  }

  /** There is room again, it seems: what is in memory alone gets another try, each for itself, so that the small fit. */
  private payOwed(): void {
    for (const change of [...this.owed.values()]) {
      this.show({ unkept: this.picture.unkept + 1 });
      void this.attempt([change], 'strict').then(() => this.settle());
    }
  }

  /** A fault stays until that which was not kept is: that something else was kept says nothing of it. */
  private settle(patch: Partial<Picture> = {}): void {
    const unkept = this.picture.unkept - 1;
    if (this.owed.size === 0 && unkept === 0) this.owedFault = null;
    this.show({ ...patch, unkept, storageFault: this.owedFault ?? this.fileFault });
  }

  private show(patch: Partial<Picture>): void {
    this.picture = { ...this.picture, ...patch };
    for (const listener of this.listeners) listener();
  }
}
