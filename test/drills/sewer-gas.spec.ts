import { curve, Drill, HOUR, local, MINUTE, noiseOf, type Site } from './drill';

/*
 * Xiangyang, 2016-08-12 (lifelines.md, section 5): several sewers above four times the explosive limit, covers opened, water
 * sprayed, clear in an hour. It was sewer gas: no ethane, and no pipe lost pressure. It explodes all the same, so its alarms keep
 * their severity; but it must not be taken for a leak of the main, and somebody should think of it.
 */
const SITES: readonly Site[] = [
  { id: 'mh-1', kind: 'drainage.manhole', at: [0, 0], links: ['mh-2'], sensors: { 'mh-1.ch4': ['gas.combustible', '%LEL', 60] } },
  { id: 'mh-2', kind: 'drainage.manhole', at: [90, 0], links: ['mh-3'], sensors: { 'mh-2.ch4': ['gas.combustible', '%LEL', 60] } },
  { id: 'mh-3', kind: 'drainage.manhole', at: [180, 0], sensors: { 'mh-3.ch4': ['gas.combustible', '%LEL', 60] } },
  { id: 'well', kind: 'gas.well', at: [60, 40], sensors: { 'well.ch4': ['gas.combustible', '%LEL', 60] } },
  { id: 'main', kind: 'gas.pipe', at: [60, 60], sensors: { main: ['gas.pressure', 'kPa', 300] } },
]; // prettier-ignore
const START = local('2016-08-08 19:00');
const EVENING = local('2016-08-12 18:00');

/** Four days of quiet, then an evening: gas in the wells named by `rising`, and what the pressure of the main does. */
function evening(rising: readonly string[], lostKpa: number): Drill {
  const drill = new Drill(SITES, START, MINUTE);
  const noise = noiseOf(5);
  const gas = curve([[30, 0], [60, 400], [110, 380], [125, 0]]); // prettier-ignore
  const lost = curve([[40, 0], [50, lostKpa]]); // prettier-ignore
  for (let at = START; at < EVENING + 3 * HOUR; at += 5 * MINUTE) {
    const minute = (at - EVENING) / MINUTE;
    const hour = ((at - local('2016-08-08 00:00')) / HOUR) % 24;
    const pressure = 200 + 6 * Math.cos((hour / 24) * 2 * Math.PI) + 0.5 * noise() - lost(minute);
    drill.read(at, { main: pressure });
    if (at < EVENING) continue;
    for (const sensorId of ['mh-1.ch4', 'mh-2.ch4', 'mh-3.ch4', 'well.ch4'])
      drill.read(at, { [sensorId]: rising.includes(sensorId) ? gas(minute) : 0.4 });
  }
  return drill;
}

const ofEvening = (drill: Drill): string[] => drill.rulesRaised(EVENING).filter(id => id !== 'no-data');

it('is gas in manholes with a hint of sewer gas, and no leak of the main', () => {
  const drill = evening(['mh-1.ch4', 'mh-2.ch4', 'mh-3.ch4'], 0);
  expect(ofEvening(drill)).toEqual(['gas-manhole', 'biogas-manholes']);
  const [hint] = drill.changes('biogas-manholes', 'raised');
  expect(hint).toMatchObject({ severity: 'blue' });
  // The hint hides nothing: the alarms of the manholes are as bad as they read.
  const worst = drill.changes('gas-manhole', 'escalated').filter(each => each.severity === 'red');
  expect(worst.map(each => each.sensorId)).toEqual(['mh-1.ch4', 'mh-2.ch4', 'mh-3.ch4']);
  const [view, ...others] = drill.views('gas');
  expect(others).toEqual([]);
  expect(view!.causes.map(each => each.code)).not.toContain('gas.pipeBreak');
});

it('is handled one level lower once somebody measured no ethane, without a public warning of a leak', () => {
  const drill = evening(['mh-1.ch4', 'mh-2.ch4'], 0);
  const { id } = drill.views('gas')[0]!;
  expect(drill.disposal(id).severity).toBe('red');
  const seenN = drill.seenN(id);
  expect(drill.step(id, 'assessed', 'analyst', { verdict: 'biogas', note: '取样无乙烷', seenN })).toBeNull();
  expect(drill.disposal(id).severity).toBe('orange');
  const warning = { severity: 'orange', audience: [], text: '泄漏', reason: null } as const;
  expect(drill.step(id, 'warned', 'analyst', warning)?.code).toBe('warn.verdict');
});

it('would be a leak of the main if the main lost pressure and the well beside it filled', () => {
  const drill = evening(['mh-1.ch4', 'mh-2.ch4', 'well.ch4'], 60);
  expect(ofEvening(drill)).toEqual(
    expect.arrayContaining(['gas-pressure-low', 'gas-adjacent', 'gas-main-leak']),
  );
  expect(drill.changes('gas-main-leak', 'raised').map(each => each.severity)).toEqual(['red']);
  expect(drill.views('gas').map(each => each.causes[0]?.code)).toEqual(['gas.pipeBreak']);
});
