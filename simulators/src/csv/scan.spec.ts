import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHead, type CsvOptions } from './csv-rows';
import { replayRegistry, type ReplayProvisionOptions } from './provision';
import type { RecordingOptions } from './recording';
import { findTimeFormat, scanFile, type Scan } from './scan';
import { Zone } from './zone';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'anmai-scan-'))));
afterAll(() => rm(folder, { recursive: true }));

const mappings = [{ column: 'a', deviceId: 'd-{id}', channel: 'x', unit: 'cm' }];
const recording: RecordingOptions = {
  timeColumn: 't',
  timeFormat: 'epoch-s',
  zone: new Zone('UTC'),
  mappings,
  missing: [],
  missingAs: 'null',
  form: 'plain',
};

async function csv(text: string): Promise<CsvOptions> {
  const file = join(folder, 'a.csv');
  await writeFile(file, text);
  return { file, delimiter: null, header: true };
}
async function scan(text: string, limit = Infinity): Promise<Scan> {
  const options = await csv(text);
  return scanFile(options, await readHead(options), recording, limit);
}

it.each([
  ['day first when nothing speaks against it', ['06/01/14 00', '06/01/14 01'], 'dmy'],
  ['month first when some row shows it', ['06/01/14 00', '06/12/14 00', '06/13/14 00'], 'mdy'],
  ['ISO', ['2022-05-09T06:00:00Z'], 'iso'],
  ['the first row that has a time', ['', '1700000000'], 'epoch-s'],
  ['none from words', ['soon', 'later'], null],
])('the form of the time: %s', async (_name, cells, format) => {
  const options = await csv(`t,a\n${cells.map(cell => `${cell},1`).join('\n')}\n`);
  expect(await findTimeFormat(options, await readHead(options), 't')).toBe(format);
});

it('a scan counts rows, finds the span, the usual step and all that speak', async () => {
  const found = await scan('t,a,id\n100,1,7\n160,2,8\nx,3,9\n150,4,7\n220,5,7\n280,6,7\n');
  expect(found).toMatchObject({ rows: 5, badRows: 1, firstAt: 100_000, lastAt: 280_000, stepMs: 60_000 });
  expect([...found.channels.keys()]).toEqual(['d-7/x', 'd-8/x']);
});

it('a scan stops at its limit', async () => {
  expect(await scan('t,a,id\n100,1,7\n160,2,8\n220,3,9\n', 2)).toMatchObject({ rows: 2, lastAt: 160_000 });
});

it('a file without a readable row is refused', async () => {
  await expect(scan('t,a,id\nx,1,7\n')).rejects.toMatchObject({ code: 'SIM-006' });
  await expect(scan('t,a,id\n')).rejects.toMatchObject({ code: 'SIM-006' });
});

describe('the registry of a replay', () => {
  const base: ReplayProvisionOptions = {
    assetId: 'mh-1',
    assetName: 'Manhole',
    assetKind: null,
    orgId: 'city',
    place: [114.3, 34.8],
    quantities: ['a=drainage.level'],
    speedup: 1,
  };
  const made = async (options: Partial<ReplayProvisionOptions>) =>
    replayRegistry(await scan('t,a,id\n100,1,7\n160,2,8\n'), mappings, { ...base, ...options });

  it('has an asset whose kind follows from the quantity, and a device and sensor for each that speaks', async () => {
    const registry = await made({});
    if (!registry.ok) throw new Error(registry.error.join());
    expect(registry.value.assets).toMatchObject([
      { id: 'mh-1', kind: 'drainage.manhole', geometry: { type: 'Point', coordinates: [114.3, 34.8] } },
    ]);
    expect(registry.value.devices.map(each => each.id)).toEqual(['d-7', 'd-8']);
    expect(registry.value.sensors).toMatchObject([
      { id: 'd-7.x', unit: 'cm', quantity: 'drainage.level', expectedEverySeconds: 60 },
      { id: 'd-8.x', unit: 'cm', quantity: 'drainage.level', expectedEverySeconds: 60 },
    ]);
  });

  it('expects data as often as they are played', async () => {
    const registry = await made({ speedup: 30 });
    expect(registry.ok && registry.value.sensors.map(each => each.expectedEverySeconds)).toEqual([2, 2]);
  });

  it.each([
    ['an unknown quantity', { quantities: ['water.taste'] }, 'water.taste'],
    ['an unknown kind', { assetKind: 'volcano' }, 'volcano'],
    ['an id that cannot be', { assetId: 'A 1' }, 'A 1'],
  ])('refuses %s', async (_name, options, word) => {
    const registry = await made(options);
    expect(registry.ok ? '' : registry.error.join()).toContain(word);
  });
});
