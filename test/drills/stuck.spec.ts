import { GOOD, MISSING } from '@anmai/readings';
import { rowsOf } from '../e2e/recorded';
import { Drill, HOUR, MINUTE, type Site } from './drill';

/*
 * Real: the logger at Mendon Road on the Logan River lost its probe on 2019-02-07 and gave the same dissolved oxygen, 11.5 mg/L,
 * and the same pH, 8.47, for 34 days. Both are good values: no limit is ever passed, the line is up, and all seems well.
 */
const SITES: readonly Site[] = [
  { id: 'mendon', kind: 'river', at: [0, 0], sensors: { ox: ['water.oxygen', 'mg/l', 900], ph: ['water.ph', 'pH', 900], turb: ['water.turbidity', 'NTU', 900] } },
]; // prettier-ignore
const COLUMNS = { ox: 'do', ph: 'ph', turb: 'turb' } as const;
// Local time without a zone: taken as UTC.
const utc = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
const STUCK = utc('2019-02-07 13:30');
const MENDED = utc('2019-03-13 12:00');

function winter(): Drill {
  const rows = rowsOf('drainage-logan-river/Mendon2019.csv').filter(
    row => row['datetime_local']! < '2019-04-01',
  );
  const drill = new Drill(SITES, utc(rows[0]!['datetime_local']!) - MINUTE, 15 * MINUTE);
  for (const row of rows) {
    const at = utc(row['datetime_local']!);
    const readings = Object.entries(COLUMNS).map(([sensorId, column]) => {
      const value = Number(row[column]);
      const isThere = row[column] !== '' && value > -9_000;
      return { sensorId, at, value: isThere ? value : Number.NaN, quality: isThere ? GOOD : MISSING };
    });
    drill.receive(at, readings);
  }
  return drill;
}

const drill = winter();
const spells = (ruleId: string): string[] =>
  drill.changes(ruleId).map(each => `${each.kind} ${new Date(each.at).toISOString().slice(0, 16)}`);

it('is told after a day of oxygen and two of pH, and ends with the first value that moves', () => {
  expect(spells('stuck-water-oxygen')).toEqual([
    'raised 2019-02-08T13:30',
    'cleared 2019-03-13T12:00',
    // Three days after it was mended it stood still again, for 25 hours: nobody has to know that beforehand.
    'raised 2019-03-17T17:00',
    'cleared 2019-03-17T18:00',
  ]);
  expect(spells('stuck-water-ph')).toEqual(['raised 2019-02-09T13:30', 'cleared 2019-03-13T12:00']);
  expect(drill.changes('stuck-water-oxygen')[0]!.onsetAt - STUCK).toBe(24 * HOUR);
});

it('says how long it has stood', () => {
  const { derived } = drill.changes('stuck-water-ph')[0]!.evidence;
  expect(derived).toMatchObject({ value: 48 * 3_600, lowest: 8.47, highest: 8.47 });
});

it('is seen by nothing else: within limits, and never silent', () => {
  const during = drill.alarms.filter(
    each => each.at >= STUCK + 6 * HOUR && each.at < MENDED && each.sensorId !== 'turb',
  );
  expect([...new Set(during.map(each => each.ruleId))].sort()).toEqual([
    'stuck-water-oxygen',
    'stuck-water-ph',
  ]);
});

it('does not call a sensor stuck that works', () => {
  expect(spells('stuck-water-turbidity')).toEqual([]);
});
