/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-argument */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role, HealthShape } from '@anmai/wire';
import type { Channel } from '@anmai/notify';
import type { Records } from '@anmai/postgres';
import { startTestServer, type TestClock, type TestServer } from '@anmai/postgres/testing/test-server';
import { makeOrgs, SYSTEM } from '@anmai/postgres/testing/samples';
import { MemoryFileStore } from '@anmai/files/testing/memory-file-store';
import { MemoryReadingStore } from '@anmai/testing';
import { pino, type Logger } from 'pino';
import { Registry } from 'prom-client';
import { PasswordHasher } from '../auth/password-hasher';
import { createApi, type ApiOptions } from '../create-api';
import { LiveRing } from '../live/live-ring';
import type { ApiDeps, LiveState } from '../ports';

/** Everybody's password here. */
export const PASSWORD = 'correct horse 电池';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into replies of every shape.
  readonly body: Json;
  readonly text: string;
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface CallOptions {
  /** User name whose token is sent. */
  readonly as?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface ApiBed {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly records: Records;
  readonly store: MemoryReadingStore;
  readonly live: LiveRing;
  readonly clock: TestClock;
  readonly logLines: string[];
  /** Set to play an outage of the journal. */
  readonly journal: { isAway: boolean; published: number };
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  token(username: string): Promise<string>;
  stop(): Promise<void>;
}

export const HEALTH: HealthShape = {
  at: '2026-11-22T06:00:00.000Z',
  messagesPerSecond: 12,
  monitorLagMs: 40,
  archiverLagMs: 90,
  parts: { broker: 'up', journal: 'up', readings: 'up', records: 'up', monitor: 'up' },
  devicesOnline: 3,
  devicesOffline: 1,
  sensorsBlind: 0,
  rulesUnusable: 0,
  quarantined: 0,
  flood: null,
};

const CALM = { severity: null, blind: false, unacknowledged: false } as const;
const ORG_PATHS: Readonly<Record<string, readonly string[]>> = {
  city: ['city'],
  'gas-co': ['city', 'gas-co'],
  'gas-east': ['city', 'gas-co', 'gas-east'],
  'water-co': ['city', 'water-co'],
};
/** The bed's monitor says of this rule that it cannot be used on one sensor. */
export const UNFIT_RULE = 'unfit';
const UNFIT = {
  sensors: 2,
  learning: 1,
  blind: 0,
  faultCount: 1,
  faults: [{ sensorId: 's9', reason: 'kPa is no gas' }],
};
/** The bed's monitor has seen so many normal readings of every sensor. */
export const CLEAR_READINGS = 3;
const liveState: LiveState = {
  asset: () => CALM,
  sensor: () => ({ latest: null, state: CALM }),
  deviceSeenAt: () => null,
  deviceOnline: () => false,
  orgPath: id => ORG_PATHS[id] ?? [],
  ruleCoverage: id => (id === UNFIT_RULE ? UNFIT : null),
  clearReadings: () => CLEAR_READINGS,
  sensorFact: () => null,
  incidentCauses: () => [],
};

/** Users of the bed: name, role, organisation. */
const USERS: readonly (readonly [string, Role, string])[] = [
  ['root', 'admin', 'city'],
  ['vera', 'viewer', 'city'],
  ['ines', 'inspector', 'city'],
  ['otto', 'operator', 'city'],
  ['enno', 'engineer', 'city'],
  ['gas-engineer', 'engineer', 'gas-co'],
  ['gas-operator', 'operator', 'gas-co'],
  ['gas-admin', 'admin', 'gas-co'],
  ['water-viewer', 'viewer', 'water-co'],
];

/** The whole API on a free port, over real records in a schema of their own; the reading store is in memory. */
export async function startApiBed(
  options: ApiOptions & { server?: TestServer; channels?: readonly Channel[] } = {},
): Promise<ApiBed> {
  const server = options.server ?? (await startTestServer());
  const { records, clock } = await server.freshRecords();
  await makeOrgs(records);
  const passwordHash = await new PasswordHasher().hash(PASSWORD);
  for (const [username, role, orgId] of USERS) {
    await records.users.create({ username, displayName: username, role, orgId, passwordHash }, SYSTEM);
  }
  const logLines: string[] = [];
  const log: Logger = pino({ level: 'debug' }, { write: (line: string) => void logLines.push(line) });
  const store = new MemoryReadingStore();
  await store.open();
  const live = new LiveRing('bed');
  const uploadFolder = await mkdtemp(join(tmpdir(), 'anmai-uploads-'));
  const journal = { isAway: false, published: 0 };
  const deps: ApiDeps = {
    records,
    store,
    live,
    liveState,
    registry: {
      publish: async () => {
        if (journal.isAway) throw new Error('journal is away');
        journal.published += 1;
      },
    },
    notify: {
      channels: new Map(options.channels?.map(channel => [channel.name, channel])),
      style: { utcOffsetMs: 8 * 3_600_000, linkBase: 'https://anmai.example.cn' },
      capSender: 'anmai.example.cn',
      wake: () => undefined,
    },
    commands: { send: async id => ({ topic: `anmai/v1/${id}/command` }) },
    files: { store: new MemoryFileStore(), uploadFolder },
    status: () => HEALTH,
    readiness: () => ({ ready: !journal.isAway, parts: { journal: journal.isAway ? 'down' : 'up' } }),
    tokenSecret: Buffer.alloc(32, 7),
    timezone: 'Asia/Shanghai',
    utcOffsetMs: 8 * 3_600_000,
    clock,
    log,
    metrics: new Registry(),
  };
  const app = await createApi(deps, options);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const tokens = new Map<string, string>();
  const bed: Omit<ApiBed, 'stop'> = {
    app, url, records, store, live, clock, logLines, journal,
    call: (method, path, callOptions = {}) => call(bed, method, path, callOptions),
    async token(username) {
      const known = tokens.get(username);
      if (known !== undefined) return known;
      const body = { username, password: PASSWORD };
      const { body: reply } = await bed.call('POST', '/api/v1/auth/login', { body });
      tokens.set(username, reply.accessToken);
      return reply.accessToken as string;
    },
  }; // prettier-ignore
  return {
    ...bed,
    async stop() {
      await app.close();
      await rm(uploadFolder, { recursive: true, force: true });
      if (options.server === undefined) await server.stop();
    },
  };
}

async function call(
  bed: Pick<ApiBed, 'url' | 'token'>,
  method: string,
  path: string,
  { as, token, body, headers = {} }: CallOptions,
): Promise<Reply> {
  const bearer = token ?? (as === undefined ? undefined : await bed.token(as));
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(bed.url + path, {
    method,
    headers: {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isText ? (body as string) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : null,
    text,
  };
}
