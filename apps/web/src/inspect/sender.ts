import { answersOf, type CheckupForm, type DraftFields } from '@anmai/lifecycle';
import type { CheckupDraftShape, CheckupSubmitShape, CheckupTasksShape, MeShape, Problem } from '@anmai/wire';
import { problemFrom, type ApiClient } from '../session/api-client';
import { fixOf } from './clock-fix';
import type { FieldBook } from './field-book';
import { bytesGone } from './phone-problem';
import {
  filesOf,
  formKey,
  greatestN,
  isOfOther,
  type DraftRow,
  type FileRow,
  type Picture,
} from './phone-shapes';
import { deliver } from './upload';

export type SenderState =
  | { readonly kind: 'idle' | 'sending' }
  /** Out of reach; tried again by itself. */
  | { readonly kind: 'away' }
  /** The log-in has ended: everything is kept and waits. */
  | { readonly kind: 'login' }
  /** Somebody else is logged in than the one whose things wait. */
  | { readonly kind: 'other' };

/** A run that met neither a bad line nor an ended log-in. */
export const isThrough = ({ kind }: SenderState): boolean => kind === 'idle' || kind === 'other';

/** The line or the server, rather than what was sent. */
const isPassing = ({ status }: Problem): boolean =>
  status === 0 || status >= 500 || status === 429 || status === 408;
const isOfLogin = ({ status }: Problem): boolean => status === 401;
/** Ends a run: what follows would meet the same. */
class Stop extends Error {
  constructor(readonly state: SenderState) {
    super(state.kind);
  }
}

/** Own writes that the server does not have yet. */
export function unsyncedFields(picture: Picture, { checkupId, syncedN }: DraftRow): DraftFields {
  const fields = picture.fields.get(checkupId) ?? {};
  const isNew = (field: DraftFields[string]): boolean => (field[picture.deviceId]?.n ?? -1) > syncedN;
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => isNew(field)));
}

/** Waiting files, the small ones first: signatures get through where photos do not. */
export const waitingFiles = (picture: Picture, owner: string): readonly FileRow[] =>
  [...picture.files.values()]
    .filter(file => file.owner === owner && file.receipt === null && file.problem === null && !file.isDropped)
    .sort((a, b) => a.bytes - b.bytes || (a.key < b.key ? -1 : 1));

/** How many things are still on this telephone alone. */
export function waitingCount(picture: Picture): number {
  const mine = [...picture.drafts.values()].filter(draft => draft.owner === picture.me?.username);
  const unsent = mine.filter(draft => draft.state === 'ready').length;
  const files = [...picture.files.values()].filter(
    file => file.owner === picture.me?.username && file.receipt === null && !file.isDropped,
  );
  return unsent + files.length;
}

/**
 * Photos that another device took: it sends them, and they belong to the record all the same. What this one took and no
 * longer has is not named, so that the server refuses the record rather than waits for it.
 */
function photosElsewhere(picture: Picture, checkupId: string) {
  const fields = picture.fields.get(checkupId) ?? {};
  const held = new Set(filesOf(picture, checkupId).map(file => file.id));
  const shown = Object.entries(answersOf(fields)).flatMap(([path, answer]) =>
    answer.kind === 'photos' ? answer.ids.map(id => ({ id, path })) : [],
  );
  const isTheirs = (id: string, path: string): boolean =>
    Object.values(fields[path] ?? {}).some(
      ({ deviceId, value }) =>
        deviceId !== picture.deviceId && value.kind === 'photos' && value.ids.includes(id),
    );
  const away = shown.filter(({ id, path }) => !held.has(id) && isTheirs(id, path));
  // The same picture may be in two answers; it is one file.
  return [...new Map(away.map(each => [each.id, each])).values()].map(
    ({ id, path }) => ({ fileId: id, sha256: id, kind: 'photo', path }) as const,
  );
}

/** Is something done here that only somebody else than who is logged in can send? */
export const othersWait = (picture: Picture): boolean =>
  [...picture.drafts.values()].some(draft => isOfOther(picture, draft) && draft.state === 'ready') ||
  [...picture.files.values()].some(
    file => file.owner !== picture.me?.username && file.receipt === null && !file.isDropped,
  );

/** What the server takes as the submission of a draft; the same draft gives the same body. */
export function submissionOf(picture: Picture, draft: DraftRow, now: number) {
  const files = filesOf(picture, draft.checkupId);
  return {
    deviceId: picture.deviceId,
    deviceAt: now,
    form: draft.form,
    fields: picture.fields.get(draft.checkupId) ?? {},
    signatures: draft.signers.flatMap(({ fileId, signedAt, username, name, certificate }) =>
      fileId === null || signedAt === null
        ? []
        : [{ username, name, certificate: certificate === '' ? null : certificate, fileId, signedAt }],
    ),
    attachments: [
      ...files.map(({ id, kind, path }) => ({ fileId: id, sha256: id, kind, path })),
      ...photosElsewhere(picture, draft.checkupId),
    ],
    startedAt: draft.startedAt,
    finishedAt: draft.finishedAt ?? now,
  };
}

/** Brings what is on the telephone to the server, one thing after the other, as often as it takes. */
export class Sender {
  private running: Promise<void> | null = null;
  private isAskedAgain = false;
  private state: SenderState = { kind: 'idle' };
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly api: ApiClient,
    private readonly book: FieldBook,
    private readonly now: () => number,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  get = (): SenderState => this.state;

  /** One run at a time; what is asked for while one goes is looked at after it. */
  run(): Promise<void> {
    if (this.running !== null) {
      this.isAskedAgain = true;
      return this.running;
    }
    this.running = this.sendAll().finally(() => {
      this.running = null;
      const isDue = this.isAskedAgain && isThrough(this.state);
      this.isAskedAgain = false;
      if (isDue) void this.run();
    });
    return this.running;
  }

  /** Tasks with building, last results and forms. Rejects with ApiProblem. */
  async takeAlong(): Promise<void> {
    const me = await this.hello();
    const reply = await this.api.get<CheckupTasksShape>('/checkups/tasks');
    const known = this.book.get().forms;
    const forms: CheckupForm[] = [];
    for (const ref of reply.forms) {
      if (known.has(formKey(ref))) continue;
      forms.push(await this.api.get<CheckupForm>(`/checkups/forms/${ref.id}/${ref.version}`));
    }
    await this.book.takeAlong({ tasks: reply.items, forms, isCut: reply.cut }, me.username);
    for (const { id, state } of reply.items) {
      if (state === 'returned' && this.book.get().drafts.get(id)?.state === 'sent')
        await this.book.patchDraft(id, { state: 'open', problem: null });
    }
  }

  /** Who is logged in; each answer also tells the time. */
  async hello(): Promise<MeShape> {
    const askedAt = this.now();
    const response = await this.api.open('/me', {});
    const fix = fixOf(askedAt, this.now(), response.headers.get('date'));
    if (fix !== null) await this.book.noteClock(fix);
    if (response.status === 401) throw new Stop({ kind: 'login' });
    if (!response.ok) throw new Stop({ kind: 'away' });
    const me = (await response.json()) as MeShape;
    await this.book.logIn(me);
    return me;
  }

  private async sendAll(): Promise<void> {
    if (!this.api.session.isOpen()) return this.show({ kind: 'login' });
    this.show({ kind: 'sending' });
    try {
      const me = await this.hello();
      const mine = [...this.book.get().drafts.values()].filter(draft => draft.owner === me.username);
      for (const draft of mine) await this.sendDraft(draft);
      for (const file of waitingFiles(this.book.get(), me.username)) await this.sendFile(file);
      this.show({ kind: othersWait(this.book.get()) ? 'other' : 'idle' });
    } catch (error) {
      if (error instanceof Stop) return this.show(error.state);
      const { problem } = problemFrom(error);
      this.show({ kind: isOfLogin(problem) ? 'login' : 'away' });
    }
  }

  private async sendDraft(draft: DraftRow): Promise<void> {
    const { checkupId, state } = draft;
    if (draft.problem !== null || state === 'sent') return;
    await this.guarded(
      async () => {
        if (state === 'ready') return this.submit(draft);
        const fields = unsyncedFields(this.book.get(), draft);
        if (Object.keys(fields).length === 0) return;
        const { deviceId } = this.book.get();
        const body = { deviceId, deviceAt: this.now(), fields };
        const reply = await this.api.post<CheckupDraftShape>(`/checkups/${checkupId}/draft`, body);
        await this.book.merge(checkupId, reply.fields);
        await this.book.patchDraft(checkupId, { syncedN: greatestN(fields, deviceId) });
      },
      problem => this.book.patchDraft(checkupId, { problem }),
    );
  }

  private async submit(draft: DraftRow): Promise<void> {
    const body = submissionOf(this.book.get(), draft, this.now());
    const { record } = await this.api.post<CheckupSubmitShape>(`/checkups/${draft.checkupId}/submit`, body);
    const { deviceId } = this.book.get();
    await this.book.patchDraft(draft.checkupId, {
      state: 'sent',
      record: { id: record.id, submittedAt: record.submittedAt },
      syncedN: greatestN(body.fields, deviceId),
    });
  }

  private async sendFile(file: FileRow): Promise<void> {
    const blob = await this.book.blob(file.key);
    if (blob === null) return this.book.patchFile(file.key, { problem: bytesGone().problem, sentBytes: 0 });
    const watch = {
      onUrl: (uploadUrl: string) => void this.book.patchFile(file.key, { uploadUrl }),
      onProgress: (sentBytes: number) => void this.book.patchFile(file.key, { sentBytes }, true),
    };
    await this.guarded(
      async () => {
        const receipt = await deliver(this.api, file, blob, watch);
        await this.book.patchFile(file.key, { receipt, sentBytes: file.bytes, uploadUrl: null });
      },
      problem => this.book.patchFile(file.key, { problem, uploadUrl: null, sentBytes: 0 }),
    );
  }

  /** What the server refuses for good is noted at the thing, and the others go on; a bad line ends the run. */
  private async guarded(
    work: () => Promise<void>,
    refused: (problem: Problem) => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Stop) throw error;
      const { problem } = problemFrom(error);
      if (isOfLogin(problem)) throw new Stop({ kind: 'login' });
      if (isPassing(problem)) throw new Stop({ kind: 'away' });
      await refused(problem);
    }
  }

  private show(state: SenderState): void {
    if (state.kind === this.state.kind) return;
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
