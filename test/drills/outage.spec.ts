import { GOOD, type Reading } from '@anmai/readings';
import { Drill, HOUR, local, MINUTE, type Site } from './drill';

/*
 * Six hours without the uplink, from two to eight in the morning (lifelines.md, section 7), and the back-fill after it: devices
 * keep what they read. One alarm is on when the line goes, one comes and goes in the gap, and nobody could know.
 */
const every = 300;
const site = (id: string, east: number): Site => ({
  id,
  kind: 'gas.well',
  at: [east, 0],
  orgId: 'gas-co',
  sensors: { [`${id}.ch4`]: ['gas.combustible', '%LEL', every] },
});
// Far apart: each is a place of its own.
const SITES = [site('before', 0), site('within', 5_000), site('quiet', 10_000)];
const START = local('2026-04-08 00:00');
const DOWN = local('2026-04-08 02:00');
const UP = local('2026-04-08 08:00');
const END = local('2026-04-08 10:00');
const clock = (text: string): number => local(`2026-04-08 ${text}`);

/** What the detectors read, whether or not anybody heard. */
function valueOf(sensorId: string, at: number): number {
  if (sensorId === 'before.ch4') return at >= clock('01:40') && at < clock('05:00') ? 30 : 0;
  if (sensorId === 'within.ch4') return at >= clock('03:30') && at < clock('04:30') ? 60 : 0;
  return 0;
}

const IDS = SITES.flatMap(each => Object.keys(each.sensors));
const made = (from: number, to: number): Reading[] => {
  const out: Reading[] = [];
  for (let at = from; at < to; at += every * 1_000)
    for (const sensorId of IDS) out.push({ sensorId, at, value: valueOf(sensorId, at), quality: GOOD });
  return out;
};
const packs = (readings: readonly Reading[], size: number): Reading[][] =>
  Array.from({ length: Math.ceil(readings.length / size) }, (_, i) =>
    readings.slice(i * size, (i + 1) * size),
  );

/** Live until two, nothing until eight; then live readings, and from `backfillAt` on the rest in packs of 30, `times` over. */
function night(backfillAt: number, times = 1): Drill {
  const drill = new Drill(SITES, START);
  for (const reading of made(START, DOWN)) drill.receive(reading.at, [reading]);
  const live = made(UP, END);
  const late = packs(made(DOWN, UP), 30);
  const deliveries = [
    ...live.map(reading => ({ at: reading.at, readings: [reading] })),
    ...Array.from({ length: times }, (_, round) =>
      late.map((readings, i) => ({ at: backfillAt + 15 * round * MINUTE + i * 2_000, readings })),
    ).flat(),
  ].sort((a, b) => a.at - b.at);
  for (const { at, readings } of deliveries) drill.receive(at, readings);
  drill.passTo(END);
  return drill;
}

const drill = night(clock('08:03'));
const later = night(clock('09:33'));
const toldOf = (sensorId: string, of = drill): string[] =>
  of.alarms
    .filter(each => each.sensorId === sensorId && each.ruleId.startsWith('gas-adjacent'))
    .map(
      ({ ruleId, kind, at, onsetAt, noticedAt }) =>
        `${ruleId} ${kind} ${hhmm(at)} since ${hhmm(onsetAt)} told ${hhmm(noticedAt)}`,
    );
const hhmm = (at: number): string => new Date(at + 8 * HOUR).toISOString().slice(11, 16);

it('shows the gap: every detector is silent 2.5 reports after its last, and is heard again at eight', () => {
  for (const sensorId of IDS) {
    expect(drill.changes('no-data', 'raised', sensorId).map(each => hhmm(each.noticedAt))).toEqual(['02:07']);
    expect(drill.changes('no-data', 'cleared', sensorId).map(each => hhmm(each.noticedAt))).toEqual([
      '08:00',
    ]);
  }
});

it('is one outage on the page, of its owner, apart from the gas', () => {
  const opened = drill.incidents.filter(each => each.kind === 'opened').map(each => each.familyId);
  expect(opened).toEqual(['gas', 'silence', 'gas']);
});

it('is blind in between about what was on, neither raises it again nor clears it for want of data', () => {
  const told = [
    'gas-adjacent raised 01:40 since 01:40 told 01:40',
    'gas-adjacent-rise raised 01:45 since 01:45 told 01:45',
    'gas-adjacent blinded 02:07 since 01:40 told 02:07',
    'gas-adjacent-rise blinded 02:07 since 01:45 told 02:07',
    'gas-adjacent restored 08:00 since 01:40 told 08:00',
    'gas-adjacent-rise restored 08:00 since 01:45 told 08:00',
  ];
  // The third low reading clears: that of 08:10, or, as the back-fill is there before it, the first live one.
  expect(toldOf('before.ch4', later)).toEqual([
    ...told,
    'gas-adjacent cleared 08:10 since 01:40 told 08:10',
    'gas-adjacent-rise cleared 08:10 since 01:45 told 08:10',
  ]);
  expect(toldOf('before.ch4')).toEqual([
    ...told,
    'gas-adjacent-rise cleared 08:00 since 01:45 told 08:03',
    'gas-adjacent cleared 08:00 since 01:40 told 08:03',
  ]);
});

it('tells what came and went in the gap once, as late, with the times at which it was', () => {
  expect(toldOf('within.ch4', later)).toEqual([
    'gas-adjacent-rise raised 03:35 since 03:35 told 09:33',
    'gas-adjacent-rise cleared 04:00 since 03:35 told 09:33',
    'gas-adjacent raised 03:30 since 03:30 told 09:33',
    'gas-adjacent cleared 04:40 since 03:30 told 09:33',
  ]);
  const spell = later.changes('gas-adjacent', undefined, 'within.ch4');
  expect(spell.map(each => each.reason)).toEqual([
    'limit reached, came to light late',
    'back to normal, came to light late',
  ]);
  expect(spell[0]!.severity).toBe('orange');
});

it('tells it once, too, while the newest live readings are still few, with the same onset', () => {
  // The oldest of a back-fill is judged between what came before the gap and the live reading after it, so the end that is told
  // is that of the live one. What was told is not taken back.
  expect(toldOf('within.ch4')).toEqual([
    'gas-adjacent raised 08:00 since 03:30 told 08:03',
    'gas-adjacent-rise raised 08:00 since 03:35 told 08:03',
    'gas-adjacent-rise cleared 08:00 since 03:35 told 08:03',
    'gas-adjacent cleared 08:00 since 03:30 told 08:03',
  ]);
});

it('says nothing of the quiet one', () =>
  expect([toldOf('quiet.ch4'), toldOf('quiet.ch4', later)]).toEqual([[], []]));

it('says nothing more when the back-fill is delivered a second time', () => {
  for (const [at, once] of [[clock('08:03'), drill], [clock('09:33'), later]] as const) {
    const twice = night(at, 2);
    for (const sensorId of IDS) expect(toldOf(sensorId, twice)).toEqual(toldOf(sensorId, once));
  } // prettier-ignore
});
