import { IncidentBook } from './incident-book';
import { sortedIncidents } from './incident-order';
import { incident } from './incident-sample';

const ids = (book: IncidentBook): string[] => [...book.snapshot().keys()];

it('an event that came after the list was asked for wins over the list', () => {
  const book = new IncidentBook();
  book.apply(incident('a'));
  const begun = book.begin();
  book.apply(incident('b'));
  book.apply(incident('a', { stage: 'released' }));
  book.loaded(begun, [incident('a'), incident('c')]);
  expect(ids(book).sort()).toEqual(['b', 'c']);
  book.loaded(book.begin(), [incident('c', { alarmCount: 9 })]);
  expect(book.snapshot().get('c')?.alarmCount).toBe(9);
  expect(ids(book)).toEqual(['c']);
});

it.each([
  ['released', { stage: 'released' }],
  ['archived', { stage: 'archived' }],
  ['gone into another one', { mergedInto: 'b' }],
] as const)('lets go of one that was %s', (_name, over) => {
  const book = new IncidentBook();
  book.apply(incident('a'));
  book.apply(incident('a', over));
  expect(ids(book)).toEqual([]);
});

it('the worst first, what has cleared last, then the newest', () => {
  const list = [
    incident('old', { openedAt: '2026-11-28T01:00:00.000Z' }),
    incident('over', { severity: 'red', condition: 'cleared' }),
    incident('new'),
    incident('red', { severity: 'red', openedAt: '2026-11-27T01:00:00.000Z' }),
    incident('blind', { severity: 'red', condition: 'blind', openedAt: '2026-11-26T01:00:00.000Z' }),
  ];
  expect(sortedIncidents(list)).toEqual(['red', 'blind', 'new', 'old', 'over']);
});
