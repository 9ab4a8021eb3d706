import type { TimerShape } from '@anmai/wire';
import { words } from '../text/words';
import { nextTimer, overdueCount, owing, timerText, urgencyOf } from './incident-text';
import { incident } from './incident-sample';

const NOW = Date.parse('2026-11-28T02:00:00Z');
const due = (seconds: number, kind: TimerShape['kind'] = 'respond'): TimerShape => ({
  kind,
  taskId: null,
  dueAt: new Date(NOW + seconds * 1_000).toISOString(),
  escalateTo: null,
});

it.each([
  [-1, 'overdue', '响应 逾期 1 秒'],
  [-150, 'overdue', '响应 逾期 2 分'],
  [0, 'soon', '响应 还剩 0:00'],
  [83, 'soon', '响应 还剩 1:23'],
  [120, 'soon', '响应 还剩 2:00'],
  [121, 'ahead', '响应 还剩 2 分'],
  [3_600, 'ahead', '响应 还剩 1 小时'],
])('%i s left: %s', (seconds, urgency, text) => {
  expect(urgencyOf(due(seconds), NOW)).toBe(urgency);
  expect(timerText(words('zh'), due(seconds), NOW)).toBe(text);
});

it('tells the longest overdue first, whatever the order they came in', () => {
  const three = incident('a', {
    timers: [due(60, 'feedback'), due(-60), due(-600, 'identify')],
  });
  expect(nextTimer(three)?.kind).toBe('identify');
  expect(overdueCount(three, NOW)).toBe(2);
  expect(nextTimer(incident('b', { timers: [] }))).toBeNull();
});

it('finds what owes something, the longest overdue first', () => {
  const of = (id: string, ...timers: TimerShape[]) => incident(id, { timers });
  const found = owing(
    [of('calm', due(900)), of('late', due(-30)), of('soon', due(90)), of('none'), of('later', due(-300))],
    NOW,
  );
  expect(found.overdue.map(({ id }) => id)).toEqual(['later', 'late']);
  expect(found.soon.map(({ id }) => id)).toEqual(['soon']);
});
