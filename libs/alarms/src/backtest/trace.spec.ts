import type { Sensor } from '@anmai/catalog';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import type { StoredReading } from '@anmai/readings';
import fc from 'fast-check';
import type { Condition, LimitCondition, Rule } from '../rule';
import { leadInMs } from './lead-in';
import { Replay } from './replay';
import { spellsOf } from './spells';
import { TRACE_ROWS_MAX, traceRule, type Trace } from './trace';

const FROM = Date.UTC(2026, 0, 1);
const ZONE_MS = 8 * HOUR_MS;
const SENSOR: Sensor = {
  id: 's', name: 's', assetId: 'a', deviceId: 'd', channel: 'c', quantity: 'generic.value', unit: 'm',
  expectedEverySeconds: 60, range: null,
}; // prettier-ignore
const ruleOf = (condition: Condition): Rule => ({
  id: 'r', version: 3, name: 'r', enabled: true, appliesTo: {}, condition,
  source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
}); // prettier-ignore
const LIMITS = [
  { severity: 'yellow', above: 20, clearBelow: 18 },
  { severity: 'orange', above: 50 },
] as const;

/** '1 25 x 60': one reading a minute; x cannot be used, - did not come. */
function readingsOf(text: string): StoredReading[] {
  return text.split(' ').flatMap((cell, i): StoredReading[] => {
    const at = FROM + i * MINUTE_MS;
    if (cell === '-') return [];
    return cell === 'x' ? [{ at, value: 7, quality: 4 }] : [{ at, value: Number(cell), quality: 1 }];
  });
}

const traced = (condition: Condition, readings: readonly StoredReading[], raisedMinute: number): Trace => {
  const raisedAt = FROM + raisedMinute * MINUTE_MS;
  const trace = traceRule({
    rule: ruleOf(condition),
    sensor: SENSOR,
    readings,
    raisedAt,
    utcOffsetMs: ZONE_MS,
  });
  if (!trace.ok) throw new Error(trace.error.kind);
  return trace.value;
};
const minute = (at: number | null): number | null => (at === null ? null : (at - FROM) / MINUTE_MS);

/** One cell a row: what the limits said, mildest first. `m` met, `p2` pending since minute 2, `ON`; `?` blind. */
function told({ rows }: Trace): string {
  const cells = rows.map(row => {
    const stands = row.limits.map(stand => {
      const since = stand.pendingSince === null ? '' : `p${minute(stand.pendingSince)}`;
      return `${stand.met ? 'm' : ''}${stand.on ? 'ON' : since}` || '.';
    });
    return `${row.isReading ? '' : 't'}${row.blind ? '?' : ''}${stands.join('/')}`;
  });
  return cells.join(' ');
}

it.each([
  ['the value was within until it passed', {}, '1 19 25 60', 2, './. ./. mON/. mON/mON'],
  ['a hold in samples: one was not enough', { raiseAfter: { samples: 2 } }, '25 1 25 26', 3,
    'mp0/. ./. mp2/. mON/.'],
  ['k of n', { raiseAfter: { samples: 2, of: 3 } }, '25 1 26', 2, 'mp0/. p0/. mON/.'],
  ['a hold in seconds', { raiseAfter: { seconds: 120 } }, '25 25 25', 2, 'mp0/. mp0/. mON/.'],
  ['a reading that cannot be used keeps everything where it was', { raiseAfter: { seconds: 120 } },
    '25 x 25', 2, 'mp0/. ?p0/. mON/.'],
  ['time alone raised: a row without a reading', { raiseAfter: { seconds: 60 } }, '25', 3, 'mp0/. tON/.'],
  ['time alone raised, readings came later', { raiseAfter: { seconds: 60 } }, '25 - - - 1', 3,
    'mp0/. tON/. ./.'],
  ['the deadband holds it on', {}, '25 19 17', 0, 'mON/. ON/. ./.'],
])('%s', (_name, hold, text, raised, expected) => {
  const condition = { type: 'threshold', limits: LIMITS, ...hold } as Condition;
  expect(told(traced(condition, readingsOf(text), raised))).toBe(expected);
}); // prettier-ignore

it('shows what a feature derives, and where it still learns', () => {
  const trace = traced(
    { type: 'rate', per: 'hour', window: { seconds: 300 }, limits: [{ severity: 'red', above: 30 }] },
    readingsOf('1 1 1 1 1 1 1 1 2 3 4 5 6 7 8'),
    12,
  );
  expect(trace.unit).toBe('m/hour');
  expect(trace.limits).toEqual([
    { severity: 'red', above: 30, clearBelow: 30, below: null, clearAbove: null },
  ]);
  const learning = trace.rows.filter(row => row.isLearning).length;
  expect([learning > 0, learning < trace.rows.length]).toEqual([true, true]);
  expect(trace.rows.every(row => row.isLearning === (row.derived === null))).toBe(true);
  // The full rise of 1 m a minute over 5 min, once all of the window rises.
  expect(trace.rows.at(-1)?.derived).toBeCloseTo(60, 6);
});

it('judges limits in the unit of the sensor', () => {
  const trace = traced(
    { type: 'threshold', unit: 'cm', limits: [{ severity: 'red', above: 150 }] },
    readingsOf('1 2'),
    1,
  );
  expect([trace.limits[0]?.above, told(trace)]).toEqual([1.5, '. mON']);
});

it('counts silence for a no-data rule, the raise without a reading among it', () => {
  const trace = traced(
    { type: 'noData', after: { missed: 2.5 }, severity: 'orange' },
    readingsOf('1 1 x - - 1'),
    4,
  );
  expect(trace.rows.map(row => row.derived)).toEqual([null, 60, 60, 180, 240]);
  expect(told(trace)).toBe('. . ?p1 t?mON m');
  expect([trace.unit, trace.limits[0]?.above, trace.limits[0]?.severity]).toEqual(['s', 150, 'orange']);
  expect(minute(trace.raisedAt)).toBe(4);
});

it.each([
  ['alarms of other rules', { type: 'composite', of: [{ ruleId: 'x' }], need: 'all', related: 'asset', withinSeconds: 60, severity: 'red' }, 'composite'],
  ['a unit that does not fit', { type: 'threshold', unit: 'MPa', limits: LIMITS }, 'unusable'],
])('says that it cannot tell: %s', (_name, condition, kind) => {
  const setting = { sensor: SENSOR, readings: [], raisedAt: FROM, utcOffsetMs: ZONE_MS };
  const trace = traceRule({ rule: ruleOf(condition as Condition), ...setting });
  expect(trace.ok ? null : trace.error.kind).toBe(kind);
}); // prettier-ignore

it('is bounded, whole around the raise, and hides no excursion far from it', () => {
  const readings = Array.from({ length: 30_000 }, (_, i): StoredReading => ({
    at: FROM + i * MINUTE_MS, value: i === 1_234 ? 90 : i % 7, quality: 1,
  })); // prettier-ignore
  const trace = traced({ type: 'threshold', limits: LIMITS }, readings, 20_000);
  expect([trace.rows.length <= TRACE_ROWS_MAX, trace.decimated]).toEqual([true, true]);
  expect(trace.rows.length).toBeGreaterThan(TRACE_ROWS_MAX * 0.9);
  expect(trace.rows.some(row => row.value === 90)).toBe(true);
  const near = trace.rows.filter(row => Math.abs((minute(row.at) ?? 0) - 20_000) <= 200);
  expect(near).toHaveLength(401);
  const ats = trace.rows.map(row => row.at);
  expect(ats).toEqual([...ats].sort((a, b) => a - b));
});

it('keeps every row at the bound, and one more thins out', () => {
  const of = (count: number): Trace => traced({ type: 'threshold', limits: LIMITS }, readingsOf(Array.from({ length: count }, () => '1').join(' ')), count - 1);
  expect([of(TRACE_ROWS_MAX).rows.length, of(TRACE_ROWS_MAX).decimated]).toEqual([TRACE_ROWS_MAX, false]);
  const more = of(TRACE_ROWS_MAX + 1);
  expect([more.rows.length <= TRACE_ROWS_MAX, more.decimated]).toEqual([true, true]);
}); // prettier-ignore

it('raises where the monitor does, whatever the readings', () => {
  const cells = fc.array(fc.constantFrom('1', '19', '25', '60', 'x'), { minLength: 1, maxLength: 40 });
  const holds = fc.constantFrom({}, { raiseAfter: { samples: 2, of: 4 } }, { raiseAfter: { seconds: 120 } });
  fc.assert(
    fc.property(cells, holds, (cellsOfAll, hold) => {
      // Where a hold in seconds runs through readings that cannot be used, the clock raises between two rows.
      const text =
        'raiseAfter' in hold && 'seconds' in hold.raiseAfter
          ? cellsOfAll.map(c => c.replace('x', '19'))
          : cellsOfAll;
      const condition: LimitCondition = { type: 'threshold', limits: LIMITS, ...hold };
      const readings = readingsOf(text.join(' '));
      const first = raisesLive(condition, readings)[0];
      const trace = traced(condition, readings, first === undefined ? 0 : minute(first)!);
      const raised = trace.rows.find(row => row.limits.some(limit => limit.on))?.at;
      expect(raised).toBe(first);
    }),
  );
});

function raisesLive(condition: Condition, readings: readonly StoredReading[]): number[] {
  const rule = ruleOf(condition);
  const registry = [
    { kind: 'sensor', op: 'put', id: 's', value: SENSOR },
    { kind: 'rule', op: 'put', id: 'r', value: rule },
  ] as const;
  const replay = new Replay({ registry, from: FROM, tickMs: 30_000 });
  const changes = readings.flatMap(reading =>
    replay.reading({ sensorId: 's', ...reading, value: reading.value ?? NaN }),
  );
  return spellsOf(changes).map(spell => spell.raisedAt);
}

describe('the lead-in', () => {
  const limits = [{ severity: 'yellow', above: 600 }] as const;
  it.each([
    ['a threshold: to look at', { type: 'threshold', limits }, 60, 1],
    ['a threshold with holds', { type: 'threshold', limits, raiseAfter: { seconds: 600 }, clearAfter: { samples: 5 } }, 75, 1],
    ['a rate of its usual window', { type: 'rate', per: 'hour', limits }, 70, 1],
    ['a forecast of its usual window', { type: 'forecast', per: 'hour', target: { above: 3 }, limits }, 316, 1],
    ['a window of its own', { type: 'trend', per: 'month', window: { days: 30 }, limits }, 60 + 30 * 1_440, 1],
    ['a slope per month', { type: 'trend', per: 'month', limits }, 60 + 512 * 1_440, 1],
    ['a slope per hour', { type: 'trend', per: 'hour', limits }, 60 + 128 * 1_440, 1],
    ['a step of minutes', { type: 'changepoint', limits }, 60 + 14 * 1_440, 1],
    ['a step of days', { type: 'changepoint', limits }, 260 * 1_440, 1_440],
    ['ten weeks', { type: 'baseline', limits }, 60 + 70 * 1_440, 1],
    ['nights', { type: 'nightFlow', limits }, 60 + 56 * 1_440, 1],
    ['twice as long as it may be flat', { type: 'flatLine', tolerance: 0, limits }, 80, 1],
    ['readings of quality', { type: 'quality', of: 20, limits }, 100, 1],
    ['silence', { type: 'noData', after: { missed: 3 } }, 66, 1],
  ])('%s', (_name, condition, minutes, everyMinutes) =>
    expect(leadInMs(condition as Condition, everyMinutes * MINUTE_MS) / MINUTE_MS).toBe(minutes),
  ); // prettier-ignore
  it('is never shorter than what is shown before the raise', () =>
    expect(leadInMs({ type: 'threshold', limits }, DAY_MS)).toBe(60 * DAY_MS));
});
