import { DAY, Drill, HOUR, local, MINUTE, noiseOf, type Site } from './drill';

/*
 * A pipe starts to leak 6 m3/h in an area of 100 m3/h, on a Tuesday morning. By day it drowns in the demand; no pressure
 * falls. Between two and four at night hardly anybody draws water, so there it shows (lifelines.md 2.3).
 */
const SITES: readonly Site[] = [
  { id: 'dma', kind: 'water.dma', at: [0, 0], sensors: { inflow: ['water.flow', 'm3/h', 300] } },
];
const START = local('2026-03-02 00:00');
const LEAK = START + 22 * DAY + 10 * HOUR;

function run(leakM3PerH: number): Drill {
  const drill = new Drill(SITES, START, 5 * MINUTE);
  const noise = noiseOf(4);
  for (let at = START + 5 * MINUTE; at <= LEAK + 6 * DAY; at += 5 * MINUTE) {
    const hour = ((at - START) % DAY) / HOUR;
    const bump = (middle: number, width: number): number => Math.exp(-(((hour - middle) / width) ** 2));
    const used = 0.35 + 0.85 * bump(7.3, 1.8) + 0.5 * bump(12.3, 1.6) + 0.9 * bump(19.2, 2.4);
    drill.read(at, { inflow: 100 * used * (1 + 0.03 * noise()) + (at >= LEAK ? leakM3PerH : 0) });
  }
  return drill;
}

it('is told in the morning after the second night, and by nothing else', () => {
  const drill = run(6);
  const told = drill.alarms.map(each => `${each.ruleId} ${each.kind} ${each.severity}`);
  expect(told).toEqual(['dma-night-flow raised yellow']);
  // Leaking since ten in the morning: the second night ends 42 hours later, at four.
  expect((drill.alarms[0]!.noticedAt - LEAK) / HOUR).toBe(42);
  expect(drill.alarms[0]!.evidence.derived?.['value']).toBeGreaterThan(5);
});

it('is not made up where there is none', () => {
  expect(run(0).alarms).toEqual([]);
});
