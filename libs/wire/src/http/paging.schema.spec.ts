import {
  alarmQuery,
  liveQuery,
  LIVE_SENSORS_MAX,
  pageQuery,
  quarantineQuery,
  seriesQuery,
} from './paging.schema';

it.each([
  [{}, 100],
  [{ limit: '1' }, 1],
  [{ limit: '1000' }, 1_000],
  [{ limit: '0' }, null],
  [{ limit: '1001' }, null],
  [{ limit: '-5' }, null],
  [{ limit: '1.5' }, null],
  [{ limit: ' 7' }, null],
  [{ limit: '' }, null],
  [{ limit: ['1', '2'] }, null],
])('reads the limit of %j as %s', (query, limit) => {
  const checked = pageQuery.safeParse(query);
  expect(checked.success ? checked.data.limit : null).toBe(limit);
});

it.each([
  ['2026-07-20T08:00:00Z', Date.UTC(2026, 6, 20, 8)],
  ['2026-07-20T16:00:00+08:00', Date.UTC(2026, 6, 20, 8)],
  ['2026-07-20T08:00:00.123Z', Date.UTC(2026, 6, 20, 8, 0, 0, 123)],
  ['2026-07-20T08:00:00', null],
  ['2026-13-20T08:00:00Z', null],
  ['1784534400000', null],
])('reads the instant %s', (from, millis) => {
  const checked = alarmQuery.safeParse({ from });
  expect(checked.success ? checked.data.from : null).toBe(millis);
});

it('wants `from` before `to`', () => {
  const at = '2026-07-20T08:00:00Z';
  expect(seriesQuery.safeParse({ from: at, to: at }).success).toBe(false);
});

it('reads lists and switches of a query', () => {
  expect(liveQuery.parse({}).sensors).toEqual([]);
  expect(liveQuery.parse({ sensors: 'a,b,,c' }).sensors).toEqual(['a', 'b', 'c']);
  const many = Array.from({ length: LIVE_SENSORS_MAX + 1 }, (_, i) => `s${i}`).join(',');
  expect(liveQuery.safeParse({ sensors: many }).success).toBe(false);
  expect(quarantineQuery.parse({ adopted: 'true' }).adopted).toBe(true);
});
