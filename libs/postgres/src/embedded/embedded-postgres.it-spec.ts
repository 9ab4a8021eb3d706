import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Records } from '../records';
import { openRecords } from '../open-records';
import { TestClock } from '../testing/test-server';
import { findPackage, provideBinaries } from './binaries';
import { EmbeddedPostgres, type EmbeddedTarget } from './embedded-postgres';
import { buildParent, startParent } from '../testing/parent-process';
import { isAlive, processesIn, waitUntil } from './processes';

let dataDir: string;
let lines: string[];
let cleanUps: (() => Promise<unknown> | void)[];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'anmai-pg-'));
  lines = [];
  cleanUps = [];
});
afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  await rm(dataDir, { recursive: true, force: true });
});

function supervisor(folder = dataDir): EmbeddedPostgres {
  const server = new EmbeddedPostgres({ dataDir: folder, log: line => lines.push(line) });
  cleanUps.push(() => server.stop());
  return server;
}
function recordsAt(pool: EmbeddedTarget): Records {
  const records = openRecords({ pool, clock: new TestClock() });
  cleanUps.push(() => records.close());
  return records;
}
const SYSTEM = { actor: 'system', within: null };
const city = { id: 'city', name: '市', parentId: null };

describe('EmbeddedPostgres', () => {
  it('keeps what was written over a stop, starts well under 2 s, and guards its folder', async () => {
    const first = supervisor();
    expect(first.state()).toBe('down');
    const records = recordsAt(await first.start());
    await records.open();
    await records.orgs.create(city, SYSTEM);
    expect(first.state()).toBe('up');
    await records.close();
    await first.stop();
    expect(first.state()).toBe('down');
    expect(await processesIn(join(dataDir, 'postgres', 'data'))).toEqual([]);

    const started = performance.now();
    const second = supervisor();
    const again = recordsAt(await second.start());
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await again.orgs.get('city', null)).toMatchObject(city);
    expect((await stat(join(dataDir, 'postgres', 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
    await expect(supervisor().start()).rejects.toMatchObject({ code: 'PGR-018' });
    expect(await again.orgs.get('city', null)).toMatchObject(city);
  });

  it('refuses whoever does not know the password', async () => {
    const target = await supervisor().start();
    const stranger = recordsAt({ ...target, password: 'guess' });
    await expect(stranger.open()).rejects.toMatchObject({ code: 'PGR-020', retryable: false });
  });

  it('mends a server that was killed, without help; callers see retryable errors meanwhile', async () => {
    const server = supervisor();
    const records = recordsAt(await server.start());
    await records.open();
    await records.orgs.create(city, SYSTEM);
    const pid = server.pid()!;
    process.kill(pid, 'SIGKILL');
    const failures: unknown[] = [];
    const back = await waitUntil(async () => {
      const failure = await records.orgs.get('city', null).then(
        () => null,
        (error: unknown) => error,
      );
      if (failure !== null) failures.push(failure);
      return failure === null && server.state() === 'up' && server.pid() !== pid;
    }, 20_000);
    expect(back).toBe(true);
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures)
      expect(failure).toMatchObject({ code: 'PGR-001', status: 503, retryable: true });
    await records.orgs.update({ ...city, name: '新' }, 1, SYSTEM);
  });

  it('mends itself again after the next kill, and a stop in between ends it for good', async () => {
    const server = supervisor();
    await server.start();
    for (let round = 0; round < 2; round += 1) {
      const pid = server.pid()!;
      process.kill(pid, 'SIGKILL');
      expect(await waitUntil(() => server.pid() !== null && server.pid() !== pid, 20_000)).toBe(true);
    }
    process.kill(server.pid()!, 'SIGKILL');
    await waitUntil(() => server.state() === 'down', 5_000);
    await server.stop();
    expect(server.state()).toBe('down');
    expect(await processesIn(join(dataDir, 'postgres', 'data'))).toEqual([]);
    await server.start();
    expect(server.state()).toBe('up');
  });

  it('overrules a stale pid file, and leaves a stranger alone who has its number now', async () => {
    const server = supervisor();
    await server.start();
    await server.stop();
    const pidFile = join(dataDir, 'postgres', 'data', 'postmaster.pid');
    const owner = await stat(join(dataDir, 'postgres', 'data'));
    // Of the same user: PostgreSQL by itself would take it for a running server and refuse.
    const stranger = spawn('sleep', ['600'], { uid: owner.uid, gid: owner.gid, cwd: '/', stdio: 'ignore' });
    cleanUps.push(() => void stranger.kill('SIGKILL'));
    const dead = spawn('true', { stdio: 'ignore' });
    await once(dead, 'exit');
    for (const pid of [stranger.pid!, dead.pid!]) {
      await writeFile(pidFile, `${pid}\n${join(dataDir, 'postgres', 'data')}\n1\n5432\n\n\n 1 1\nready\n`);
      await server.start();
      expect(server.state()).toBe('up');
      await server.stop();
    }
    expect(isAlive(stranger.pid!)).toBe(true);
  });

  it('listens on the loopback where the path is too long for a socket', async () => {
    await chmod(dataDir, 0o755);
    const target = await supervisor(join(dataDir, 'x'.repeat(90))).start();
    expect(target.host).toBe('127.0.0.1');
    const records = recordsAt(target);
    await records.open();
    await records.ping();
  });

  it('begins anew where an earlier run stopped half way', async () => {
    await mkdir(join(dataDir, 'postgres', 'data.half-1'), { recursive: true });
    await supervisor().start();
    expect(await readdir(join(dataDir, 'postgres'))).not.toContain('data.half-1');
  });

  it('refuses the folder of another PostgreSQL', async () => {
    await mkdir(join(dataDir, 'postgres', 'data'), { recursive: true });
    await writeFile(join(dataDir, 'postgres', 'data', 'PG_VERSION'), '12\n');
    await expect(supervisor().start()).rejects.toMatchObject({ code: 'PGR-017', retryable: false });
  });

  it('copies its programs where the user of the server can reach them, two at once too', async () => {
    const found = await findPackage();
    const hidden = join(dataDir, 'hidden');
    await mkdir(hidden, { mode: 0o700 });
    await cp(found.native, join(hidden, 'native'), { recursive: true, verbatimSymlinks: true });
    const nobody = { uid: 65534, gid: 65534 };
    const take = () => provideBinaries(dataDir, nobody, { ...found, native: join(hidden, 'native') });
    await expect(take()).rejects.toMatchObject({ code: 'PGR-017' });
    await chmod(dataDir, 0o755);
    const [one, two] = await Promise.all([take(), take()]);
    expect(one).toEqual(two);
    expect(one.folder).toContain(join(dataDir, 'postgres-bin'));
    const asNobody = process.getuid?.() === 0 ? nobody : {};
    const { stdout } = await promisify(execFile)(one.postgres, ['--version'], { ...asNobody, cwd: '/' });
    expect(stdout).toContain(`PostgreSQL) ${one.major}`);
    expect(await readdir(join(dataDir, 'postgres-bin', found.version))).toEqual(['native']);
  });
});

describe('after SIGKILL of the program', () => {
  let script: string;
  beforeAll(async () => {
    script = await buildParent();
  });
  afterAll(() => rm(join(script, '..'), { recursive: true, force: true }));

  async function killedParent(watchdogToo: boolean): Promise<number> {
    const { child, serverPid } = await startParent(script, dataDir);
    cleanUps.push(() => void child.kill('SIGKILL'));
    if (watchdogToo) await killWatchdog(child);
    child.kill('SIGKILL');
    await once(child, 'exit');
    return serverPid;
  }

  it('the server ends soon by itself', async () => {
    const pid = await killedParent(false);
    expect(await waitUntil(() => !isAlive(pid), 10_000)).toBe(true);
    expect(
      await waitUntil(
        async () => (await processesIn(join(dataDir, 'postgres', 'data')))?.length === 0,
        5_000,
      ),
    ).toBe(true);
  });

  it.each([
    ['that is about to end', false],
    ['that would go on', true],
  ])('the next start gets over a server %s, with all that was written', async (_name, watchdogToo) => {
    const pid = await killedParent(watchdogToo);
    if (watchdogToo) expect(isAlive(pid)).toBe(true);
    const records = recordsAt(await supervisor().start());
    expect(isAlive(pid)).toBe(false);
    expect(await records.orgs.get('city', null)).toMatchObject({ id: 'city' });
    if (watchdogToo) expect(lines.join('\n')).toContain('of an earlier run');
  });
});

async function killWatchdog(parent: ChildProcess): Promise<void> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (status.includes(`PPid:\t${parent.pid}\n`) && command.includes('read -r _'))
      process.kill(Number(name), 'SIGKILL');
  }
}
