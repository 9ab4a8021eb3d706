import { utcOffsetMs } from './utc-offset';

it.each([
  ['Asia/Shanghai', 8 * 60],
  ['UTC', 0],
  ['America/St_Johns', -3.5 * 60],
  ['Asia/Kathmandu', 5.75 * 60],
])('%s', (zone, minutes) => {
  expect(utcOffsetMs(zone, Date.UTC(2026, 0, 15))).toBe(minutes * 60_000);
});
