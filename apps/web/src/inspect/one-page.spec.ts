import { aloneByAsking, type Talk, type Word } from './one-page';

/** Pages of one browser; `tick` ends the pause of a page. */
function browser() {
  const listeners = new Map<string, (word: Word) => void>();
  const pauses = new Map<string, () => void>();
  const open = new Set<string>();
  const waited = new Set<string>();
  const tick = async (id: string): Promise<void> => {
    pauses.get(id)!();
    await new Promise(resolve => setImmediate(resolve));
  };
  const start = (id: string): void => {
    const talk: Talk = {
      say: word => listeners.forEach((hear, other) => other !== id && hear(word)),
      hear: listener => void listeners.set(id, listener),
    };
    const pause = () => new Promise<void>(resolve => pauses.set(id, resolve));
    void aloneByAsking(talk, id, pause, () => waited.add(id)).then(() => open.add(id));
  };
  return { start, tick, open, waited, close: (id: string) => void listeners.delete(id) };
}

it('opens the second page only after the first was closed, and says that it waits', async () => {
  const { start, tick, open, waited, close } = browser();
  start('b');
  await tick('b');
  start('a');
  await tick('a');
  expect([[...open], [...waited]]).toEqual([['b'], ['a']]);
  close('b');
  await tick('a'); // Asked while the first was still there.
  await tick('a');
  expect([...open]).toEqual(['b', 'a']);
});

it.each([
  ['a', 'b'],
  ['b', 'a'],
])('opens one of two that ask at the same time: %s before %s', async (first, second) => {
  const { start, tick, open } = browser();
  start(first);
  start(second);
  for (const id of [first, second, first, second]) if (!open.has(id)) await tick(id);
  expect([...open]).toEqual(['a']);
});
