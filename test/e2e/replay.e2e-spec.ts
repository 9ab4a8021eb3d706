import { replay, type ReplayOptions } from '@anmai/simulators';
import { startInfluxd, type Influxd } from '@anmai/testing';
import type { AlarmShape, HealthShape, Page, SeriesReply } from '@anmai/wire';
import { ADMIN_PASSWORD, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { ApiClient } from '../support/api-client';
import { eventually } from '../support/eventually';
import { recorded, rowsOf } from './recorded';
import { alarmsByHand, type RuleByHand, type Sample } from './threshold-by-hand';

const METEC = 'gas-methane-metec/methane_ppm_1min.csv';
const MENDON = 'drainage-logan-river/Mendon2019.csv';
const SOURCE = { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' };

/** One column of a recording and the sensor that it is. */
interface Column {
  readonly column: string;
  readonly deviceId: string;
  readonly unit: string;
  readonly sensorUnit: string;
  readonly quantity: string;
  readonly range: { readonly min: number; readonly max: number } | null;
}

interface Recording {
  readonly file: string;
  readonly timeColumn: string;
  readonly at: (row: Record<string, string>) => number;
  readonly everySeconds: number;
  readonly kind: string;
  readonly columns: readonly Column[];
  readonly form: 'plain' | 'senml';
  readonly rules: readonly { readonly id: string; readonly unit: string; readonly byHand: RuleByHand }[];
}

const gas = (column: string): Column => ({
  column,
  deviceId: 'metec',
  unit: 'ppm',
  sensorUnit: 'ppm',
  quantity: 'gas.combustible',
  range: null,
});

const GAS: Recording = {
  file: METEC,
  timeColumn: 'time_utc',
  at: row => Date.parse(row['time_utc'] ?? ''),
  everySeconds: 60,
  kind: 'gas.station',
  columns: ['E', 'N', 'NE', 'NW', 'S', 'SE', 'SW', 'W'].map(gas),
  form: 'plain',
  rules: [
    {
      id: 'leak-3-of-3',
      unit: 'ppm',
      byHand: {
        levels: [{ severity: 'yellow', above: 4, clearBelow: 3.5 }],
        raiseSamples: 3,
        clearMs: 30 * 60_000,
      },
    },
    {
      id: 'leak-two-levels',
      unit: 'ppm',
      byHand: {
        levels: [
          { severity: 'yellow', above: 5, clearBelow: 4 },
          { severity: 'orange', above: 15, clearBelow: 10 },
        ],
        raiseSamples: 1,
        clearMs: 0,
      },
    },
  ],
};

/** The river: sent in centimetres, kept in metres; a rule in each unit. */
const RIVER: Recording = {
  file: MENDON,
  timeColumn: 'datetime_local',
  at: row => Date.parse(`${(row['datetime_local'] ?? '').replace(' ', 'T')}:00Z`),
  everySeconds: 900,
  kind: 'river',
  columns: [
    {
      column: 'stage',
      deviceId: 'mendon',
      unit: 'cm',
      sensorUnit: 'm',
      quantity: 'river.level',
      range: { min: -1, max: 5 },
    },
    {
      column: 'turb',
      deviceId: 'mendon',
      unit: 'NTU',
      sensorUnit: 'NTU',
      quantity: 'water.turbidity',
      range: { min: 0, max: 1_000 },
    },
    {
      column: 'temp',
      deviceId: 'mendon',
      unit: 'Cel',
      sensorUnit: 'Cel',
      quantity: 'environment.temperature',
      range: { min: -30, max: 60 },
    },
  ],
  form: 'senml',
  rules: [
    {
      id: 'flood',
      unit: 'cm',
      byHand: {
        levels: [
          { severity: 'blue', above: 70.005, clearBelow: 66.005 },
          { severity: 'yellow', above: 90.005, clearBelow: 85.005 },
        ],
        raiseSamples: 3,
        clearMs: 30 * 60_000,
      },
    },
    {
      id: 'murky',
      unit: 'NTU',
      byHand: {
        levels: [
          { severity: 'blue', above: 30, clearBelow: 20 },
          { severity: 'yellow', above: 60, clearBelow: 45 },
          { severity: 'orange', above: 100, clearBelow: 75 },
        ],
        raiseSamples: 1,
        clearMs: 0,
      },
    },
  ],
};
const RULE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  'leak-3-of-3': GAS.columns.map(each => each.column),
  'leak-two-levels': GAS.columns.map(each => each.column),
  flood: ['stage'],
  murky: ['turb'],
};

let influxd: Influxd;
let server: ServerProcess;
let api: ApiClient;

beforeAll(async () => {
  influxd = await startInfluxd();
  server = await startServer({ env: { INFLUX_URL: influxd.url } });
  api = await ApiClient.login(server.http);
});
afterAll(async () => {
  await server.stop();
  await influxd.stop();
  removeDataDirs();
});

const sensorId = ({ deviceId, column }: Column): string => `${deviceId}.${column.toLowerCase()}`;

async function register(of: Recording): Promise<void> {
  const deviceId = of.columns[0]!.deviceId;
  await api.must('/registry/import', {
    assets: [{ id: deviceId, kind: of.kind, name: deviceId, orgId: 'city' }],
    devices: [{ id: deviceId, name: deviceId, assetId: deviceId }],
    sensors: of.columns.map(each => ({
      id: sensorId(each),
      assetId: deviceId,
      deviceId,
      channel: each.column,
      quantity: each.quantity,
      unit: each.sensorUnit,
      expectedEverySeconds: of.everySeconds,
      ...(each.range === null ? {} : { range: each.range }),
    })),
  });
  for (const { id, unit, byHand } of of.rules) {
    await api.must('/rules', {
      id,
      name: id,
      appliesTo: {
        sensorIds: of.columns.filter(each => RULE_COLUMNS[id]!.includes(each.column)).map(sensorId),
      },
      condition: {
        type: 'threshold',
        unit,
        limits: byHand.levels,
        raiseAfter: { samples: byHand.raiseSamples },
        clearAfter: { seconds: byHand.clearMs / 1_000 },
      },
      source: SOURCE,
    });
  }
}

function replayOptions(of: Recording): ReplayOptions {
  return {
    http: server.http,
    mqtt: server.mqtt,
    username: 'admin',
    password: ADMIN_PASSWORD,
    signal: new AbortController().signal,
    log: () => undefined,
    file: recorded(of.file),
    timeColumn: of.timeColumn,
    timeFormat: null,
    zone: 'UTC',
    maps: of.columns.map(each => `${each.column}=${each.deviceId}/${each.column}:${each.unit}`),
    device: null,
    delimiter: null,
    header: true,
    missing: ['-9999'],
    missingAs: 'null',
    form: of.form,
    speed: 'max',
    shift: 'keep',
    skip: 0,
    limit: null,
    provision: null,
  };
}

/** What was measured, in the unit of the file; `usable` null where nothing may be concluded from it. */
function samplesOf(of: Recording, each: Column): { at: number; raw: number | null; usable: number | null }[] {
  return rowsOf(of.file).map(row => {
    const cell = row[each.column] ?? '';
    const raw = cell === '' || Number(cell) === -9999 ? null : Number(cell);
    const inSensorUnit = raw === null ? null : each.unit === 'cm' ? raw / 100 : raw;
    const isOut =
      each.range !== null &&
      inSensorUnit !== null &&
      (inSensorUnit < each.range.min || inSensorUnit > each.range.max);
    return { at: of.at(row), raw, usable: isOut ? null : raw };
  });
}

async function alarmsOf(rule: string): Promise<AlarmShape[]> {
  const out: AlarmShape[] = [];
  let cursor: string | null = null;
  do {
    const query: string = `/alarms?state=all&rule=${rule}&limit=1000${cursor === null ? '' : `&cursor=${cursor}`}`;
    const { body }: { body: Page<AlarmShape> } = await api.get<Page<AlarmShape>>(query);
    for (const { id } of body.items) out.push((await api.get<AlarmShape>(`/alarms/${id}`)).body);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return out;
}

const bySensorThenOnset = (a: { sensorId: string; onsetAt: number }, b: typeof a): number =>
  a.sensorId < b.sensorId ? -1 : a.sensorId > b.sensorId ? 1 : a.onsetAt - b.onsetAt;

const msOrNull = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));

const seen = (alarm: AlarmShape) => ({
  sensorId: alarm.sensorId,
  onsetAt: Date.parse(alarm.onsetAt),
  raisedAt: Date.parse(alarm.raisedAt),
  clearedAt: msOrNull(alarm.clearedAt),
  severity: alarm.severity as string,
  condition: alarm.condition as string,
  kinds: alarm.history.map(item => item.change),
  decidedAt: Date.parse(alarm.evidence.readings.at(-1)!.at),
});

interface Kept {
  readonly sensor: string;
  readonly rows: number;
  readonly values: number;
  readonly min: number;
  readonly max: number;
}

/** Asks InfluxDB itself, not the platform. */
async function keptByInflux(): Promise<Map<string, Kept>> {
  const q =
    'SELECT count(quality), count(value), min(value), max(value) FROM "anmai"."raw"."reading" GROUP BY sensor';
  const reply = await fetch(`${influxd.url}/query?db=anmai&q=${encodeURIComponent(q)}`);
  const body = (await reply.json()) as {
    results: { series?: { tags: { sensor: string }; values: number[][] }[] }[];
  };
  return new Map(
    (body.results[0]?.series ?? []).map(({ tags, values }) => {
      const [, rows = 0, count = 0, min = NaN, max = NaN] = values[0] ?? [];
      return [tags.sensor, { sensor: tags.sensor, rows, values: count, min, max }];
    }),
  );
}

describe.each([
  ['methane sensors on a site with known releases', GAS],
  ['a river over a year, with its loggers’ artefacts', RIVER],
] as const)('%s', (_name, of) => {
  const rows = rowsOf(of.file).length;

  it('every row is acknowledged, and all of it is in InfluxDB', { timeout: 60_000 }, async () => {
    await register(of);
    const summary = await replay(replayOptions(of));
    expect(summary).toMatchObject({ rows, badRows: 0, acknowledged: rows, failed: 0 });
    const lastAt = of.at(rowsOf(of.file).at(-1)!);
    for (const each of of.columns) {
      const samples = samplesOf(of, each);
      const values = samples.flatMap(({ raw }) => (raw === null ? [] : [raw]));
      const scale = each.unit === each.sensorUnit ? 1 : 0.01;
      const kept = await eventually(async () => {
        const now = (await keptByInflux()).get(sensorId(each));
        return now?.rows === rows && now;
      });
      expect(kept.values).toBe(values.length);
      expect(kept.min).toBeCloseTo(Math.min(...values) * scale, 9);
      expect(kept.max).toBeCloseTo(Math.max(...values) * scale, 9);
    }
    await settled();
    const latest = await api.get<{ latest: { at: string } }>(`/sensors/${sensorId(of.columns[0]!)}`);
    expect(Date.parse(latest.body.latest.at)).toBe(lastAt);
  });

  it.each(of.rules.map(rule => [rule.id, rule] as const))(
    'rule %s raises what it says by hand, no more and no less',
    async (id, rule) => {
      const expected = of.columns
        .filter(each => RULE_COLUMNS[id]!.includes(each.column))
        .flatMap(each => {
          const samples: Sample[] = samplesOf(of, each).map(({ at, usable }) => ({ at, value: usable }));
          return alarmsByHand(rule.byHand, samples).map(alarm => ({ sensorId: sensorId(each), ...alarm }));
        })
        .sort(bySensorThenOnset);
      expect(expected.length).toBeGreaterThan(2);
      const raised = await eventually(async () => {
        const alarms = await alarmsOf(id);
        return alarms.length >= expected.length && alarms;
      });
      expect(raised.map(seen).sort(bySensorThenOnset)).toEqual(expected);
    },
  );

  it('a chart of it keeps the extremes, within the points that were asked for', async () => {
    const all = rowsOf(of.file);
    const [from, to] = [of.at(all[0]!), of.at(all.at(-1)!) + 1].map(at => new Date(at).toISOString());
    for (const each of of.columns) {
      const scale = each.unit === each.sensorUnit ? 1 : 0.01;
      const values = samplesOf(of, each).flatMap(({ raw }) => (raw === null ? [] : [raw * scale]));
      for (const points of [50, 1_000]) {
        const { body } = await api.get<SeriesReply>(
          `/sensors/${sensorId(each)}/series?from=${from}&to=${to}&points=${points}`,
        );
        const drawn = body.rows.flatMap(row => (row.value === null ? [] : [row.value]));
        expect(body.rows.length).toBeLessThanOrEqual(points);
        expect([body.source, body.unit]).toEqual(['raw', each.sensorUnit]);
        expect(Math.min(...drawn)).toBeCloseTo(Math.min(...values), 9);
        expect(Math.max(...drawn)).toBeCloseTo(Math.max(...values), 9);
      }
    }
  });
});

it.each([
  ['the end of it', { skip: rowsOf(METEC).length - 500, limit: 500 }],
  ['all of it', {}],
])('a second replay of the same recording changes nothing: %s', { timeout: 60_000 }, async (_name, part) => {
  const state = async () => [
    await keptByInflux(),
    (await alarmsOf('leak-3-of-3')).map(seen).sort(bySensorThenOnset),
    (await alarmsOf('leak-two-levels')).map(seen).sort(bySensorThenOnset),
  ];
  const before = await state();
  const summary = await replay({ ...replayOptions(GAS), ...part });
  expect(summary.acknowledged).toBe(summary.rows);
  await settled();
  expect(await state()).toEqual(before);
});

/** Everything that was acknowledged has been stored and judged. */
async function settled(): Promise<void> {
  await eventually(async () => {
    const { body } = await api.get<HealthShape>('/status');
    return body.monitorLagMs === 0 && body.archiverLagMs === 0;
  });
}
