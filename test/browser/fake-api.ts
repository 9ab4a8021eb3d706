import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type {
  AlarmShape,
  HealthShape,
  IncidentDetailShape,
  MeShape,
  Page,
  ReadingShape,
  Role,
  SeriesReply,
  StepName,
} from '@anmai/wire';
import { fakeCity, type City } from './fake-city';
import { fakeNotify } from './fake-notify';
import { fakePlans } from './fake-plans';
import { ORGS, QUARANTINE } from './fake-lists';
import { invalid, ok, problem, type FakePart, type Reply } from './fake-reply';
import { alarmOf, type FakeAlarm } from './fake-alarms';
import { fakeRuleWrites } from './fake-rule-writes';
import { FakeRules } from './fake-rules';
import { actedOn, shelfEnded } from './fake-life';
import { afterStep, fakeIncidents, fakeKpi, refusedRelease } from './fake-incidents';

/** What the fake platform is like: for looking at the page and for its browser tests, never for production. */
export interface FakeOptions {
  /** Folder of the built page. */
  readonly pageFolder: string;
  readonly role?: Role;
  readonly alarms: (city: City) => readonly FakeAlarm[];
  readonly withoutAssets?: boolean;
  /** Each reply waits this long. */
  readonly delayMs?: number;
  readonly health?: Partial<HealthShape>;
  /** Asked before all others. */
  readonly parts?: readonly FakePart[];
}

export interface FakeApi {
  readonly url: string;
  /** Sends one more alarm, live. */
  raise(alarm: FakeAlarm): void;
  /** The time of its shelving is over, live. */
  endShelf(alarmId: string): void;
  /** The incidents of all alarms so far, live. */
  regroup(): void;
  /** Cuts all live streams and refuses new ones. */
  cutStreams(): void;
  mendStreams(): void;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const CSP =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; connect-src 'self'";
const LIVE_MS = 2_000;

const page = <T>(items: readonly T[]): Page<T> => ({ items, nextCursor: null });
const iso = (at: number): string => new Date(at).toISOString();

/** Server of the page and of a small believable interface. One instance holds one state. */
class Fake {
  readonly now = Date.now();
  readonly city: City = fakeCity(this.now);
  readonly alarms = new Map<string, AlarmShape>();
  readonly incidents = new Map<string, IncidentDetailShape>();
  readonly streams = new Map<ServerResponse, readonly string[]>();
  readonly rules = new FakeRules(this.now);
  readonly parts: readonly FakePart[];
  refusing = false;
  /** The last events, for streams that go on from an id. */
  private readonly sent: { readonly id: number; readonly text: string }[] = [];
  private eventId = 0;

  constructor(readonly options: FakeOptions) {
    this.parts = [
      ...(options.parts ?? []),
      fakePlans(this.now),
      fakeNotify(this.now),
      fakeRuleWrites(this.rules),
    ];
    for (const fake of options.alarms(this.city)) this.put(fake);
    for (const each of fakeIncidents([...this.alarms.values()])) this.incidents.set(each.id, each);
  }

  put(fake: FakeAlarm): AlarmShape {
    const alarm = alarmOf(this.city, fake, Date.now());
    this.alarms.set(alarm.id, alarm);
    return alarm;
  }

  send(event: string, data: unknown, to: Iterable<ServerResponse> = this.streams.keys()): void {
    this.eventId += 1;
    const text = `id: ${this.eventId}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    if (event !== 'reading') this.sent.push({ id: this.eventId, text });
    for (const stream of to) stream.write(text);
  }

  resume(stream: ServerResponse, lastId: number): void {
    for (const event of this.sent) if (event.id > lastId) stream.write(event.text);
  }

  health(): HealthShape {
    return {
      at: iso(Date.now()),
      messagesPerSecond: 21.4,
      monitorLagMs: 180,
      archiverLagMs: 420,
      parts: { broker: 'up', journal: 'up', readings: 'up', records: 'up', monitor: 'up' },
      devicesOnline: this.city.devices.filter(device => device.online).length,
      devicesOffline: this.city.devices.filter(device => !device.online).length,
      sensorsBlind: this.city.sensors.filter(sensor => sensor.state.blind).length,
      rulesUnusable: 0,
      flood: null,
      quarantined: 2,
      ...this.options.health,
    };
  }

  value(sensorId: string, at: number): number {
    const typical = this.city.typical.get(sensorId) ?? 10;
    const wave = typical * (1 + 0.12 * Math.sin(at / 3_600_000) + 0.04 * Math.sin(at / 97_000));
    const alarm = [...this.alarms.values()].find(
      item => item.sensorId === sensorId && item.evidence.readings.length > 0,
    );
    if (!alarm) return wave;
    const raised = Date.parse(alarm.raisedAt);
    const peak = alarm.evidence.readings.at(-1)?.value ?? wave;
    const share = Math.min(1, Math.max(0, (at - (raised - 40 * 60_000)) / (40 * 60_000)));
    return wave + (peak - typical) * share ** 2;
  }

  series(sensorId: string, from: number, to: number, points: number): SeriesReply {
    const step = Math.max(60_000, Math.ceil((to - from) / points / 60_000) * 60_000);
    const end = Math.min(to, Date.now());
    const rows: ReadingShape[] = [];
    for (let at = Math.ceil(from / step) * step; at < end; at += step) {
      const hole = Math.floor(at / 5_400_000) % 9 === 4;
      if (!hole)
        rows.push({
          at: iso(at),
          value: this.value(sensorId, at),
          quality: Math.floor(at / step) % 61 === 7 ? 4 : 1,
        });
    }
    return { rows, source: step > 3_600_000 ? '1h' : step > 60_000 * 5 ? '1m' : 'raw', unit: '' };
  }

  beat(): void {
    for (const [stream, sensors] of this.streams) {
      stream.write(': beat\n\n');
      for (const sensorId of sensors) {
        this.send(
          'reading',
          { sensorId, at: iso(Date.now()), value: this.value(sensorId, Date.now()), quality: 1 },
          [stream],
        );
      }
    }
    this.send('health', this.health());
  }
}

const TOKENS = { accessToken: 'access', refreshToken: 'refresh', expiresIn: 900 };

function login(body: { password?: string }): Reply {
  return body.password === 'wrong'
    ? problem(401, 'AUT-001', '用户名或密码不对。', '请核对后重试；连续 5 次错误会锁定 15 分钟。')
    : ok(TOKENS);
}

const NOT_OVER = problem(
  409,
  'ALM-018',
  'refused as it stands: the condition is still on; 0 of 3 normal readings in a row',
  'Wait until it clears; wait for the missing readings.',
);

function act(fake: Fake, id: string, action: string, body: Readonly<Record<string, string>>): Reply {
  const alarm = fake.alarms.get(id);
  if (!alarm) return problem(404, 'ALM-004', '没有这条报警。', '请刷新列表。');
  if (action === 'close' && alarm.condition !== 'cleared') return NOT_OVER;
  const next = actedOn(alarm, action, body, iso(Date.now()));
  fake.alarms.set(id, next);
  fake.send('alarm', next);
  return ok(next);
}

function step(fake: Fake, id: string, body: { kind?: string; note?: string }): Reply {
  const incident = fake.incidents.get(id);
  if (!incident) return problem(404, 'PGR-004', '没有这起事件。', '请刷新列表。');
  const next = afterStep(incident, { ...body, kind: body.kind as StepName });
  if (next === null) return { status: 409, body: refusedRelease(incident) };
  fake.incidents.set(id, next);
  fake.send('incident', next);
  return ok(next);
}

function read(fake: Fake, parts: readonly string[], query: URLSearchParams): Reply {
  const [thing = '', id, sub] = parts;
  const { city, options } = fake;
  const me: MeShape = {
    username: 'li',
    displayName: '李值守',
    role: options.role ?? 'operator',
    orgId: 'city',
  };
  const of = <T extends { id: string }>(items: Iterable<T>): Reply => {
    const found = id === undefined ? undefined : [...items].find(item => item.id === id);
    return found ? ok(found) : problem(404, 'REG-004', `没有 ${id}。`, '请刷新列表。');
  };
  switch (thing) {
    case 'me':
      return ok(me);
    case 'status':
      return ok(fake.health());
    case 'assets':
      // Everything in this city is watched.
      if (!id && (options.withoutAssets || query.get('watched') === 'false')) return ok(page([]));
      return id ? of(city.assets) : ok(page(city.assets));
    case 'sensors': {
      if (sub === 'series')
        return ok(
          fake.series(
            id ?? '',
            Date.parse(query.get('from') ?? ''),
            Date.parse(query.get('to') ?? ''),
            Number(query.get('points')),
          ),
        );
      const assetId = query.get('assetId');
      return id
        ? of(city.sensors)
        : ok(page(city.sensors.filter(sensor => !assetId || sensor.assetId === assetId)));
    }
    case 'alarms': {
      if (sub === 'explain') return explained(fake, id ?? '');
      const members = fake.incidents.get(query.get('incident') ?? '')?.alarms;
      return id ? of(fake.alarms.values()) : ok(page(members ?? [...fake.alarms.values()]));
    }
    case 'incidents':
      return id ? of(fake.incidents.values()) : ok(page([...fake.incidents.values()]));
    case 'orgs':
      return ok(page(ORGS));
    case 'kpi':
      return ok(fakeKpi());
    case 'rules':
      if (sub === 'versions') return ok(page(fake.rules.of(id ?? '')));
      return id ? of(fake.rules.list()) : ok(page(fake.rules.list()));
    case 'devices':
      return ok(page(city.devices));
    case 'quarantine':
      return ok(page(QUARANTINE));
    default:
      return problem(404, 'WEB-404', '没有这个接口。', '请核对地址。');
  }
}

function explained(fake: Fake, id: string): Reply {
  const alarm = fake.alarms.get(id);
  if (!alarm) return problem(404, 'ALM-004', '没有这条报警。', '请刷新列表。');
  return ok(
    fake.rules.explain(alarm.ruleId, Date.parse(alarm.raisedAt), Number(alarm.evidence.limit['above'] ?? 50)),
  );
}

/** Edits and backtests of rules; a limit below zero stands for what the real server would refuse. */
function ruleWrite(fake: Fake, parts: readonly string[], body: object): Reply {
  const at = parts[1] === 'backtest' ? 'rule.condition' : 'condition';
  const json = JSON.stringify(body);
  if (json.includes('"above":-')) {
    return invalid(`${at}.limits.0.above`, 'must be greater than 0');
  }
  if (parts[1] === 'backtest') {
    const { from, to, sensorIds } = body as { from: string; to: string; sensorIds?: string[] };
    return ok(fake.rules.backtest(Date.parse(from), Date.parse(to), sensorIds?.[0] ?? 'well-0003.ch4'));
  }
  const edited = fake.rules.edit(parts[1] ?? '', body);
  return edited ? ok(edited) : problem(404, 'PGR-004', 'not there', 'Reload.');
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Record<string, string>;
}

async function answer(fake: Fake, request: IncomingMessage, url: URL): Promise<Reply> {
  const parts = url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent);
  const method = request.method ?? 'GET';
  const body = method === 'GET' ? {} : await bodyOf(request);
  const version = Number(/\d+/.exec(request.headers['if-match'] ?? '')?.[0] ?? NaN);
  const asked = {
    method,
    parts,
    query: url.searchParams,
    body,
    version: Number.isNaN(version) ? null : version,
    role: fake.options.role ?? 'operator',
  };
  for (const part of fake.parts) {
    const reply = part(asked);
    if (reply !== null) return reply;
  }
  if (method === 'GET') return read(fake, parts, url.searchParams);
  if (parts[1] === 'login') return login(body);
  if (parts[0] === 'auth') return ok(TOKENS);
  if (parts[0] === 'rules') return ruleWrite(fake, parts, body);
  if (parts[0] === 'alarms') return act(fake, parts[1] ?? '', parts[2] ?? '', body);
  if (parts[0] === 'incidents') return step(fake, parts[1] ?? '', body);
  return ok({});
}

function openStream(fake: Fake, request: IncomingMessage, response: ServerResponse, url: URL): void {
  if (fake.refusing) return void response.writeHead(503).end();
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 1000\n\n');
  fake.streams.set(
    response,
    (url.searchParams.get('sensors') ?? '').split(',').filter(id => id !== ''),
  );
  const lastId = request.headers['last-event-id'];
  if (lastId !== undefined) fake.resume(response, Number(lastId));
  response.on('close', () => fake.streams.delete(response));
}

function file(folder: string, path: string, response: ServerResponse): void {
  const wanted = join(folder, normalize(path));
  const found = wanted.startsWith(folder) && existsSync(wanted) && statSync(wanted).isFile();
  const name = found ? wanted : join(folder, 'index.html');
  response.writeHead(200, {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': CSP,
  });
  createReadStream(name).pipe(response);
}

/** Starts the fake platform on a free port of this computer. */
export async function startFakeApi(options: FakeOptions): Promise<FakeApi> {
  const fake = new Fake(options);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith('/api/')) return file(options.pageFolder, url.pathname, response);
    if (url.pathname === '/api/v1/live') return openStream(fake, request, response, url);
    setTimeout(() => {
      void answer(fake, request, url).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(status === 204 ? undefined : JSON.stringify(body));
      });
    }, options.delayMs ?? 0);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const beat = setInterval(() => fake.beat(), LIVE_MS);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    raise: alarm => fake.send('alarm', fake.put(alarm)),
    endShelf: id => {
      const back = shelfEnded(fake.alarms.get(id)!, iso(Date.now()));
      fake.alarms.set(id, back);
      fake.send('alarm', back);
    },
    regroup: () => {
      for (const each of fakeIncidents([...fake.alarms.values()])) {
        fake.incidents.set(each.id, each);
        fake.send('incident', each);
      }
    },
    cutStreams: () => {
      fake.refusing = true;
      for (const stream of fake.streams.keys()) stream.destroy();
    },
    mendStreams: () => void (fake.refusing = false),
    close: async () => {
      clearInterval(beat);
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
