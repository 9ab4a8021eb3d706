import { viewOf } from '../testing/life-timeline';
import { nextChangeAt } from './alarm-view';

/** 'identify 60 owed, respond 600 done 30, feedback 3600 overdue' */
function dutiesText(timeline: string, second: number): string {
  return viewOf(timeline, second)
    .duties.map(({ kind, dueAt, doneAt, isOverdue }) => {
      const how = doneAt === null ? (isOverdue ? 'overdue' : 'owed') : `done ${doneAt / 1000}`;
      return `${kind} ${dueAt / 1000} ${how}`;
    })
    .join(', ');
}

it.each([
  ['a new alarm', '0 raised yellow', 59, 'identify 60 owed, respond 600 owed, feedback 3600 owed'],
  ['not seen in time', '0 raised yellow', 60, 'identify 60 overdue, respond 600 owed, feedback 3600 owed'],
  ['seen', '0 raised yellow, 20 ack', 60, 'identify 60 done 20, respond 600 owed, feedback 3600 owed'],
  [
    'told what it is',
    '0 raised yellow, 20 ack, 30 assess true',
    60,
    'identify 60 done 20, respond 600 done 30, feedback 3600 owed',
  ],
  [
    'fed back',
    '0 raised yellow, 20 ack, 30 assess true, 900 comment',
    999,
    'identify 60 done 20, respond 600 done 30, feedback 3600 done 900',
  ],
  [
    'a rise asks for all of it anew',
    '0 raised yellow, 20 ack, 30 assess true, 100 escalated red',
    120,
    'identify 160 owed, respond 700 owed, feedback 3700 owed',
  ],
  [
    'a rise gives no respite to what nobody has seen',
    '0 raised yellow, 100 escalated red',
    120,
    'identify 60 overdue, respond 700 owed, feedback 3700 owed',
  ],
  [
    'called again: to be seen again, the rest stays done',
    '0 raised orange, 20 ack, 30 assess true, 900 comment',
    3_630,
    'identify 3680 owed, respond 600 done 30, feedback 3600 done 900',
  ],
  [
    'over but unseen',
    '0 raised yellow, 10 cleared',
    99,
    'identify 60 overdue, respond 600 owed, feedback 3600 owed',
  ],
  ['put aside', '0 raised yellow, 20 shelve 600', 99, ''],
  [
    'back from the shelf',
    '0 raised yellow, 20 shelve 600',
    601,
    'identify 660 owed, respond 600 overdue, feedback 3600 owed',
  ],
  ['closed', '0 raised yellow, 20 ack, 30 cleared', 99, ''],
])('%s', (_name, timeline, second, text) => {
  expect(dutiesText(timeline, second)).toBe(text);
});

it('is unattended from the moment when somebody should have seen it', () => {
  expect(viewOf('0 raised yellow', 59).unattendedSince).toBeNull();
  expect(viewOf('0 raised yellow', 999).unattendedSince).toBe(60_000);
  expect(viewOf('0 raised yellow, 70 ack', 999).unattendedSince).toBeNull();
});

it.each([
  ['the next duty', '0 raised orange', 0, 60],
  ['then the next', '0 raised orange', 60, 600],
  ['the end of a shelving', '0 raised orange, 5 shelve 900', 6, 900],
  ['a re-alarm', '0 raised orange, 5 ack, 6 assess true, 7 comment', 8, 3_605],
  ['nothing', '0 raised orange, 5 ack, 9 cleared', 10, null],
])('sleeps until %s', (_name, timeline, second, next) => {
  const view = viewOf(timeline, second);
  expect(nextChangeAt(view, second * 1000)).toBe(next === null ? null : next * 1000);
});

it('sleeps until a window begins, ends, or a cause stops hiding', () => {
  const serviceSpells = [{ windowId: 'w', from: 30_000, to: 40_000, reason: 'r' }];
  expect(nextChangeAt(viewOf('0 raised red', 10, { serviceSpells }), 10_000)).toBe(30_000);
  expect(nextChangeAt(viewOf('0 raised red', 35, { serviceSpells }), 35_000)).toBe(40_000);
  const hidden = { ruleId: 'i', causeId: 'c', from: 0, to: 50_000, severityMax: 'red', reason: 'r' } as const;
  expect(nextChangeAt(viewOf('0 raised red', 10, { suppressions: [hidden] }), 10_000)).toBe(50_000);
});
