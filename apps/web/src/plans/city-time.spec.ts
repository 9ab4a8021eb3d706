import { fromWall, toWall } from './city-time';

it.each([
  ['2026-12-01T08:00', '2026-12-01T00:00:00.000Z'],
  ['2026-12-01T00:30', '2026-11-30T16:30:00.000Z'],
])('%s in the city is %s', (wall, iso) => {
  expect(new Date(fromWall(wall)!).toISOString()).toBe(iso);
  expect(toWall(Date.parse(iso))).toBe(wall);
});

it.each(['', '2026-12-01', '2026-13-01T00:00'])('%j is no time yet', text =>
  expect(fromWall(text)).toBeNull(),
);
