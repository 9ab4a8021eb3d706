import { connect as tcpConnect } from 'node:net';
import { DEFAULT_LIMITS } from './limits';
import type { GatewayLimits } from './limits';
import { EmbeddedRig } from './testing/embedded-rig';
import { remainingLength } from './testing/raw-client';
import { until } from './testing/until';

let rig: EmbeddedRig;
const start = async (limits: Partial<GatewayLimits> = {}): Promise<EmbeddedRig> =>
  (rig = await EmbeddedRig.start({ limits }));
afterEach(() => rig.close());

const T1 = 'anmai/v1/dev-1/telemetry';
const reasons = (): string[] => rig.refusals.map(refusal => refusal.reason);

describe('payload', () => {
  const { payloadBytesMax } = DEFAULT_LIMITS;

  it('takes 256 KiB; one byte more closes the connection', async () => {
    await start();
    const client = rig.raw();
    client.connect();
    client.publish(T1, Buffer.alloc(payloadBytesMax), 1, 7);
    await client.got('puback 7');
    client.publish(T1, Buffer.alloc(payloadBytesMax + 1), 1, 8);
    await until(() => client.closed, 'the connection is closed');
    expect(client.received).toEqual(['connack 0', 'puback 7']);
    expect(rig.sink.seen).toEqual([`dev-1 ${T1} ${payloadBytesMax} bytes q1`]);
    expect(rig.refusals).toMatchObject([{ reason: 'payload_too_large', deviceId: 'dev-1', topic: T1 }]);
  });

  it('10 MB are not read into memory, and others are not disturbed', async () => {
    await start();
    const other = await rig.client(2);
    const client = rig.raw();
    client.connect();
    await client.got('connack 0');
    // The header alone is enough: no byte of the payload has been sent yet.
    const body = 2 + T1.length + 2 + 10_000_000;
    client.write(Buffer.concat([Buffer.from([0x32]), remainingLength(body), Buffer.from([0, T1.length])]));
    await until(() => client.closed, 'the connection is closed');
    expect(rig.refusals).toMatchObject([{ reason: 'payload_too_large', deviceId: 'dev-1' }]);
    await other.publishAsync('anmai/v1/dev-2/telemetry', 'a', { qos: 1 });
    expect(rig.broker.stats()).toMatchObject({ connectionsNow: 1, refused: { payload_too_large: 1 } });
  });

  it('before the log-in far less is read', async () => {
    await start();
    const client = rig.raw();
    client.connect({ clientId: 'x', password: 'y'.repeat(DEFAULT_LIMITS.connectBytesMax) });
    await until(() => client.closed, 'the connection is closed');
    expect(reasons()).toEqual(['payload_too_large']);
  });
});

describe('rate of a device', () => {
  it('QoS 1 above it waits, in order, and nothing is lost', async () => {
    await start({ deviceRatePerSecond: 200, deviceBurst: 10 });
    const client = await rig.client(1);
    const sent = Array.from({ length: 50 }, (_, i) => String(i));
    const since = performance.now();
    await Promise.all(sent.map(text => client.publishAsync(T1, text, { qos: 1 })));
    // 10 at once, 40 at 200 a second.
    expect(performance.now() - since).toBeGreaterThan(190);
    expect(rig.sink.stored).toEqual(sent);
    expect(rig.broker.stats().delayed).toBeGreaterThan(0);
  });

  it('QoS 0 above it is dropped and counted', async () => {
    await start({ deviceRatePerSecond: 0.001, deviceBurst: 10 });
    const client = await rig.client(1);
    for (let i = 0; i < 15; i++) await client.publishAsync(T1, String(i), { qos: 0 });
    await until(() => rig.broker.stats().droppedQos0 === 5, 'five were dropped');
    expect(rig.sink.stored).toHaveLength(10);
  });

  it('another device is not slowed down', async () => {
    await start({ deviceRatePerSecond: 0.001, deviceBurst: 1 });
    const [slow, other] = [await rig.client(1), await rig.client(2)];
    await slow.publishAsync(T1, 'a', { qos: 1 });
    slow.publish(T1, 'waits', { qos: 1 });
    await until(() => rig.broker.stats().delayed === 1, 'the second waits');
    await other.publishAsync('anmai/v1/dev-2/telemetry', 'b', { qos: 1 });
    expect(rig.sink.stored).toEqual(['a', 'b']);
  });

  it('the will of a device above its rate still goes out', async () => {
    await start({ deviceRatePerSecond: 0.001, deviceBurst: 1 });
    const will = { topic: 'anmai/v1/dev-1/status', payload: 'gone', qos: 1, retain: true } as const;
    const client = await rig.client(1, { will });
    await client.publishAsync(T1, 'a', { qos: 1 });
    client.stream.destroy();
    await until(() => rig.sink.stored.length === 2, 'the will came in');
    expect(rig.sink.stored).toEqual(['a', 'gone']);
  });

  it('more waiting messages than allowed close the connection', async () => {
    await start({ deviceRatePerSecond: 0.001, deviceBurst: 1, heldPerDeviceMax: 3 });
    const client = rig.raw();
    client.connect();
    await client.got('connack 0');
    client.together(() => {
      for (let id = 1; id <= 5; id++) client.publish(T1, 'x', 1, id);
    });
    await until(() => client.closed, 'the connection is closed');
    expect(rig.broker.stats()).toMatchObject({ stored: 1, delayed: 3 });
  });
});

describe('connections', () => {
  it('sessions: one too many hears "unavailable"; a take-over needs no further place', async () => {
    await start({ sessionsMax: 1 });
    const first = rig.raw();
    first.connect({ clientId: 'a' });
    await first.got('connack 0');
    const second = rig.raw();
    second.connect({ clientId: 'b' });
    await second.got('connack 3');
    const again = rig.raw();
    again.connect({ clientId: 'a' });
    await again.got('connack 0');
    expect(reasons()).toEqual(['too_many_sessions']);
  });

  it('not logged in: one too many is closed, a log-in makes room', async () => {
    await start({ unauthenticatedMax: 1 });
    const waiting = rig.raw();
    await until(() => !waiting.closed, 'the first is open');
    const second = rig.raw();
    await until(() => second.closed, 'the second is closed');
    waiting.connect({ clientId: 'a' });
    await waiting.got('connack 0');
    const third = rig.raw();
    third.connect({ clientId: 'b' });
    await third.got('connack 0');
    expect(reasons()).toEqual(['too_many_connections']);
  });

  it('who does not say CONNECT in time is closed', async () => {
    await start({ connectTimeoutMs: 50 });
    let closed = false;
    tcpConnect(rig.port, '127.0.0.1').on('close', () => (closed = true));
    await until(() => closed, 'the connection is closed');
  });

  it('a keep-alive above the limit, or none, counts as the limit', async () => {
    await start({ keepAliveSecondsMax: 1 });
    const clients = [0, 60_000].map(keepAliveSeconds => {
      const client = rig.raw();
      client.connect({ clientId: `k${keepAliveSeconds}`, keepAliveSeconds });
      return client;
    });
    for (const client of clients) await client.got('connack 0');
    await until(() => clients.every(client => client.closed), 'both are closed');
  });

  it('QoS 2 messages without PUBREL: one too many closes the connection', async () => {
    await start({ inflightQos2Max: 2 });
    const client = rig.raw();
    client.connect();
    client.publish(T1, 'a', 2, 1);
    client.publish(T1, 'b', 2, 2);
    await client.got('pubrec 1', 'pubrec 2');
    client.publish(T1, 'c', 2, 3);
    await until(() => client.closed, 'the connection is closed');
  });

  it('filters of a session', async () => {
    await start({ subscriptionsPerSessionMax: 2 });
    for (const clean of [true, false]) {
      const client = await rig.client(1, { clean, clientId: `clean-${clean}` });
      const filters = ['a', 'b', 'c'].map(name => `anmai/v1/dev-1/command/${name}`);
      const granted = await client.subscribeAsync(filters, { qos: 1 }).then(
        () => [],
        (error: { packet?: { granted: number[] } }) => error.packet?.granted,
      );
      expect(granted).toEqual([1, 1, 128]);
      await client.subscribeAsync('anmai/v1/dev-1/command/a', { qos: 0 });
    }
  });
});

describe('what is kept', () => {
  const command = 'anmai/v1/dev-1/command';
  const send = (payload: string | Buffer, retain = false): Promise<void> =>
    rig.broker.publish(command, Buffer.from(payload), { qos: 1, retain });

  async function leave(clientId: string, filter: string): Promise<void> {
    const before = rig.broker.stats().connectionsNow;
    const client = await rig.client(1, { clean: false, clientId });
    await client.subscribeAsync(filter, { qos: 1 });
    await client.endAsync();
    await until(() => rig.broker.stats().connectionsNow === before, 'the device is away');
  }

  it('a full queue refuses the command instead of losing another', async () => {
    await start({ offlineQueueMax: 2 });
    await leave('c1', command);
    await send('1');
    await send('2');
    await expect(send('3')).rejects.toMatchObject({ code: 'MQT-004' });
    const back = rig.offlineClient(1, { clean: false });
    const got: string[] = [];
    back.on('message', (_topic, payload) => got.push(payload.toString()));
    await until(() => got.length === 2, 'the queued commands came');
    await send('4');
    await until(() => got.length === 3, 'there is room again');
    expect(got).toEqual(['1', '2', '4']);
  });

  it('a queue is bounded in bytes too', async () => {
    await start({ offlineQueueBytesMax: 10 });
    await leave('c1', command);
    await send('12345');
    await send('67890');
    await expect(send('x')).rejects.toMatchObject({ code: 'MQT-004' });
  });

  it('readings queued for an away reader make room for newer ones', async () => {
    await start({ offlineQueueMax: 2 });
    await leave('reader', T1);
    const client = await rig.client(1);
    for (const text of ['1', '2', '3']) await client.publishAsync(T1, text, { qos: 1 });
    await until(() => rig.broker.stats().droppedOffline === 1, 'the oldest was dropped');
    const got: string[] = [];
    const back = rig.offlineClient(1, { clean: false, clientId: 'reader' });
    back.on('message', (_topic, payload) => got.push(payload.toString()));
    await until(() => got.length === 2, 'the newer ones came');
    expect(got).toEqual(['2', '3']);
  });

  it('the longest away session of a device makes room', async () => {
    await start({ awaySessionsPerDeviceMax: 2 });
    for (const id of ['a', 'b', 'c']) await leave(id, command);
    expect(rig.broker.stats().evictedSessions).toBe(1);
    const present: string[] = [];
    for (const id of ['a', 'b', 'c']) {
      const client = rig.offlineClient(1, { clean: false, clientId: id });
      await new Promise<void>(resolve => {
        client.once('connect', connack => {
          if (connack.sessionPresent) present.push(id);
          resolve();
        });
      });
    }
    expect(present).toEqual(['b', 'c']);
  });

  it('retained messages: number and size', async () => {
    await start({ retainedMax: 1, retainedPayloadBytesMax: 4 });
    await expect(send('12345', true)).rejects.toMatchObject({ code: 'MQT-005' });
    await send('1234', true);
    const client = await rig.client(2);
    await client.publishAsync('anmai/v1/dev-2/status', 'on', { qos: 1, retain: true });
    await until(() => rig.broker.stats().droppedRetained === 1, 'the second was not kept');
    await send('', true);
    await client.publishAsync('anmai/v1/dev-2/status', 'on', { qos: 1, retain: true });
    const got: string[] = [];
    client.on('message', (_topic, payload) => got.push(payload.toString()));
    await client.subscribeAsync('anmai/v1/dev-2/status');
    await until(() => got.length === 1, 'it was kept now');
  });

  it('telemetry is never retained', async () => {
    await start();
    const client = await rig.client(1);
    await client.publishAsync(T1, 'a', { qos: 1, retain: true });
    const got: string[] = [];
    client.on('message', (_topic, payload, packet) => got.push(`${payload.toString()} ${packet.retain}`));
    await client.subscribeAsync(T1, { qos: 1 });
    await client.publishAsync(T1, 'b', { qos: 1 });
    await until(() => got.length > 0, 'the later one came');
    expect(got).toEqual(['b false']);
  });
});
