import { curve, Drill, HOUR, local, MINUTE, minutesBetween, noiseOf, type Site } from './drill';

/*
 * Zhengzhou, 2021-07-20 (lifelines.md, section 5): 201.9 mm between 16 and 17 h. An underpass drains into sewers that are full;
 * from 25 cm on it has to be closed. What counts is how long before that somebody is told.
 */
const minutely = (quantity: string, unit: string) => [quantity, unit, 60] as const;
const SITES: readonly Site[] = [
  { id: 'gauge', kind: 'rain.gauge', at: [0, 0], sensors: { rain: minutely('rain.intensity', 'mm/h'), total: minutely('rain.amount', 'mm') } },
  { id: 'upper', kind: 'drainage.manhole', at: [300, 0], links: ['lower'], sensors: { 'upper.level': minutely('drainage.level', 'm') } },
  { id: 'lower', kind: 'drainage.manhole', at: [700, 0], links: ['underpass'], sensors: { 'lower.level': minutely('drainage.level', 'm') } },
  { id: 'underpass', kind: 'drainage.road', at: [1_000, 0], properties: { population: 200 }, sensors: { depth: minutely('drainage.ponding', 'cm') } },
]; // prettier-ignore
const START = local('2021-07-20 12:00');
const at4pm = 4 * 60;
/** mm/h by minute since noon: rain all day, then 201.9 mm from 16 to 17 h. */
const RAIN = curve([[0, 6], [225, 12], [at4pm, 60], [at4pm + 20, 254.1], [at4pm + 40, 254.1], [at4pm + 60, 60 + 75], [at4pm + 80, 15], [420, 5]]); // prettier-ignore

interface Town {
  total: number;
  sewer: number;
  pond: number;
}

/**
 * One minute of a town in mm of rain: sewers carry 90 mm/h and hold 25 mm, what is beyond them ponds at the lowest point, at
 * 0.6 cm for each mm, and runs off with 20 mm/h.
 */
function minuteOf({ total, sewer, pond }: Town, mmPerHour: number): Town {
  const inflow = mmPerHour / 60;
  const held = Math.max(0, sewer + inflow - 90 / 60);
  const beyond = Math.max(0, held - 25);
  return { total: total + inflow, sewer: Math.min(25, held), pond: Math.max(0, pond + beyond - (beyond > 0 ? 0 : 20 / 60)) };
} // prettier-ignore

function storm(): { drill: Drill; hour: number; closedAt: number } {
  const drill = new Drill(SITES, START);
  const noise = noiseOf(2);
  let town: Town = { total: 0, sewer: 0, pond: 0 };
  let [before, after, closedAt] = [0, 0, 0];
  for (let minute = 1; minute <= 7 * 60; minute++) {
    const at = START + minute * MINUTE;
    const rain = RAIN(minute - 0.5);
    town = minuteOf(town, rain);
    if (minute === at4pm) before = town.total;
    if (minute === at4pm + 60) after = town.total;
    const depth = 0.6 * town.pond;
    if (closedAt === 0 && depth >= 25) closedAt = at;
    drill.read(at, {
      rain,
      total: Math.round(town.total * 10) / 10,
      'upper.level': 0.6 + 0.08 * town.sewer + 0.01 * noise(),
      'lower.level': 0.5 + 0.1 * town.sewer + 0.01 * noise(),
      depth: Math.max(0, Math.round((depth + (depth > 0 ? 0.1 * noise() : 0)) * 10) / 10),
    });
  }
  return { drill, hour: after - before, closedAt };
}

const { drill, hour, closedAt } = storm();

it('rains 201.9 mm in that hour', () => expect(hour).toBeCloseTo(201.9, 1));

it('tells rain, then sewers, then the road, each level in order, as one storm', () => {
  const first = (ruleId: string, severity?: string): string =>
    `${ruleId} ${severity ?? ''} ${new Date((drill.reached(ruleId, severity) ?? 0) + 8 * HOUR).toISOString().slice(11, 16)}`;
  expect([
    first('rain-intensity', 'blue'), first('rain-intensity', 'yellow'), first('rain-intensity', 'orange'),
    first('rain-3h', 'orange'), first('rain-3h-red', 'red'),
    first('manhole-level-forecast', 'blue'), first('manhole-level-forecast', 'yellow'),
    first('ponding', 'blue'), first('ponding', 'yellow'), first('ponding', 'orange'), first('ponding', 'red'),
    first('ponding-forecast', 'yellow'), first('ponding-forecast', 'orange'),
  ]).toEqual([
    'rain-intensity blue 15:49', 'rain-intensity yellow 15:59', 'rain-intensity orange 16:06',
    'rain-3h orange 16:10', 'rain-3h-red red 16:25',
    'manhole-level-forecast blue 16:13', 'manhole-level-forecast yellow 16:14',
    'ponding blue 16:23', 'ponding yellow 16:27', 'ponding orange 16:30', 'ponding red 16:36',
    'ponding-forecast yellow 16:27', 'ponding-forecast orange 16:28',
  ]); // prettier-ignore
});

it('foretells the closing of the underpass: nine minutes by its own depth, 23 by the sewers that feed it', () => {
  expect(minutesBetween(drill.reached('ponding-forecast'), closedAt)).toBe(9);
  expect(minutesBetween(drill.reached('manhole-level-forecast'), closedAt)).toBe(23);
  // The threshold itself says so only when it is so.
  expect(drill.reached('ponding', 'red')).toBeGreaterThanOrEqual(closedAt - MINUTE);
});

it('is one incident, of rain, with everybody in it', () => {
  const views = drill.views('storm');
  expect(views.map(each => [each.severity, each.population])).toEqual([['red', 200]]);
  expect(views[0]!.causes[0]).toMatchObject({ code: 'storm.rain', assetId: 'gauge' });
  expect(views[0]!.assetIds.toSorted()).toEqual(['gauge', 'lower', 'underpass', 'upper']);
});
