import { AppError } from '@anmai/kernel';
import type { Journal } from '../journal.port';

/** What a suite needs of an implementation: a new empty one, and the same one opened again after a stop. */
export interface JournalUnderTest {
  open(bytesMax?: number): Promise<Journal<string>>;
  reopen(journal: Journal<string>): Promise<Journal<string>>;
}

const bodies = (journal: Journal<string>, after: number, limit = 1_000): string[] =>
  journal.read(after, limit).map(entry => entry.body);
const KEEP = { ageMsMax: 1_000, bytesMax: 1_000_000 };

/** The promises of Journal, for every adapter and for the memory journal other tests lean on. */
export function journalContract(name: string, under: () => JournalUnderTest): void {
  describe(`Journal: ${name}`, () => {
    it('numbers entries from 1 without holes, in the order of the calls', async () => {
      const journal = await under().open();
      const seqs = await Promise.all(['a', 'b', 'c'].map((body, i) => journal.append(i, body)));
      expect(seqs).toEqual([1, 2, 3]);
      expect(journal.read(0, 10)).toEqual([
        { seq: 1, receivedAt: 0, body: 'a' },
        { seq: 2, receivedAt: 1, body: 'b' },
        { seq: 3, receivedAt: 2, body: 'c' },
      ]);
      await journal.close();
    });

    it.each([
      ['from the start', 0, 2, ['a', 'b']],
      ['from the middle', 1, 10, ['b', 'c', 'd']],
      ['nothing behind the end', 4, 10, []],
    ])('reads %s', async (_name, after, limit, expected) => {
      const journal = await under().open();
      for (const body of ['a', 'b', 'c', 'd']) await journal.append(0, body);
      expect(bodies(journal, after, limit)).toEqual(expected);
      await journal.close();
    });

    it('keeps entries and checkpoints over a restart', async () => {
      const first = await under().open();
      await first.append(5, 'a');
      await first.append(6, '你好');
      await first.saveCheckpoint('archiver', { seq: 1, memo: '{"x":1}' });
      const journal = await under().reopen(first);
      expect(bodies(journal, 0)).toEqual(['a', '你好']);
      expect(journal.checkpoint('archiver')).toEqual({ seq: 1, memo: '{"x":1}' });
      expect(journal.checkpoint('monitor')).toEqual({ seq: 0, memo: null });
      expect(await journal.append(7, 'c')).toBe(3);
      expect(bodies(journal, 1)).toEqual(['你好', 'c']);
      await journal.close();
    });

    it('never lets receivedAt run backwards, whatever the clock does', async () => {
      const journal = await under().open();
      await journal.append(1_000, 'a');
      await journal.append(400, 'b');
      expect(journal.read(0, 9).map(entry => entry.receivedAt)).toEqual([1_000, 1_000]);
      await journal.close();
    });

    it('wakes those who follow it after the entry can be read, until they stop', async () => {
      const journal = await under().open();
      const seen: string[][] = [];
      const stop = journal.onAppended(() => seen.push(bodies(journal, 0)));
      await journal.append(0, 'a');
      stop();
      await journal.append(0, 'b');
      expect(seen).toEqual([['a']]);
      await journal.close();
    });

    it('trims only what every reader has passed and what is too old', async () => {
      const journal = await under().open();
      for (const [at, body] of [
        [0, 'a'],
        [10, 'b'],
        [5_000, 'c'],
        [5_010, 'd'],
      ] as const)
        await journal.append(at, body);
      await journal.saveCheckpoint('archiver', { seq: 4, memo: null });
      await journal.saveCheckpoint('monitor', { seq: 1, memo: null });
      expect(await journal.trim(['archiver', 'monitor'], 5_500, KEEP)).toBe(1);
      await journal.saveCheckpoint('monitor', { seq: 4, memo: null });
      expect(await journal.trim(['archiver', 'monitor'], 5_500, KEEP)).toBe(1);
      expect(journal.stats().firstSeq).toBe(3);
      expect(bodies(journal, 2)).toEqual(['c', 'd']);
      expect(() => journal.read(0, 9)).toThrow(AppError);
      await journal.close();
    });

    it('keeps what no reader has read, however old', async () => {
      const journal = await under().open();
      await journal.append(0, 'a');
      expect(await journal.trim(['archiver'], 1e12, { ageMsMax: 0, bytesMax: 0 })).toBe(0);
      expect(bodies(journal, 0)).toEqual(['a']);
      await journal.close();
    });

    it('refuses new entries when full, loses none, and takes again after a trim', async () => {
      const journal = await under().open(600);
      const body = 'x'.repeat(150);
      const kept: number[] = [];
      let refusal: unknown = null;
      for (let i = 0; i < 6; i++)
        await journal.append(i, body).then(
          seq => {
            kept.push(seq);
          },
          (error: unknown) => {
            refusal = error;
          },
        );
      expect(refusal).toMatchObject({ code: 'JRN-001', retryable: true });
      expect(journal.read(0, 99).map(entry => entry.seq)).toEqual(kept);
      await journal.saveCheckpoint('archiver', { seq: kept.at(-1)!, memo: null });
      await journal.trim(['archiver'], 1e12, { ageMsMax: 0, bytesMax: 600 });
      expect(await journal.append(9, body)).toBe(kept.at(-1)! + 1);
      await journal.close();
    });

    it('reads the same through any cut into pages', async () => {
      const journal = await under().open();
      await Promise.all(Array.from({ length: 300 }, (_, i) => journal.append(i, `b${i}`)));
      for (const page of [1, 7, 299, 300, 301]) {
        const all: string[] = [];
        for (let after = 0; ;) {
          const entries = journal.read(after, page);
          if (entries.length === 0) break;
          all.push(...entries.map(entry => entry.body));
          after = entries.at(-1)!.seq;
        }
        expect(all).toEqual(Array.from({ length: 300 }, (_, i) => `b${i}`));
      }
      await journal.close();
    });
  });
}
