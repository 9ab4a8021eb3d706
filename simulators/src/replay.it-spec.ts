import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Device, Sensor } from '@anmai/catalog';
import { replay, type ReplayOptions } from './replay';
import { BareBroker } from './testing/bare-broker';
import { FakePlatform } from './testing/fake-platform';

const data = (path: string): string =>
  fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
let broker: BareBroker;
let platform: FakePlatform;
let folder: string;
let file: string;

beforeEach(async () => {
  broker = await BareBroker.start();
  platform = await FakePlatform.start();
  folder = await mkdtemp(join(tmpdir(), 'anmai-replay-'));
  file = join(folder, 'feed.csv');
});
afterEach(async () => {
  await broker.kill();
  await platform.stop();
  await rm(folder, { recursive: true });
});

const options = (more: Partial<ReplayOptions>): ReplayOptions => ({
  http: null,
  mqtt: broker.url,
  username: 'admin',
  password: FakePlatform.password,
  deviceLogin: { username: 'u', password: 'p' },
  signal: new AbortController().signal,
  log: () => undefined,
  file,
  timeColumn: 't',
  timeFormat: null,
  zone: 'UTC',
  maps: [],
  device: 'd1',
  delimiter: null,
  header: true,
  missing: [],
  missingAs: 'null',
  form: 'plain',
  speed: 'max',
  shift: 'keep',
  skip: 0,
  limit: null,
  provision: null,
  ...more,
});

interface Plain {
  readonly ts: number;
  readonly values: Readonly<Record<string, number | null>>;
}
const sent = (): Plain[] => broker.telemetry.map(each => JSON.parse(each.text) as Plain);
const numbered = (rows: number): string =>
  `t,a\n${Array.from({ length: rows }, (_, i) => `${1_700_000_000 + i},${i}`).join('\n')}`;

describe('recorded feeds without conversion', () => {
  it.each([
    [
      'methane',
      'gas-methane-metec/methane_ppm_1min.csv',
      { timeColumn: 'time_utc', device: null, maps: ['E=metec-e/ch4:ppm', 'wind_speed_ms=metec-w/wind:m/s'] },
      4_680,
      { ts: Date.UTC(2022, 4, 9, 6), values: { ch4: 1.691 } },
    ],
    [
      'a river',
      'drainage-logan-river/Mendon2019.csv',
      { timeColumn: 'datetime_local', zone: 'America/Denver', maps: ['stage=level:cm'] },
      25_883,
      { ts: Date.UTC(2019, 0, 1, 7), values: { level: 72.79 } },
    ],
    [
      'a water network, blanks after commas',
      'water-batadal-train/BATADAL_dataset04.csv',
      { timeColumn: 'DATETIME', maps: ['L_T1=l_t1:m'] },
      4_177,
      { ts: Date.UTC(2016, 6, 4, 0), values: { l_t1: 2.44 } },
    ],
    [
      'total station, device by row',
      'building-totalstation/monitoring.csv',
      { timeColumn: 'c5', header: false, device: null, maps: ['c4=point-{c1}/z:m'] },
      690,
      { ts: Date.UTC(2013, 5, 4, 8, 35, 13), values: { z: 15.4809 } },
    ],
  ])('%s', async (_name, path, how, rows, first) => {
    const summary = await replay(options({ file: data(path), ...how }));
    expect(summary).toMatchObject({ rows, badRows: 0, failed: 0 });
    expect(summary.acknowledged).toBe(summary.sent);
    // Devices have connections of their own, so that only within one the order is sure.
    const [device] = how.maps[0]?.split('=')[1]?.split('/') ?? [];
    const own = broker.telemetry.filter(each => each.topic.includes(`/${device?.replace('{c1}', '0')}/`));
    expect(JSON.parse((own[0] ?? broker.telemetry[0])?.text ?? '')).toEqual(first);
  });

  it('takes all 43 columns of a table with one option', async () => {
    const path = data('water-batadal-train/BATADAL_dataset03.csv');
    await replay(options({ file: path, timeColumn: 'DATETIME', limit: 3 }));
    expect(sent().map(each => Object.keys(each.values).length)).toEqual([44, 44, 44]);
    expect(sent().map(each => each.ts)).toEqual([0, 1, 2].map(hour => Date.UTC(2014, 0, 6, hour)));
  });
});

describe('a replay', () => {
  it('is taken up after each broken connection without loss, and repeats only what was not acknowledged', async () => {
    await broker.kill();
    let count = 0;
    const broken: number[] = [];
    broker = await BareBroker.start({
      breakInsteadOfAck: ({ topic, text, dup }) => {
        if (!topic.endsWith('telemetry') || dup || (count += 1) % 70 !== 0) return false;
        broken.push((JSON.parse(text) as Plain).values.a ?? NaN);
        return true;
      },
    });
    await writeFile(file, numbered(300));
    const summary = await replay(options({ inflightMax: 1 }));
    expect(broken.length).toBeGreaterThanOrEqual(4);
    expect(summary).toMatchObject({
      rows: 300,
      sent: 300,
      acknowledged: 300,
      reconnects: broken.length,
      nextSkip: 300,
    });
    const expected = Array.from({ length: 300 }, (_, i) => (broken.includes(i) ? [i, i] : [i])).flat();
    expect(sent().map(each => each.values.a)).toEqual(expected);
  });

  it('stops on the signal, and the next one goes on where it ended', async () => {
    await writeFile(file, numbered(2_000));
    const stop = new AbortController();
    const running = replay(options({ signal: stop.signal, inflightMax: 10 }));
    await broker.seen(() => broker.telemetry.length >= 500);
    stop.abort();
    const { nextSkip } = await running;
    expect(nextSkip).toBeGreaterThan(400);
    expect(nextSkip).toBeLessThan(2_000);
    await replay(options({ skip: nextSkip }));
    const values = sent().map(each => each.values.a);
    expect([...new Set(values)]).toEqual(Array.from({ length: 2_000 }, (_, i) => i));
    expect(values.length).toBeLessThanOrEqual(2_010);
  });

  it('keeps time: ten seconds of recording at 20x take half a second, each row stamped when it leaves', async () => {
    await writeFile(file, numbered(11));
    const from = Date.now();
    await replay(options({ speed: 20, shift: 'now' }));
    const elapsedMs = Date.now() - from;
    expect(elapsedMs).toBeGreaterThanOrEqual(500);
    const times = sent().map(each => each.ts);
    expect(times.map(each => each - (times[0] ?? 0))).toEqual(Array.from({ length: 11 }, (_, i) => i * 50));
    expect(times[0]).toBeGreaterThanOrEqual(from);
  });

  it('leaves rows without a time out, counts them, and says why', async () => {
    await writeFile(file, 't,a\n1700000000,1\nnever,2\n1700000002,3');
    const lines: string[] = [];
    const summary = await replay(options({ log: line => lines.push(line) }));
    expect(summary).toMatchObject({ rows: 2, badRows: 1 });
    expect(lines.join('\n')).toContain('"never"');
  });

  it('makes asset, devices and sensors for what it plays', async () => {
    await writeFile(file, numbered(3));
    const provision = {
      assetId: 'pump-9',
      assetName: 'Pump 9',
      assetKind: null,
      orgId: 'water-co',
      place: null,
      quantities: ['a=water.flow'],
    };
    await replay(options({ http: platform.url, deviceLogin: null, maps: ['a=flow:L/s'], provision }));
    const [call] = platform.callsTo(/import/);
    const { devices, sensors } = call?.body as { devices: Device[]; sensors: Sensor[] };
    expect(devices.map(each => [each.id, each.assetId])).toEqual([['d1', 'pump-9']]);
    expect(sensors).toMatchObject([
      { id: 'd1.flow', channel: 'flow', quantity: 'water.flow', unit: 'L/s', expectedEverySeconds: 1 },
    ]);
    expect(broker.clients).toEqual(new Set(['d1']));
  });

  it.each([
    ['a missing column', { timeColumn: 'time' }, 'SIM-005', 'no column "time"'],
    ['an unknown zone', { zone: 'Mars/Base' }, 'SIM-005', 'no time zone'],
    ['a column of words', { timeColumn: 'a', timeFormat: 'iso' }, 'SIM-006', 'none of the first'],
  ] as const)('refuses %s before anything is sent', async (_name, how, code, words) => {
    await writeFile(file, numbered(3));
    const running = replay(options(how));
    await expect(running).rejects.toMatchObject({ code });
    await expect(running).rejects.toThrow(words);
    expect(broker.arrivals).toEqual([]);
  });
});
