import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { faultsOf, login } from './options';
import { buildProgram, withCommand } from './program';

/** Runs the command line; gives what it printed, or the error. */
async function run(...args: string[]): Promise<{ out: string; lines: string[]; error: string }> {
  const lines: string[] = [];
  let [out, error] = ['', ''];
  const program = buildProgram({
    signal: new AbortController().signal,
    log: () => undefined,
    print: async line => void lines.push(line),
  });
  const quiet = (command: Command): void => {
    command
      .exitOverride()
      .configureOutput({ writeOut: text => (out += text), writeErr: text => (out += text) });
    command.commands.forEach(quiet);
  };
  quiet(program);
  try {
    await program.parseAsync(withCommand(args), { from: 'user' });
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  return { out, lines, error };
}

describe('the command line', () => {
  it.each([
    [['--help'], ['city', 'replay', 'Examples:', 'npm run sim']],
    [
      ['city', '--help'],
      [
        '--seed',
        '--pace',
        '--backfill-hours',
        '--dry-run',
        '--http',
        '--mqtt',
        '--password',
        '--storms',
        '--inflight',
      ],
    ],
    [
      ['replay', '--help'],
      [
        '--time',
        '--zone',
        '--map',
        '--device',
        '--speed',
        '--shift',
        '--limit',
        '--skip',
        '--provision',
        '--nan',
      ],
    ],
  ])('%j is complete', async (args, words) => {
    const { out } = await run(...args);
    for (const word of words) expect(out).toContain(word);
  });

  it.each([
    [['city', '--drop', '1.5'], 'a number from 0 to 1'],
    [['city', '--pace', 'fast'], 'a number from 0.1'],
    [['city', '--start', 'noon'], 'ISO time'],
    [['replay', 'x.csv', '--time', 't', '--speed', '0'], 'above 0'],
    [['replay', 'x.csv', '--time', 't', '--shift', 'later'], 'Allowed choices'],
    [['x.csv'], "required option '--time <column>'"],
    [['city', '--http', 'http://127.0.0.1:1'], 'ANMAI_ADMIN_PASSWORD'],
  ])('refuses %j', async (args, words) => {
    vi.stubEnv('ANMAI_ADMIN_PASSWORD', undefined);
    expect((await run(...args)).error).toContain(words);
    vi.unstubAllEnvs();
  });

  it('prints the feed of a dry run, twice the same', async () => {
    const args = ['city', '--dry-run', '--start', '2026-11-22T02:00:00Z', '--duration', '20'];
    const { lines } = await run(...args);
    expect(lines.length).toBeGreaterThan(100);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      topic: expect.stringMatching(/^anmai\/v1\/.+\/telemetry$/) as string,
    });
    expect((await run(...args)).lines).toEqual(lines);
    expect((await run(...args, '--drop', '1')).lines).toEqual([]);
  });

  it('prints registry and rules', async () => {
    const registry = JSON.parse((await run('city', '--print-registry')).lines.join('')) as {
      assets: unknown[];
    };
    expect(registry.assets.length).toBeGreaterThan(250);
    expect(JSON.parse((await run('city', '--print-rules')).lines.join(''))).toContainEqual(
      expect.objectContaining({ id: 'no-data' }),
    );
  });

  it('says all that is wrong with the columns at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anmai-cli-'));
    await writeFile(join(folder, 'a.csv'), 't,a\n1,2\n');
    const { error } = await run(
      join(folder, 'a.csv'),
      '--time',
      'x',
      '--map',
      'b=d1/c',
      '--device-login',
      'u:p',
    );
    expect(error).toContain('no column "x"');
    expect(error).toContain('no column "b"');
    await rm(folder, { recursive: true });
  });
});

it.each([
  [
    ['a.csv', '--time', 't'],
    ['replay', 'a.csv', '--time', 't'],
  ],
  [['city'], ['city']],
  [['--help'], ['--help']],
  [[], []],
])('%j means %j', (args, meant) => expect(withCommand(args)).toEqual(meant));

it('takes a log-in apart at its first colon', () => {
  expect(login('u:p:q')).toEqual({ username: 'u', password: 'p:q' });
  expect(() => login('u')).toThrow('user:password');
});

it('asks for no faults when every share is 0', () => {
  const none = {
    drop: 0,
    duplicate: 0,
    reorder: 0,
    delay: 0,
    skew: 0,
    stuck: 0,
    nan: 0,
    malformed: 0,
    storms: 0,
  };
  const rest = { delayMax: 60, skewMax: 600, stuckMessages: 20, faultSeed: 1 };
  expect(faultsOf({ ...none, ...rest })).toBeNull();
  expect(faultsOf({ ...none, ...rest, delay: 0.1 })).toMatchObject({ delay: 0.1, delayMsMax: 60_000 });
});
