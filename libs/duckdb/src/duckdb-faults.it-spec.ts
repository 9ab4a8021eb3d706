import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { DAY_MS } from '@anmai/kernel';
import type { Reading } from '@anmai/readings';
import { startTsProcess } from '@anmai/testing';
import { DuckdbReadingStore } from './duckdb-reading-store';
import { BATCH_READINGS } from './testing/append-without-end';

const CHILD = fileURLToPath(new URL('./testing/append-without-end.ts', import.meta.url));
const BASE = 1_793_491_200_000;
const KEEP_ALL = { rawMs: null, minuteMs: null, hourMs: null, dayMs: null };

let dir: string;
let file: string;
const open: DuckdbReadingStore[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duckdb-'));
  file = join(dir, 'readings.duckdb');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(store => store.close()));
  await rm(dir, { recursive: true, force: true });
});

function make(path = file): DuckdbReadingStore {
  const store = new DuckdbReadingStore({ file: path });
  open.push(store);
  return store;
}
const readings = (count: number, from = BASE): Reading[] =>
  Array.from({ length: count }, (_, i) => {
    return {
      sensorId: `s${i % 10}`,
      at: from + Math.floor(i / 10) * 1_000,
      value: Math.sin(i) * 1e3,
      quality: 1,
    };
  });

it('keeps after SIGKILL whatever append had resolved, and no half batch', async () => {
  for (const batches of [3, 40]) {
    const path = join(dir, `${batches}.duckdb`);
    const child = startTsProcess(CHILD, [path]);
    let acknowledged = -1;
    for await (const line of child.lines) {
      acknowledged = Number(line);
      if (acknowledged >= batches) break;
    }
    await child.kill();
    expect(acknowledged).toBeGreaterThanOrEqual(batches);
    const store = make(path);
    await store.open();
    const all = { from: 0, to: BASE + DAY_MS, limit: 100_000 };
    const counts: number[] = [];
    for (const i of [0, 1, BATCH_READINGS - 1]) {
      const { rows } = await store.range({ sensorId: `sensor-${i}`, ...all });
      expect(rows.map(row => row.value)).toEqual(rows.map((_, batch) => batch));
      counts.push(rows.length);
    }
    expect(Math.min(...counts)).toBeGreaterThan(acknowledged);
    expect(new Set(counts).size).toBe(1);
  }
});

it('names the remedy when another process has the file', async () => {
  const child = startTsProcess(CHILD, [file]);
  for await (const _line of child.lines) break;
  const store = make();
  await expect(store.open()).rejects.toMatchObject({ name: 'AppError', code: 'DDB-001', retryable: true });
  await child.kill();
  await store.open();
  await store.ping();
});

it('does not open a file twice in one process, also not by another path', async () => {
  const first = make();
  await first.open();
  await expect(make(join(dir, 'x', '..', 'readings.duckdb')).open()).rejects.toMatchObject({
    code: 'DDB-001',
  });
  await first.close();
  await make().open();
});

it.each<[string, string, (path: string) => Promise<unknown>]>([
  ['no DuckDB file', 'DDB-002', path => writeFile(path, 'not a database, '.repeat(2_000))],
  ['a folder', 'DDB-005', path => mkdir(path)],
  ['a file with a ruined header', 'DDB-002', path => damage(path, bytes => bytes.fill(0x5a, 4_096, 12_288))],
  ['a file with ruined blocks', 'DDB-002', path => damage(path, bytes => bytes.fill(0x5a, 12_288))],
  ['a file of a later version of the program', 'DDB-004', writeLaterVersion],
])('says what is wrong with %s', async (_name, code, prepare) => {
  await prepare(file);
  const store = make();
  const outcome = store.open().then(() => store.range({ sensorId: 's1', from: 0, to: BASE * 2, limit: 9 }));
  await expect(outcome).rejects.toMatchObject({ name: 'AppError', code, retryable: true });
});

async function damage(path: string, ruin: (bytes: Buffer) => unknown): Promise<void> {
  const store = make(path);
  await store.open();
  for (let i = 0; i < 20; i += 1) await store.append(readings(20_000, BASE + i * DAY_MS));
  await store.close();
  const bytes = await readFile(path);
  ruin(bytes);
  await writeFile(path, bytes);
}

async function writeLaterVersion(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run('CREATE TABLE meta (name VARCHAR NOT NULL, value BIGINT NOT NULL)');
  await connection.run(`INSERT INTO meta VALUES ('schema', 99)`);
  connection.closeSync();
  instance.closeSync();
}

it('remembers across a restart what retention has dropped', async () => {
  const first = make();
  await first.open();
  await first.append(readings(10));
  await first.enforceRetention({ ...KEEP_ALL, rawMs: 10 * DAY_MS }, BASE + 20 * DAY_MS);
  await first.close();
  const refused: string[] = [];
  const second = new DuckdbReadingStore({ file }, (_readings, refusal) => refused.push(refusal.code));
  open.push(second);
  await second.open();
  await second.append(readings(1));
  expect(refused).toEqual(['beyond_retention']);
});

const folderBytes = async (): Promise<number> => {
  const names = await readdir(dir);
  const sizes = await Promise.all(names.map(async name => (await stat(join(dir, name))).size));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
};

it('uses the room again that retention has freed', async () => {
  const store = make();
  await store.open();
  const bytes: number[] = [];
  for (let day = 0; day < 12; day += 1) {
    const from = BASE + day * DAY_MS;
    for (let i = 0; i < 10; i += 1) await store.append(readings(20_000, from + i * 2_000_000));
    await store.rollUp([{ from, to: from + DAY_MS }]);
    await store.enforceRetention({ ...KEEP_ALL, rawMs: DAY_MS }, from + DAY_MS);
    bytes.push(await folderBytes());
  }
  expect(bytes.at(-1)).toBeLessThan(1.5 * Math.max(...bytes.slice(2, 5)));
});

it('does not grow by rolling up the same stretch again and again', async () => {
  const store = make();
  await store.open();
  // 50,000 buckets: every few times the log reaches the size at which DuckDB checkpoints.
  const sent = Array.from({ length: 50_000 }, (_, i): Reading => {
    return {
      sensorId: `s${i % 5_000}`,
      at: BASE + Math.floor(i / 5_000) * 60_000,
      value: Math.sin(i),
      quality: 1,
    };
  });
  await store.append(sent);
  const bytes: number[] = [];
  for (let times = 0; times < 50; times += 1) {
    await store.rollUp([{ from: BASE, to: BASE + 600_000 }]);
    bytes.push(await folderBytes());
  }
  expect(Math.max(...bytes.slice(30))).toBeLessThan(Math.max(...bytes.slice(0, 20)) * 1.2);
});

it('appends and answers while it rolls up', async () => {
  const store = make();
  await store.open();
  await store.append(readings(50_000));
  const rolling = store.rollUp([{ from: BASE, to: BASE + DAY_MS }]);
  await Promise.all([store.append(readings(50_000, BASE + DAY_MS)), store.latest('s1'), store.ping()]);
  await rolling;
  const { rows } = await store.range({ sensorId: 's1', from: BASE, to: BASE + 2 * DAY_MS, limit: 20_000 });
  expect(rows).toHaveLength(10_000);
});
