import { DAY, Drill, local, MINUTE, minutesBetween, noiseOf, type Site } from './drill';

/*
 * A main bursts at 14:00 on a working day inside a metered area that has been watched for two weeks. Pressure at the ends falls
 * below 0.14 MPa (lifelines.md 2.3) while the flow into the area rises. Either alone has good reasons: breakfast, a pump.
 */
const SITES: readonly Site[] = [
  { id: 'dma', kind: 'water.dma', at: [0, 0], links: ['end-1', 'end-2'], sensors: { inflow: ['water.flow', 'm3/h', 300] } },
  { id: 'end-1', kind: 'water.pipe', at: [300, 0], sensors: { p1: ['water.pressure', 'MPa', 300] } },
  { id: 'end-2', kind: 'water.pipe', at: [0, 400], sensors: { p2: ['water.pressure', 'MPa', 300] } },
]; // prettier-ignore
const START = local('2026-03-02 00:00');
const BURST = START + 16 * DAY + 14 * 60 * MINUTE;

/** Share of the mean demand by the hour: low at night, peaks at breakfast and supper. */
function demand(at: number): number {
  const hour = ((at - START) % DAY) / (60 * MINUTE);
  const bump = (middle: number, width: number): number => Math.exp(-(((hour - middle) / width) ** 2));
  return 0.4 + 0.8 * bump(7.3, 1.8) + 0.4 * bump(12.3, 1.6) + 0.8 * bump(19.2, 2.4);
}

/** How far the burst has opened, 0 to 1: within ten minutes. */
const opened = (at: number): number => Math.min(1, Math.max(0, (at - BURST) / (10 * MINUTE)));

function run(until: number): Drill {
  const drill = new Drill(SITES, START, 5 * MINUTE);
  const noise = noiseOf(3);
  for (let at = START + 5 * MINUTE; at <= until; at += 5 * MINUTE) {
    const used = demand(at);
    const hole = opened(at);
    const pressure = (base: number): number => base - 0.06 * used - 0.14 * hole + 0.002 * noise();
    drill.read(at, {
      inflow: 100 * used * (1 + 0.02 * noise()) + 130 * hole,
      p1: pressure(0.3),
      p2: pressure(0.29),
    });
  }
  return drill;
}

const drill = run(BURST + 60 * MINUTE);

it('says nothing in the two weeks before, save that on the first morning breakfast is not known yet', () => {
  const before = drill.alarms.filter(each => each.noticedAt < BURST);
  expect(before.map(each => `${each.ruleId} ${each.kind}`)).toEqual([
    'water-flow-high raised',
    'water-flow-high cleared',
  ]);
  expect(before.at(-1)!.noticedAt).toBeLessThan(START + DAY);
});

it('tells the fall, the rise, and both together as a burst', () => {
  const after = (ruleId: string): number => minutesBetween(BURST, drill.reached(ruleId, undefined, BURST));
  expect({
    drop: after('water-pressure-drop'),
    low: after('water-end-pressure'),
    flow: after('water-flow-high'),
    burst: after('water-burst'),
    burstLow: after('water-burst-low'),
  }).toEqual({ flow: 5, drop: 10, burst: 10, low: 15, burstLow: 15 });
});

it('is one incident of which the first to be seen is the cause: the flow into the area', () => {
  const views = drill.views();
  expect(views.map(each => [each.familyId, each.severity])).toEqual([['water', 'red']]);
  expect(views[0]!.causes[0]).toMatchObject({ code: 'water.burst', assetId: 'dma' });
  expect(views[0]!.sensorIds.toSorted()).toEqual(['inflow', 'p1', 'p2']);
});
