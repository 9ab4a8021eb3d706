import { dueSteps } from '@anmai/alarms';
import { curve, Drill, local, MINUTE, noiseOf, type Site } from './drill';

/*
 * Kaohsiung, 2026-02-21 (lifelines.md, section 5): 22:22 a drain reads 22.9, it is flushed, and about 20 minutes later it reads
 * zero; 22:53 somebody has confirmed it, 31 minutes after the report. Readings end the alarm. They do not end the incident.
 */
const SITES: readonly Site[] = [
  { id: 'drain', kind: 'drainage.manhole', at: [0, 0], sensors: { ch4: ['gas.combustible', '%LEL', 60] } },
];
const clock = (text: string): number => local(`2026-02-21 ${text}`);
const START = clock('22:00');
const READS = curve([[0, 1], [20, 1], [22, 22.9], [26, 20], [42, 0]]); // prettier-ignore

function until(text: string): { drill: Drill; id: string } {
  const drill = new Drill(SITES, START, MINUTE / 6);
  const noise = noiseOf(10);
  for (let at = START; at <= clock(text); at += MINUTE) {
    const minute = (at - START) / MINUTE;
    drill.read(at, {
      ch4: minute === 22 ? 22.9 : Math.max(0, READS(minute) + (minute < 42 ? 0.1 * noise() : 0)),
    });
  }
  return { drill, id: drill.views('gas')[0]!.id };
}

it('is raised with the reading of 22:22 and cleared by the third one below 18', () => {
  const { drill } = until('22:53');
  expect(
    drill.changes('gas-manhole').map(each => [each.kind, each.severity, (each.at - START) / MINUTE]),
  ).toEqual([
    ['raised', 'yellow', 22],
    ['cleared', 'yellow', 30],
  ]);
});

it('is not over by itself: at 22:52 the readings are zero and everything is still owed', () => {
  const { drill, id } = until('22:52');
  const incident = drill.disposal(id);
  expect([incident.stage, incident.condition]).toEqual(['detected', 'cleared']);
  expect(dueSteps(incident, drill.now).map(each => each.kind)).toEqual(['identify', 'respond']);
  const refusal = drill.step(id, 'released', null, { note: '', seenN: drill.seenN(id) });
  expect(refusal?.code).toBe('step.outOfOrder');
});

it('is over with a verdict, a proposal, five readings and a person’s word, 31 minutes after the report', () => {
  const { drill, id } = until('22:53');
  const seenN = drill.seenN(id);
  expect(drill.step(id, 'assessed', 'analyst', { verdict: 'true', note: '现场有气味', seenN })).toBeNull();
  expect(drill.step(id, 'released', 'analyst', { note: '归零', seenN })?.code).toBe('release.verdict');
  expect(drill.step(id, 'resolutionProposed', 'crew', { note: '已冲洗' })).toBeNull();
  expect(drill.step(id, 'released', null, { note: '归零', seenN })?.code).toBe('release.byNobody');
  expect(drill.step(id, 'released', 'analyst', { note: '两点复测均为零', seenN })).toBeNull();
  expect(drill.disposal(id)).toMatchObject({ stage: 'released', releasedAt: clock('22:53') });
});

it('would not have been over at 22:31, one reading after it cleared', () => {
  const { drill, id } = until('22:31');
  const seenN = drill.seenN(id);
  drill.step(id, 'assessed', 'analyst', { verdict: 'true', note: '现场有气味', seenN });
  drill.step(id, 'resolutionProposed', 'crew', { note: '已冲洗' });
  const refusal = drill.step(id, 'released', 'analyst', { note: '归零', seenN });
  expect(refusal?.missing.map(each => each.reason)).toEqual(['tooFewReadings']);
});
