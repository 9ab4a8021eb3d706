import { curve, Drill, local, MINUTE, minutesBetween, noiseOf, type Site } from './drill';

/*
 * Shiyan, 2021-06-13 (lifelines.md, section 5): gas from a corroded pipe gathers in the culvert under a market. First call at
 * 05:42, "done, you may leave" at 06:38, explosion at 06:42. Nobody measured. Here somebody does: detectors in the culvert, in
 * a telecom well 60 m on and in the market, one reading a minute.
 */
const SITES: readonly Site[] = [
  { id: 'culvert', kind: 'gas.well', at: [0, 0], links: ['well'], sensors: { 'culvert.ch4': ['gas.combustible', '%LEL', 60] } },
  { id: 'well', kind: 'gas.well', at: [60, 0], sensors: { 'well.ch4': ['gas.combustible', '%LEL', 60] } },
  { id: 'market', kind: 'building', at: [40, 20], properties: { population: 913 }, sensors: { 'market.ch4': ['gas.combustible', '%LEL', 60] } },
]; // prettier-ignore
const START = local('2021-06-13 05:00');
const EXPLOSION = local('2021-06-13 06:42');
const clock = (text: string): number => local(`2021-06-13 ${text}`);

/** Minutes since 05:00. The leak opens at 05:38; the repair changes nothing that a detector could see. */
const CULVERT = curve([[38, 0], [48, 30], [60, 75], [90, 140], [102, 150]]); // prettier-ignore
const WELL = curve([[44, 0], [60, 40], [90, 95], [102, 105]]); // prettier-ignore
const MARKET = curve([[52, 0], [75, 24], [102, 48]]); // prettier-ignore

/** Runs to `until`; from `silentFrom` on the well does not report any more. */
function leak(until: string, silentFrom = Infinity): Drill {
  const drill = new Drill(SITES, START);
  const noise = noiseOf(1);
  const level = (value: number): number => Math.max(0, value + 0.2 * noise());
  for (let at = START + MINUTE; at <= clock(until); at += MINUTE) {
    const minute = (at - START) / MINUTE;
    const values = { 'culvert.ch4': level(CULVERT(minute)), 'market.ch4': level(MARKET(minute)) };
    drill.read(at, at < silentFrom ? { ...values, 'well.ch4': level(WELL(minute)) } : values);
  }
  return drill;
}

/** Assessed, warned, sent out, answered, and "done" at 06:38. Gives the incident's id. */
function declaredDone(drill: Drill): string {
  const { id } = drill.views('gas')[0]!;
  const seenN = drill.seenN(id);
  drill.step(id, 'assessed', 'analyst', { verdict: 'true', note: '桥下有雾状气体', seenN });
  const audience = (['owner', 'authority', 'government'] as const).map(role => ({ role, orgId: role }));
  drill.step(id, 'warned', 'analyst', { severity: 'red', audience, text: '集贸市场燃气泄漏', reason: null });
  const task = { id: 't1', orgId: 'gas-co', what: '查漏止漏', dueAt: drill.now + 30 * MINUTE };
  drill.step(id, 'dispatched', 'analyst', { tasks: [task] });
  drill.step(id, 'feedback', 'crew', { taskId: 't1', note: '阀门已修', fileIds: [] });
  expect(drill.step(id, 'resolutionProposed', 'crew', { note: '处置完毕，可以离开' })).toBeNull();
  return id;
}

it('is told nearly an hour before, step by step, as one incident', () => {
  const drill = leak('06:42');
  const before = (ruleId: string, severity?: string): number =>
    minutesBetween(drill.reached(ruleId, severity), EXPLOSION);
  expect({
    rise: before('gas-adjacent-rise'),
    yellow: before('gas-adjacent', 'yellow'),
    orange: before('gas-adjacent', 'orange'),
    red: before('gas-adjacent', 'red'),
    twoWells: before('gas-two-wells'),
    twoWellsHigh: before('gas-two-wells-high'),
    wellAndBuilding: before('gas-well-and-building'),
  }).toEqual({
    rise: 61, yellow: 57, twoWells: 49, orange: 48, twoWellsHigh: 36, red: 30, wellAndBuilding: 30,
  }); // prettier-ignore
  expect(drill.views('gas')).toHaveLength(1);
});

it('is not over because somebody says so, four minutes before the end', () => {
  const drill = leak('06:38');
  const id = declaredDone(drill);
  for (const actor of ['crew', 'analyst', null]) {
    const refusal = drill.step(id, 'released', actor, { note: '处置完毕', seenN: drill.seenN(id) });
    expect(refusal?.code).toBe(actor === null ? 'release.byNobody' : 'release.sensors');
  }
  expect(drill.disposal(id).stage).toBe('resolutionProposed');
});

it('is not over because a detector fell silent: the crew took the well’s out at 06:30', () => {
  const drill = leak('06:41', clock('06:30'));
  const id = declaredDone(drill);
  // Seen as blind 2.5 reports after its last one, and told on its open alarm.
  expect(drill.changes('gas-adjacent', 'blinded', 'well.ch4').map(each => each.noticedAt)).toEqual([
    clock('06:31:30'),
  ]);
  const refusal = drill.step(id, 'released', 'analyst', { note: '处置完毕', seenN: drill.seenN(id) });
  expect(refusal?.missing.map(each => `${each.sensorId} ${each.reason}`).sort()).toEqual([
    'culvert.ch4 alarmOpen',
    'market.ch4 alarmOpen',
    'well.ch4 blind',
  ]);
});

it('is over when the valve was shut, every detector reads normal five times, and a person says so', () => {
  const drill = leak('06:40');
  const id = declaredDone(drill);
  // The valve is shut at 06:40 and the space is aired: down to nothing in 20 minutes.
  const codes: string[] = [];
  for (let minute = 1; minute <= 40; minute++) {
    const left = Math.max(0, 1 - minute / 20);
    drill.read(clock('06:40') + minute * MINUTE, {
      'culvert.ch4': 148 * left, 'well.ch4': 103 * left, 'market.ch4': 46 * left,
    }); // prettier-ignore
    const refusal = drill.step(id, 'released', 'analyst', { note: '各点归零', seenN: drill.seenN(id) });
    codes.push(refusal?.code ?? `released ${minute}`);
    if (refusal === null) break;
  }
  expect(codes.at(-1)).toBe('released 24');
  expect(new Set(codes.slice(0, -1))).toEqual(new Set(['release.sensors']));
});
