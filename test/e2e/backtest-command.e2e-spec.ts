import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BacktestLine } from '../../apps/cli/src/replay-rules';
import { builtProgram, newDataDir, removeDataDirs } from '../support/server-process';
import { recorded } from './recorded';

/** `npm run backtest` on recorded and made files: every type of condition, as the contract has it. */
const folder = newDataDir();
afterAll(() => removeDataDirs());

const SOURCE = { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' };
const file = (name: string, content: string): string => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const rulesFile = (...conditions: readonly object[]): string =>
  file(
    'rules.json',
    JSON.stringify(
      conditions.map((condition, i) => ({
        id: `r${i}`,
        name: 'r',
        appliesTo: {},
        condition,
        source: SOURCE,
      })),
    ),
  );

/** Lines that the command prints; it has to end well and say nothing else. */
async function backtest(rules: string, csv: string, time: string, ...columns: string[]): Promise<BacktestLine[]> {
  const args = ['--rules', rules, '--csv', csv, '--time', time, ...columns];
  const child = spawn(process.execPath, [builtProgram('backtest'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => (stdout += chunk));
  child.stderr.on('data', chunk => (stderr += chunk));
  const code = await new Promise(resolve => child.once('close', resolve));
  expect([code, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as BacktestLine);
} // prettier-ignore
const told = (lines: readonly BacktestLine[]): string[] =>
  lines.map(({ at, sensor, from, to }) => `${at.slice(0, 10)} ${sensor} ${from}>${to}`);
const yellow = (above: number): object => ({ limits: [{ severity: 'yellow', above }] });

describe('a station that an earthquake moved', () => {
  const station = recorded('building-displacement-gnss/S106.csv');
  const STEP = { type: 'changepoint', ...yellow(6) };

  it('tells the lasting step of 2011-03-11, dated and sized', async () => {
    const lines = await backtest(rulesFile(STEP), station, 'date', '--value', 'east_mm');
    // The third local day on the new level, in UTC.
    expect(told(lines)[0]).toBe('2011-03-12 east_mm normal>yellow');
    const { derived, limit, readings } = lines[0]!.evidence;
    const step = new Date(Number(derived?.['stepAt'])).toISOString();
    // The file gives local days: midnight in China is 16:00 UTC of the day before.
    expect([step, derived?.['unit']]).toEqual(['2011-03-10T16:00:00.000Z', '/']);
    expect(Number(derived?.['stepSize'])).toBeGreaterThan(70);
    expect(Number(derived?.['value'])).toBe(Math.abs(Number(derived?.['stepSize'])));
    expect(limit).toMatchObject({ above: 6 });
    expect(new Date(readings.at(-1)!.at).toISOString()).toBe(lines[0]!.at);
  });

  it('means every column that was given where appliesTo is empty', async () => {
    const columns = ['--value', 'north_mm', '--map', 'east_mm=s106.e:building.displacement:mm', '--value', 'up_mm'];
    const lines = await backtest(rulesFile(STEP), station, 'date', ...columns);
    const raised = lines.filter(line => line.from === 'normal').map(line => `${line.at.slice(0, 10)} ${line.sensor}`);
    expect(raised).toEqual(expect.arrayContaining(['2011-03-12 north_mm', '2011-03-12 s106.e']));
    expect(lines.find(line => line.sensor === 's106.e')?.evidence.derived?.['unit']).toBe('mm');
  });
}); // prettier-ignore

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
/** A file with one value a step; what has no value has an empty cell. */
function series(name: string, everyMs: number, values: readonly (number | null)[]): string {
  const rows = values.map((value, i) => `${new Date(START + i * everyMs).toISOString()},${value ?? ''}`);
  return file(name, ['t,v', ...rows].join('\n'));
}
const readLines = (path: string): string[] => readFileSync(path, 'utf8').split('\n');
const made = (count: number, of: (i: number) => number | null): (number | null)[] =>
  Array.from({ length: count }, (_, i) => of(i));
/** A little noise without chance. */
const noise = (i: number, size: number): number => Math.sin(i * 12.9898) * size;
const wave = (i: number, perDay: number): number => 20 + 8 * Math.sin((2 * Math.PI * i) / perDay);

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** What each type has to tell of a series made for it: how it begins, and what explains it. */
const CASES = [
  ['threshold', { type: 'threshold', ...yellow(20) }, MINUTE, made(60, i => (i < 30 ? 1 : 25)), null],
  ['rate', { type: 'rate', per: 'hour', ...yellow(30) }, MINUTE, made(60, i => Math.max(0, i - 30)), 'spanSeconds'],
  ['trend per month', { type: 'trend', per: 'month', ...yellow(4) }, DAY, made(200, i => (8 / 30.4375) * i + noise(i, 0.5)), 'slopeLow'],
  ['forecast', { type: 'forecast', per: 'minute', target: { above: 100 }, limits: [{ severity: 'yellow', below: 30 }] }, MINUTE, made(90, i => i), 'limitSecondsEarliest'],
  ['changepoint', { type: 'changepoint', ...yellow(6) }, DAY, made(120, i => noise(i, 1) + (i < 60 ? 0 : 15)), 'stepAt'],
  ['baseline', { type: 'baseline', ...yellow(7) }, 5 * MINUTE, made(288 * 12, i => wave(i, 288) + noise(i, 0.5) + (i > 288 * 10 ? 15 : 0)), 'expected'],
  ['nightFlow', { type: 'nightFlow', ...yellow(4) }, 15 * MINUTE, made(96 * 30, i => wave(i, 96) + noise(i, 0.3) + (i > 96 * 22 ? 6 : 0)), 'usualNight'],
  ['flatLine', { type: 'flatLine', tolerance: 0.01, ...yellow(7_200) }, HOUR, made(30, i => (i < 10 ? noise(i, 1) : 3)), 'lowest'],
  ['quality', { type: 'quality', of: 10, ...yellow(0.5) }, MINUTE, made(60, i => (i > 30 && i % 3 !== 0 ? null : 1)), 'unusable'],
] as const; // prettier-ignore

it.each(CASES)('%s works from the command line', async (_name, condition, everyMs, values, explained) => {
  const lines = await backtest(
    rulesFile(condition),
    series('made.csv', everyMs, values),
    't',
    '--value',
    'v',
  );
  const first = lines[0]!;
  expect([first.sensor, first.rule, first.from, first.to]).toEqual(['v', 'r0', 'normal', 'yellow']);
  expect(Date.parse(first.at)).toBeGreaterThan(START);
  expect(Object.keys(first.evidence.derived ?? {})).toEqual(
    explained === null ? [] : expect.arrayContaining(['unit', explained]),
  );
});

it('noData and composite work from the command line, several rules at a time', async () => {
  const silence = { type: 'noData', after: { missed: 3 } };
  const both = { type: 'composite', of: [{ ruleId: 'r0' }, { ruleId: 'r1' }], need: 'all', related: 'sensor', withinSeconds: 7_200, severity: 'red' };
  const values = made(60, i => (i === 5 || i > 50 ? 25 : 1));
  // Readings of a quarter of an hour are missing.
  const all = series('gap.csv', MINUTE, values);
  const csv = file('gap2.csv', readLines(all).filter((_, i) => i === 0 || i < 10 || i > 25).join('\n'));
  const lines = await backtest(rulesFile(silence, { type: 'threshold', ...yellow(20), clearAfter: { seconds: 3_000 } }, both), csv, 't', '--value', 'v');
  const raised = lines.filter(line => line.from === 'normal').map(line => `${line.rule} ${line.to}`);
  expect(raised.slice(0, 3)).toEqual(['r1 yellow', 'r0 yellow', 'r2 red']);
}); // prettier-ignore

it('takes a year of readings a minute', async () => {
  const values = made(365 * 1_440, i => wave(i, 1_440) + noise(i, 0.5) + (i === 400_000 ? 60 : 0));
  const csv = series('year.csv', MINUTE, values);
  const since = performance.now();
  const lines = await backtest(rulesFile({ type: 'threshold', ...yellow(50) }), csv, 't', '--value', 'v');
  console.log(`525,600 readings: ${((performance.now() - since) / 1_000).toFixed(1)} s`);
  expect(told(lines)).toEqual(['2026-10-05 v normal>yellow', '2026-10-05 v yellow>normal']);
  expect(lines[0]!.at).toBe(new Date(START + 400_000 * MINUTE).toISOString());
});
