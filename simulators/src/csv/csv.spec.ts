import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvRows, readHead } from './csv-rows';
import { filled, parseMappings } from './mapping';
import { rowReader } from './recording';
import { guessTimeFormat, parseTime, type TimeFormat } from './time-format';
import { stagedTime } from './time-shift';
import { Zone } from './zone';

const UTC = new Zone('UTC');
const iso = (cell: string, format: TimeFormat, zone = 'UTC'): string => {
  const parsed = parseTime(cell, format, new Zone(zone));
  return parsed.ok ? new Date(parsed.value).toISOString() : parsed.error;
};

describe('times', () => {
  it.each([
    ['2022-05-09T06:00:00Z', 'iso', 'UTC', '2022-05-09T06:00:00.000Z'],
    ['2022-05-09T06:00:00.25+08:00', 'iso', 'UTC', '2022-05-08T22:00:00.250Z'],
    ['2022-05-09T06:00-0330', 'iso', 'UTC', '2022-05-09T09:30:00.000Z'],
    ['2019-01-01 00:15', 'iso', 'America/Denver', '2019-01-01T07:15:00.000Z'],
    ['2009-01-02', 'iso', 'Asia/Shanghai', '2009-01-01T16:00:00.000Z'],
    ['06/01/14 00', 'dmy', 'UTC', '2014-01-06T00:00:00.000Z'],
    ['13/09/2016 23', 'dmy', 'UTC', '2016-09-13T23:00:00.000Z'],
    ['9/13/2016 23:05:07', 'mdy', 'UTC', '2016-09-13T23:05:07.000Z'],
    ['2016/9/13 7:05', 'ymd', 'UTC', '2016-09-13T07:05:00.000Z'],
    ['22.11.2026 24:00', 'dmy', 'UTC', '2026-11-23T00:00:00.000Z'],
    ['1732230000', 'epoch-s', 'UTC', '2024-11-21T23:00:00.000Z'],
    ['1732230000.5', 'epoch-s', 'UTC', '2024-11-21T23:00:00.500Z'],
    ['1732230000123', 'epoch-ms', 'UTC', '2024-11-21T23:00:00.123Z'],
  ] as const)('%s is guessed as %s and read in %s', (cell, format, zone, expected) => {
    expect(guessTimeFormat(cell)).toBe(format);
    expect(iso(cell, format, zone)).toBe(expected);
  });

  it.each([
    ['a day that never is', '31/02/2020 00', 'dmy', 'is no day or hour of the calendar'],
    ['an hour past the end', '01/02/2020 25', 'dmy', 'is no day or hour of the calendar'],
    ['words', 'yesterday', 'iso', 'is not a time of the form iso'],
    ['nothing', '', 'epoch-s', 'is not a number of seconds'],
  ] as const)('refuses %s', (_name, cell, format, error) => expect(iso(cell, format)).toContain(error));

  it('guesses none from a word', () => expect(guessTimeFormat('CH4')).toBeNull());

  it.each([
    ['before clocks go forward', '2019-03-10 01:59', '2019-03-10T08:59:00.000Z'],
    ['an hour that never comes', '2019-03-10 02:30', '2019-03-10T09:30:00.000Z'],
    ['after clocks went forward', '2019-03-10 03:00', '2019-03-10T09:00:00.000Z'],
    ['an hour that comes twice', '2019-11-03 01:30', '2019-11-03T07:30:00.000Z'],
    ['after clocks went back', '2019-11-03 02:00', '2019-11-03T09:00:00.000Z'],
  ])('in Denver: %s', (_name, cell, expected) => expect(iso(cell, 'iso', 'America/Denver')).toBe(expected));
});

describe('the mapping of columns', () => {
  const columns = ['t', 'a', 'flow rate', 'id'];
  const map = (maps: string[], device: string | null = null) =>
    parseMappings({ maps, device, timeColumn: 't', columns });

  it.each([
    ['device and channel', ['a=d1/ch4'], null, [['a', 'd1', 'ch4', null]]],
    ['with a unit', ['a=d1/ch4:%LEL'], null, [['a', 'd1', 'ch4', '%LEL']]],
    ['with a slash in the unit', ['a=d1/q:m3/h'], null, [['a', 'd1', 'q', 'm3/h']]],
    [
      'one device for all',
      ['a=q:m3/h', 'id=d2/x'],
      'd1',
      [
        ['a', 'd1', 'q', 'm3/h'],
        ['id', 'd2', 'x', null],
      ],
    ],
    ['a blank in the column', ['flow rate=d1/q'], null, [['flow rate', 'd1', 'q', null]]],
    ['the device from a column', ['a=dev-{id}/z'], null, [['a', 'dev-{id}', 'z', null]]],
    [
      'nothing: all columns',
      [],
      'd1',
      [
        ['a', 'd1', 'a', null],
        ['flow rate', 'd1', 'flow_rate', null],
        ['id', 'd1', 'id', null],
      ],
    ],
  ])('%s', (_name, maps, device, expected) => {
    const parsed = map(maps, device);
    if (!parsed.ok) throw new Error(parsed.error.join('; '));
    expect(parsed.value.map(each => [each.column, each.deviceId, each.channel, each.unit])).toEqual(expected);
  });

  it.each([
    ['neither map nor device', [], null, 'say which column'],
    ['no device', ['a=ch4'], null, 'names no device'],
    ['no channel', ['a=d1/'], null, 'names no channel'],
    ['no equals sign', ['a'], 'd1', 'expected column=deviceId/channel'],
    ['an unknown column', ['b=d1/x'], null, 'no column "b"'],
    ['an unknown place', ['a=d{b}/x'], null, 'no column "b" for {b}'],
    ['a device id that cannot be', ['a=Dev 1/x'], null, '"Dev 1" is no device id'],
    ['a channel given twice', ['a=d1/x', 'id=d1/x'], null, 'd1/x is mapped twice'],
  ])('refuses %s', (_name, maps, device, fault) => {
    const parsed = map(maps, device);
    expect(parsed.ok ? [] : parsed.error.join('; ')).toContain(fault);
  });

  it('lists all faults together', () => {
    const parsed = map(['b=d1/x', 'a=d1/']);
    expect(parsed.ok ? [] : parsed.error).toHaveLength(2);
  });

  it('fills places from the row', () => expect(filled('p{id}-{a}', { id: '7', a: ' x ' })).toBe('p7-x'));
});

describe('rows', () => {
  const mappings = [
    { column: 'a', deviceId: 'd1', channel: 'x', unit: 'm' },
    { column: 'b', deviceId: 'd1', channel: 'y', unit: null },
    { column: 'c', deviceId: 'd2', channel: 'z', unit: null },
  ];
  const base = { timeColumn: 't', timeFormat: 'epoch-s', zone: UTC, mappings, form: 'plain' } as const;

  it('become one message a device, with missing cells said as missing', () => {
    const read = rowReader({ ...base, missing: ['-9999'], missingAs: 'null' });
    const row = read({ t: '10', a: '1.5', b: '-9999', c: '' });
    if (!row.ok) throw new Error(row.error);
    expect(row.value.at).toBe(10_000);
    expect(
      row.value.messages.map(each => [each.deviceId, ...each.records.map(r => [r.channel, r.value])]),
    ).toEqual([
      ['d1', ['x', 1.5], ['y', null]],
      ['d2', ['z', null]],
    ]);
  });

  it('leave missing cells out when asked, and a device that has nothing to say', () => {
    const read = rowReader({ ...base, missing: [], missingAs: 'skip' });
    const row = read({ t: '10', a: '1.5', b: 'NaN', c: 'NA' });
    expect(row.ok && row.value.messages.map(each => each.records.length)).toEqual([1]);
  });

  it('send odd cells as they stand, and count them', () => {
    const row = rowReader({ ...base, missing: [], missingAs: 'null' })({ t: '10', a: 'ice', b: '1', c: '2' });
    expect(row.ok && row.value.oddCells).toBe(1);
    expect(row.ok && row.value.messages[0]?.records[0]?.value).toBe('ice');
  });

  it('without a time are an error, not a reading', () => {
    const row = rowReader({ ...base, missing: [], missingAs: 'null' })({ a: '1' });
    expect(row.ok).toBe(false);
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'anmai-csv-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['commas', 't,a\n1,2\n', true, ',', ['t', 'a'], [{ t: '1', a: '2' }]],
    ['blanks after commas', 't, a\n1, 2\n', true, ',', ['t', 'a'], [{ t: '1', a: '2' }]],
    ['semicolons, no header', '1;2,5\n', false, ';', ['c1', 'c2'], [{ c1: '1', c2: '2,5' }]],
    ['a byte-order mark and CRLF', '\ufefft\ta\r\n1\t2\r\n', true, '\t', ['t', 'a'], [{ t: '1', a: '2' }]],
    ['a quoted name', '"t","a, b"\n1,2\n', true, ',', ['t', 'a, b'], [{ t: '1', 'a, b': '2' }]],
    ['a row cut short', 't,a\n1\n3,4', true, ',', ['t', 'a'], [{ t: '1' }, { t: '3', a: '4' }]],
  ])('with %s', async (name, text, header, delimiter, columns, rows) => {
    const file = join(folder, `${name}.csv`);
    await writeFile(file, text);
    const options = { file, delimiter: null, header };
    const head = await readHead(options);
    expect(head).toEqual({ delimiter, columns });
    const read = [];
    for await (const row of csvRows(options, head)) read.push(row);
    expect(read).toEqual(rows);
  });

  it('that are not there are an error', async () => {
    await expect(
      readHead({ file: join(folder, 'none.csv'), delimiter: null, header: true }),
    ).rejects.toMatchObject({ code: 'SIM-008' });
  });
});

it.each([
  ['keeps the times of the file', { speed: 1, shift: 'keep' }, { sendAt: 9_000 + 60_000, at: 160_000 }],
  ['moves to now', { speed: 1, shift: 'now' }, { sendAt: 69_000, at: 69_000 }],
  ['quickens', { speed: 60, shift: 'now' }, { sendAt: 10_000, at: 10_000 }],
  ['at once, ending now', { speed: 'max', shift: 'now' }, { sendAt: 9_000, at: 9_000 - 40_000 }],
  ['at once, as recorded', { speed: 'max', shift: 'keep' }, { sendAt: 9_000, at: 160_000 }],
] as const)('a staged row %s', (_name, how, expected) => {
  const stage = { ...how, firstAt: 100_000, lastAt: 200_000, startAt: 9_000 };
  expect(stagedTime(stage, 160_000)).toEqual(expected);
});
