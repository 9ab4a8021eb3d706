import { answersOf, type DraftFields } from '@anmai/lifecycle';
import type { CheckupTaskShape } from '@anmai/wire';
import { ApiProblem } from '../session/api-problem';
import { FieldBook } from './field-book';
import { changeId, type Change, type PhoneShelf } from './phone-store';
import { isOfOther, isShownTo } from './phone-shapes';
import { waitingFiles } from './sender';
import { fileRow } from './take-photo';

/** Rows by name, as a disk keeps them: what it refuses leaves no trace. */
class Disk implements PhoneShelf {
  readonly kept = new Map<string, Change>();
  refuses: (change: Change) => boolean = () => false;

  apply(changes: readonly Change[]): Promise<void> {
    if (changes.some(this.refuses)) return Promise.reject(new Error('QuotaExceededError'));
    for (const change of changes) this.kept.set(changeId(change), change);
    return Promise.resolve();
  }
  blob(key: string): Promise<Blob | null> {
    return Promise.resolve((this.kept.get(JSON.stringify(['blobs', key]))?.put as Blob | undefined) ?? null);
  }
  load(): ReturnType<PhoneShelf['load']> {
    const rows = <T>(store: string): T[] =>
      [...this.kept.values()].filter(each => each.store === store).map(each => each.put as T);
    const kv = [...this.kept.values()].filter(each => each.store === 'kv');
    return Promise.resolve({
      kv: new Map(kv.map(({ key, put }) => [key as string, put])),
      rows: rows('fields'),
      drafts: new Map(rows<{ checkupId: string }>('drafts').map(each => [each.checkupId, each])) as never,
      files: new Map(rows<{ key: string }>('files').map(each => [each.key, each])) as never,
      ...{ tasks: new Map(), forms: new Map() },
    });
  }
}

const open = (disk: Disk): Promise<FieldBook> => FieldBook.open(disk, () => 'phone-1', () => 1_000); // prettier-ignore
const text = (value: string) => ({ kind: 'text', text: value }) as const;
const photo = (id: string) => ({
  row: fileRow({
    ...{ id, owner: 'wang', checkupId: 'c1', path: 'ground.photos', kind: 'photo' as const },
    ...{ type: 'image/jpeg', bytes: 3, meta: {}, thumb: null },
  }),
  blob: new Blob(['abc']),
});
const isOf = (store: string) => (change: Change) => change.store === store;

describe('a disk that is full', () => {
  it('takes a photo back that did not fit, says so, and goes on saying so when something small fits', async () => {
    const disk = new Disk();
    const book = await open(disk);
    disk.refuses = isOf('blobs');
    const cause: unknown = await book.addFiles([photo('a'), photo('b')]).catch((error: unknown) => error);
    expect(cause).toBeInstanceOf(ApiProblem);
    expect((cause as ApiProblem).problem.code).toBe('WEB-003');
    expect([book.get().files.size, await book.blob('c1/a')]).toEqual([0, null]);
    await book.write('c1', 'storeys', text('6'));
    expect(book.get()).toMatchObject({ storageFault: 'Error: QuotaExceededError', unkept: 0 });
    disk.refuses = () => false;
    await book.addFiles([photo('a')]);
    expect(book.get()).toMatchObject({ storageFault: null, unkept: 0 });
    expect([[...book.get().files.keys()], await book.blob('c1/a')]).toEqual([['c1/a'], photo('a').blob]);
  });

  it('keeps an answer in memory, and writes it as soon as there is room', async () => {
    const disk = new Disk();
    const book = await open(disk);
    disk.refuses = isOf('fields');
    await book.write('c1', 'storeys', text('6'));
    disk.refuses = change => changeId(change).includes('storeys');
    await book.write('c1', 'roof', text('flat'));
    await vi.waitFor(() => expect(book.get().unkept).toBe(0));
    expect(book.get().storageFault).toBe('Error: QuotaExceededError');
    disk.refuses = () => false;
    await book.write('c1', 'roof', text('steep'));
    await vi.waitFor(() => expect(book.get()).toMatchObject({ storageFault: null, unkept: 0 }));
    expect((await open(disk)).get().fields.get('c1')).toEqual(book.get().fields.get('c1'));
  });

  it('does not put an older answer back over the newer one', async () => {
    const disk = new Disk();
    const book = await open(disk);
    disk.refuses = isOf('fields');
    const first = book.write('c1', 'storeys', text('6'));
    disk.refuses = () => false;
    await Promise.all([first, book.write('c1', 'storeys', text('7'))]);
    await vi.waitFor(() => expect(book.get()).toMatchObject({ storageFault: null, unkept: 0 }));
    expect((await open(disk)).get().fields.get('c1')?.['storeys']?.['phone-1']?.value).toEqual(text('7'));
  });
});

describe('numbers of writes, after the telephone was switched off before its disk had them', () => {
  const lost = (value: string, n: number): DraftFields => ({
    storeys: {
      'phone-1': {
        ...{ value: text(value), at: 9, offsetMs: 0, deviceId: 'phone-1', n, by: 'wang' },
        seen: {},
      },
    },
  });
  const shown = (book: FieldBook) => answersOf(book.get().fields.get('c1') ?? {})['storeys'];

  it('an answer that is given after opening wins over what the server has of the time before', async () => {
    const book = await open(new Disk());
    await book.write('c1', 'storeys', text('new'));
    await book.merge('c1', lost('old', 5));
    expect(shown(book)).toEqual(text('new'));
  });

  const task = { id: 'c1', fields: lost('old', 50_000) } as unknown as CheckupTaskShape;
  it.each<[string, (book: FieldBook) => Promise<void>]>([
    ['merge', book => book.merge('c1', lost('old', 50_000))],
    ['taking along', book => book.takeAlong({ tasks: [task], forms: [], isCut: false }, 'wang')],
  ])(
    'an answer that is given after a %s wins over what came with it, however high its number',
    async (_, bring) => {
      const book = await open(new Disk());
      await bring(book);
      await book.write('c1', 'storeys', text('new'));
      await bring(book);
      expect(shown(book)).toEqual(text('new'));
    },
  );

  it('goes on after the greatest number on the disk, which no opening gives twice', async () => {
    const disk = new Disk();
    const numberOf = async (): Promise<number> => {
      const book = await open(disk);
      // Written, and never on the disk.
      disk.refuses = () => true;
      await book.write('c1', 'storeys', text('x'));
      disk.refuses = () => false;
      return book.get().fields.get('c1')!['storeys']!['phone-1']!.n;
    };
    const [first, second] = [await numberOf(), await numberOf()];
    expect(second).toBeGreaterThan(first);
    await disk.apply([
      { store: 'fields', put: { checkupId: 'c2', path: 'storeys', field: lost('x', 70_000)['storeys'] } },
    ]);
    expect(await numberOf()).toBeGreaterThan(70_000);
    await disk.apply([{ store: 'drafts', put: { checkupId: 'c3', syncedN: 90_000 } }]);
    expect(await numberOf()).toBeGreaterThan(90_000);
  });
});

it('takes a check-up of another over with its files, so that it is sent', async () => {
  const disk = new Disk();
  await disk.apply([{ store: 'drafts', put: { checkupId: 'c1', owner: 'wang', state: 'open', syncedN: 0 } }]);
  const book = await open(disk);
  await book.addFiles([photo('a')]);
  await book.logIn({ username: 'li', displayName: '李', role: 'inspector', orgId: 'agency' });
  const isOther = () => isOfOther(book.get(), book.get().drafts.get('c1')!);
  expect([isOther(), waitingFiles(book.get(), 'li')]).toEqual([true, []]);
  await book.takeOver('c1');
  expect([isOther(), waitingFiles(book.get(), 'li').map(file => file.id)]).toEqual([false, ['a']]);
  const again = (await open(disk)).get();
  expect([again.drafts.get('c1')?.owner, again.files.get('c1/a')?.owner]).toEqual(['li', 'li']);
});

it('still shows a check-up to who began it, after a colleague took it along on the same telephone', async () => {
  const disk = new Disk();
  await disk.apply([{ store: 'drafts', put: { checkupId: 'c1', owner: 'wang', state: 'open', syncedN: 0 } }]);
  const book = await open(disk);
  const tasks = ['c1', 'c2'].map(id => ({ id, fields: {} }) as unknown as CheckupTaskShape);
  await book.takeAlong({ tasks, forms: [], isCut: false }, 'li');
  const me = { displayName: '', role: 'inspector', orgId: 'agency' } as const;
  const seenBy = async (username: string) => {
    await book.logIn({ ...me, username });
    return [...book.get().tasks.values()].filter(row => isShownTo(book.get(), row)).map(row => row.id);
  };
  expect([await seenBy('li'), await seenBy('wang')]).toEqual([['c1', 'c2'], ['c1']]);
});
