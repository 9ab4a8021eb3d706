import type { DraftFields } from '@anmai/lifecycle';
import type { ApiClient } from '../session/api-client';
import type { FieldBook } from './field-book';
import type { DraftRow, FileRow, Picture } from './phone-shapes';
import { othersWait, Sender, submissionOf, unsyncedFields, waitingCount, waitingFiles } from './sender';
import { fileRow } from './take-photo';

const SHA = (digit: string): string => digit.repeat(64);
const draft = (over: Partial<DraftRow> = {}): DraftRow => ({
  checkupId: 'c1',
  owner: 'wang',
  form: { id: 'checkup-masonry', version: 1 },
  state: 'open',
  startedAt: 100,
  finishedAt: null,
  signers: [],
  syncedN: 0,
  record: null,
  problem: null,
  ...over,
});
const file = (digit: string, over: Partial<FileRow> = {}): FileRow => ({
  ...fileRow({
    ...{ id: SHA(digit), owner: 'wang', checkupId: 'c1', path: 'ground.photos', kind: 'photo' },
    ...{ type: 'image/jpeg', bytes: 1_000, meta: {}, thumb: null },
  }),
  ...over,
});
const receipt = { id: 'file-1', sha256: SHA('a'), bytes: 1_000, receivedAt: '2026-11-28T00:00:00.000Z' };
const problem = { type: '', title: '', status: 422, code: 'FIL-001', detail: '', remedy: '' };
const picture = (files: readonly FileRow[], over: Partial<Picture> = {}): Picture => ({
  me: { username: 'wang', displayName: '王建国', role: 'inspector', orgId: 'agency' },
  deviceId: 'phone-1',
  clock: null,
  takenAt: null,
  isCut: false,
  tasks: new Map(),
  forms: new Map(),
  drafts: new Map([['c1', draft()]]),
  fields: new Map(),
  files: new Map(files.map(each => [each.key, each])),
  storageFault: null,
  unkept: 0,
  ...over,
});
const write = (deviceId: string, n: number) => ({
  ...{ deviceId, n, at: 1, offsetMs: null, by: 'wang', seen: {} },
  value: { kind: 'text', text: 'x' } as const,
});

it('sends the small files first, and none that was received, refused, dropped or is another’s', () => {
  const files = [
    file('a', { bytes: 900 }),
    file('b', { bytes: 10, kind: 'signature' }),
    file('c', { receipt }),
    file('d', { problem }),
    file('e', { isDropped: true }),
    file('f', { owner: 'li' }),
  ];
  expect(waitingFiles(picture(files), 'wang').map(each => each.id[0])).toEqual(['b', 'a']);
});

it('counts what is on this telephone alone: refused things too, since they are not at the server', () => {
  const files = [file('a'), file('c', { receipt }), file('d', { problem }), file('e', { isDropped: true })];
  expect(waitingCount(picture(files))).toBe(2);
  expect(waitingCount(picture(files, { drafts: new Map([['c1', draft({ state: 'ready' })]]) }))).toBe(3);
  expect(waitingCount(picture([], { drafts: new Map([['c1', draft({ state: 'sent' })]]) }))).toBe(0);
});

it('sends the own writes that are new, each once', () => {
  const fields: DraftFields = {
    old: { 'phone-1': write('phone-1', 4) },
    fresh: { 'phone-1': write('phone-1', 5), tablet: write('tablet', 9) },
    theirs: { tablet: write('tablet', 10) },
  };
  const one = picture([], { fields: new Map([['c1', fields]]) });
  expect(Object.keys(unsyncedFields(one, draft({ syncedN: 4 })))).toEqual(['fresh']);
  expect(unsyncedFields(one, draft({ syncedN: 5 }))).toEqual({});
});

it('submits the same body for the same draft whenever it is sent, but for the clock', () => {
  const signer = { username: 'wang', name: '王建国', certificate: '', fileId: SHA('b'), signedAt: 900 };
  const unsigned = { ...signer, fileId: null, signedAt: null };
  const done = draft({ state: 'ready', finishedAt: 1_000, signers: [signer, unsigned] });
  const one = picture([file('a'), file('c', { receipt }), file('e', { isDropped: true })]);
  const [first, second] = [submissionOf(one, done, 2_000), submissionOf(one, done, 9_000)];
  expect({ ...second, deviceAt: 2_000 }).toEqual(first);
  expect(first).toMatchObject({ startedAt: 100, finishedAt: 1_000 });
  expect(first.signatures).toEqual([
    { username: 'wang', name: '王建国', certificate: null, fileId: SHA('b'), signedAt: 900 },
  ]);
  expect(first.attachments.map(each => each.sha256[0])).toEqual(['a', 'c']);
});

it('names photos of another device as belonging to the record, and none that this one has lost', () => {
  const photos = (deviceId: string, ...ids: string[]) => ({
    ...{ ...write(deviceId, 1), value: { kind: 'photos', ids: ids.map(SHA) } as const },
  });
  const fields: DraftFields = {
    'roof.photos': { tablet: photos('tablet', 'b') },
    'ground.photos': {
      tablet: photos('tablet', 'b'),
      'phone-1': { ...photos('phone-1', 'a', 'b', 'f'), n: 2, seen: { tablet: 1 } },
    },
  };
  const one = picture([file('a')], { fields: new Map([['c1', fields]]) });
  expect(submissionOf(one, draft(), 2_000).attachments).toEqual([
    { fileId: SHA('a'), sha256: SHA('a'), kind: 'photo', path: 'ground.photos' },
    { fileId: SHA('b'), sha256: SHA('b'), kind: 'photo', path: 'ground.photos' },
  ]);
});

it('says of a file whose bytes are gone that they are, rather than to pass it over', async () => {
  const patches: unknown[] = [];
  const book = {
    get: () => picture([file('a')], { drafts: new Map() }),
    blob: () => Promise.resolve(null),
    ...{ logIn: () => Promise.resolve(), noteClock: () => Promise.resolve() },
    patchFile: (key: string, patch: Partial<FileRow>) =>
      Promise.resolve(void patches.push([key, patch.problem?.code])),
  };
  const api = {
    session: { isOpen: () => true },
    open: () => Promise.resolve(Response.json({ username: 'wang' })),
  };
  const sender = new Sender(api as unknown as ApiClient, book as unknown as FieldBook, () => 1);
  await sender.run();
  expect(patches).toEqual([[`c1/${SHA('a')}`, 'WEB-004']]);
  expect(sender.get()).toEqual({ kind: 'idle' });
});

it.each<[string, readonly FileRow[], DraftRow, boolean]>([
  ['nothing of others', [file('a')], draft({ state: 'ready' }), false],
  ['a check-up of another that is not done', [], draft({ owner: 'li' }), false],
  [
    'a check-up of another that is on record',
    [file('a', { owner: 'li', receipt })],
    draft({ owner: 'li', state: 'sent' }),
    false,
  ],
  ['a check-up of another that is done', [], draft({ owner: 'li', state: 'ready' }), true],
  ['a photo of another', [file('a', { owner: 'li' })], draft({ owner: 'li' }), true],
])('says whether somebody else has to log in: %s', (_, files, own, expected) => {
  expect(othersWait(picture(files, { drafts: new Map([['c1', own]]) }))).toBe(expected);
});
