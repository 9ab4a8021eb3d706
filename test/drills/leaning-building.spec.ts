import { DAY, Drill, HOUR, local, MINUTE, noiseOf, type Site } from './drill';

/*
 * A building of grade D that stood still for three months begins to lean, faster and faster, until it would reach 20 mm/m
 * (JGJ 125: 2 %) 100 days later. Its tilt breathes by 0.3 mm/m with the sun. The wall sensor at the corner, one reading an hour.
 */
const SITES: readonly Site[] = [
  { id: 'block-7', kind: 'building', at: [0, 0], properties: { grade: 'D', population: 40 }, sensors: { tilt: ['building.tilt', 'mm/m', 3_600], settlement: ['building.settlement', 'mm', 3_600] } },
  { id: 'block-8', kind: 'building', at: [500, 0], properties: { grade: 'C' }, sensors: { 'tilt-8': ['building.tilt', 'mm/m', 3_600] } },
]; // prettier-ignore
const START = local('2026-01-01 00:00');
const BEGINS = START + 90 * DAY;
const LIMIT_DAYS = 100;

const tiltAt = (at: number): number => {
  const days = Math.max(0, (at - BEGINS) / DAY);
  return 3 + 17 * (days / LIMIT_DAYS) ** 2.5;
};

function run(): Drill {
  const drill = new Drill(SITES, START, 30 * MINUTE);
  const noise = noiseOf(9);
  for (let at = START + HOUR; at <= BEGINS + 101 * DAY; at += HOUR) {
    const sun = 0.3 * Math.sin(((at % DAY) / DAY) * 2 * Math.PI);
    drill.read(at, {
      tilt: tiltAt(at) + sun + 0.1 * noise(),
      settlement: 5 + 0.1 * noise(),
      'tilt-8': 4 + sun + 0.1 * noise(),
    });
  }
  return drill;
}

const drill = run();
/** Days since it began to lean; null: never. */
const day = (ruleId: string, severity?: string): number | null => {
  const at = drill.reached(ruleId, severity);
  return at === null ? null : Math.round((at - BEGINS) / DAY);
};

it('is told by its movement, then by what is to come, long before the limit itself', () => {
  expect({
    trend: day('building-tilt-trend-d', 'yellow'),
    trendOrange: day('building-tilt-trend-d', 'orange'),
    trendRed: day('building-tilt-trend-d', 'red'),
    forecast: day('building-tilt-forecast-d', 'yellow'),
    forecastOrange: day('building-tilt-forecast-d', 'orange'),
    limitYellow: day('building-tilt', 'yellow'),
    limitOrange: day('building-tilt', 'orange'),
    amountAndRate: day('building-tilt-amount-rate'),
    limitRed: day('building-tilt', 'red'),
  }).toEqual({
    trend: 27, trendOrange: 28, trendRed: 32, limitYellow: 70, forecast: 71,
    limitOrange: 84, amountAndRate: 84, forecastOrange: 92, limitRed: 100,
  }); // prettier-ignore
});

it('says nothing in the three months before, nor of the building beside it', () => {
  expect(drill.alarms.filter(each => each.noticedAt < BEGINS)).toEqual([]);
  expect(drill.alarms.filter(each => each.sensorId !== 'tilt')).toEqual([]);
});

it('is told of that building alone; what comes more than a month after the first is a second incident', () => {
  expect(drill.views('building').map(each => [each.severity, each.assetIds, each.population])).toEqual([
    ['red', ['block-7'], 40],
    ['red', ['block-7'], 40],
  ]);
});

it('regrades nothing: whatever an instrument says, the grade is what an appraisal gave (invariant 7)', () => {
  const grades = [...drill.monitor.directory.assets.values()].map(each => each.properties['grade']);
  expect(grades).toEqual(['D', 'C']);
  // The rules go by the grade that is registered: C is judged as C until somebody enters another.
  expect(drill.rulesRaised().filter(id => id.endsWith('-c'))).toEqual([]);
});
