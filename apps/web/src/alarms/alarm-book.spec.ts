import { AlarmBook, CLOSED_KEPT_MAX } from './alarm-book';
import { alarmSample } from './alarm-sample';

const raised = alarmSample({ id: 'a' });
const acknowledged = alarmSample({
  id: 'a',
  acknowledged: true,
  history: [
    ...raised.history,
    { at: '2026-11-22T02:43:00Z', actor: 'li', change: 'acknowledged', reason: null },
  ],
});
const closed = { ...acknowledged, closedAt: '2026-11-22T02:50:00Z' };
const ids = (book: AlarmBook): string => [...book.snapshot().keys()].join(' ');

it('keeps an event that came while the list was on its way', () => {
  const book = new AlarmBook();
  const begun = book.begin();
  book.apply(alarmSample({ id: 'new' }));
  book.apply(acknowledged);
  book.loaded(begun, [raised]);
  expect(ids(book)).toBe('a new');
  expect(book.snapshot().get('a')?.acknowledged).toBe(true);
});

it('drops what the list no longer has', () => {
  const book = new AlarmBook();
  book.apply(raised);
  book.loaded(book.begin(), []);
  expect(ids(book)).toBe('');
});

it('never goes back to an older picture', () => {
  const book = new AlarmBook();
  book.apply(acknowledged);
  book.apply(raised);
  expect(book.snapshot().get('a')).toBe(acknowledged);
});

it('tells what was known before, so that a new red can be heard once', () => {
  const book = new AlarmBook();
  expect(book.apply(raised)).toBeUndefined();
  expect(book.apply(acknowledged)).toBe(raised);
});

it('keeps closed ones for reading, up to its limit', () => {
  const book = new AlarmBook();
  for (let i = 0; i < CLOSED_KEPT_MAX + 5; i += 1) book.apply({ ...closed, id: `c${i}` });
  book.loaded(book.begin(), []);
  expect(book.snapshot().size).toBe(CLOSED_KEPT_MAX);
});

it('tells its listeners about changes only', () => {
  const book = new AlarmBook();
  const heard = vi.fn();
  const stop = book.subscribe(heard);
  book.apply(acknowledged);
  book.apply(raised);
  stop();
  book.apply(closed);
  expect(heard).toHaveBeenCalledTimes(1);
});

describe('rows of a list, which have no history', () => {
  const known = { ...raised, lastN: 1 };
  const bare = (change: Partial<typeof known>) => ({ ...known, history: [], ...change });

  it.each([
    ['the same: the history stays', bare({}), known],
    ['one change further', bare({ lastN: 2, severity: 'red' as const }), null],
    ['acknowledged elsewhere', bare({ acknowledged: true }), null],
    [
      'cleared and closed while we were deaf',
      bare({ lastN: 2, acknowledged: true, closedAt: raised.raisedAt }),
      null,
    ],
  ])('%s', (_name, listed, expected) => {
    const book = new AlarmBook();
    book.apply(known);
    book.loaded(book.begin(), [listed]);
    expect(book.snapshot().get('a')).toBe(expected ?? listed);
  });

  it('an old row does not undo an acknowledgement', () => {
    const book = new AlarmBook();
    book.apply({ ...acknowledged, lastN: 1 });
    book.loaded(book.begin(), [bare({})]);
    expect(book.snapshot().get('a')?.acknowledged).toBe(true);
  });
});
