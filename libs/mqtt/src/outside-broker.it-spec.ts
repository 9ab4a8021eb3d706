import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';
import type { Gateway } from './gateway.port';
import { outsideBroker } from './outside-broker';
import type { OutsideBrokerOptions } from './outside-broker.port';
import { MessageSink } from './testing/message-sink';
import { hasMosquitto, Mosquitto } from './testing/mosquitto';
import { until } from './testing/until';

const T1 = 'anmai/v1/dev-1/telemetry';

describe.skipIf(!hasMosquitto)('outside broker: Mosquitto', () => {
  let mosquitto: Mosquitto;
  const closers: (() => unknown)[] = [];
  beforeEach(async () => {
    mosquitto = new Mosquitto();
    await mosquitto.start();
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
    await mosquitto.remove();
  });

  interface Side {
    readonly gateway: Gateway;
    readonly sink: MessageSink;
    readonly states: boolean[];
  }
  async function side(clientId: string, options: Partial<OutsideBrokerOptions> = {}): Promise<Side> {
    const sink = new MessageSink();
    const states: boolean[] = [];
    const gateway = outsideBroker({
      url: mosquitto.url,
      clientId,
      onMessage: sink.onMessage,
      onState: up => states.push(up),
      ...options,
      limits: { reconnectMsMin: 20, reconnectMsMax: 100, stopDrainMs: 100, ...options.limits },
    });
    closers.push(() => gateway.stop());
    await gateway.start();
    return { gateway, sink, states };
  }
  async function device(options = {}): Promise<MqttClient> {
    const client = connect(mosquitto.url, { protocolVersion: 5, reconnectPeriod: 20, ...options });
    client.on('error', () => undefined);
    closers.push(() => client.endAsync(true));
    await new Promise<void>(resolve => client.once('connect', () => resolve()));
    return client;
  }
  const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

  it.each([4, 5] as const)(
    'MQTT %i: takes telemetry and status, at QoS 1 what was sent with 2',
    async version => {
      const { gateway, sink, states } = await side('gw', { protocolVersion: version });
      const client = await device();
      await client.publishAsync(T1, 'a', { qos: 1 });
      await client.publishAsync(T1, 'b', { qos: 2 });
      await client.publishAsync('anmai/v1/dev-1/status', 'c', { qos: 1, retain: true });
      await client.publishAsync('anmai/v1/Bad Id/telemetry', 'd', { qos: 1 });
      await until(() => sink.stored.length === 4, 'four messages came');
      expect(sink.seen).toEqual([
        `dev-1 ${T1} a q1`,
        `dev-1 ${T1} b q1`,
        'dev-1 anmai/v1/dev-1/status c q1',
        'null anmai/v1/Bad Id/telemetry d q1',
      ]);
      expect(states).toEqual([true]);
      expect(gateway.stats()).toMatchObject({ up: true, connectionsNow: 1, received: 4, stored: 4 });
    },
  );

  it('has many messages under way at once, and no more than allowed', async () => {
    const { gateway, sink } = await side('gw', { limits: { inFlightMax: 15 } });
    sink.hold();
    const client = await device();
    const sent = numbers(40);
    await Promise.all(sent.map(text => client.publishAsync(T1, text, { qos: 1 })));
    await until(() => sink.pending.length === 15, 'fifteen are under way');
    expect(gateway.stats().inFlightNow).toBe(15);
    sink.release();
    await until(() => sink.stored.length === 40, 'all are stored');
    expect(sink.stored).toEqual(sent);
  });

  it.each([4, 5] as const)('MQTT %i: acknowledges nothing that is not durable', async version => {
    const first = await side('gw', { protocolVersion: version });
    first.sink.hold();
    const client = await device();
    for (const text of numbers(5)) await client.publishAsync(T1, text, { qos: 1 });
    await until(() => first.sink.pending.length === 5, 'all are under way');
    await first.gateway.stop();
    first.sink.release();
    const second = await side('gw', { protocolVersion: version });
    await until(() => second.sink.stored.length === 5, 'all came again');
    expect(second.sink.stored).toEqual(numbers(5));
    await second.gateway.stop();
    const third = await side('gw', { protocolVersion: version });
    await client.publishAsync(T1, 'last', { qos: 1 });
    await until(() => third.sink.stored.length > 0, 'the last came');
    expect(third.sink.stored).toEqual(['last']);
  });

  it('keeps what came while it was away', async () => {
    const first = await side('gw');
    await first.gateway.stop();
    const client = await device();
    await client.publishAsync(T1, 'meanwhile', { qos: 1 });
    const second = await side('gw');
    await until(() => second.sink.stored.length === 1, 'it came');
  });

  it('when storing fails the message comes again', async () => {
    const { gateway, sink, states } = await side('gw');
    sink.hold();
    const client = await device();
    await client.publishAsync(T1, 'a', { qos: 1 });
    await client.publishAsync(T1, 'b', { qos: 1 });
    await until(() => sink.pending.length === 2, 'both are under way');
    sink.fail();
    await until(() => sink.stored.length >= 2 && gateway.stats().up, 'both came again');
    expect([...new Set(sink.stored)].sort()).toEqual(['a', 'b']);
    expect(gateway.stats()).toMatchObject({ failed: 2, up: true });
    expect(states).toEqual([true, false, true]);
  });

  it('outlives a restart of the broker', async () => {
    const { gateway, sink, states } = await side('gw');
    const client = await device();
    await client.publishAsync(T1, '0', { qos: 1 });
    await until(() => sink.stored.length === 1, 'the first came');
    await mosquitto.stop();
    await until(() => !gateway.stats().up, 'the loss is seen');
    await expect(
      gateway.publish('anmai/v1/dev-1/command', Buffer.from('x'), { qos: 1, retain: false }),
    ).rejects.toMatchObject({ code: 'MQT-003' });
    await mosquitto.start();
    await until(() => gateway.stats().up && client.connected, 'both are back');
    await client.publishAsync(T1, '1', { qos: 1 });
    await until(() => sink.stored.length === 2, 'the second came');
    expect(states).toEqual([true, false, true]);
  });

  it('starts without a broker and finds it later', async () => {
    await mosquitto.stop();
    const { gateway, states } = await side('gw', { limits: { startWaitMs: 50 } });
    expect(gateway.stats().up).toBe(false);
    await mosquitto.start();
    await until(() => gateway.stats().up, 'it is connected');
    expect(states).toEqual([true]);
  });

  it('two gateways share the load of a shared subscription (MQTT 5)', async () => {
    const sides = [
      await side('gw-1', { sharedGroup: 'anmai' }),
      await side('gw-2', { sharedGroup: 'anmai' }),
    ];
    const client = await device();
    const sent = numbers(100);
    for (const text of sent) await client.publishAsync(T1, text, { qos: 1 });
    const all = (): string[] => sides.flatMap(({ sink }) => sink.stored);
    await until(() => all().length >= 100, 'all came');
    expect(all().sort((a, b) => Number(a) - Number(b))).toEqual(sent);
    for (const { sink } of sides) expect(sink.stored.length).toBeGreaterThan(0);
  });

  it('a payload above the limit is refused and does not come again', async () => {
    const refused: string[] = [];
    const { sink } = await side('gw', {
      limits: { payloadBytesMax: 10 },
      onRefused: ({ reason, deviceId }) => void refused.push(`${reason} ${deviceId}`),
    });
    const client = await device();
    await client.publishAsync(T1, 'x'.repeat(11), { qos: 1 });
    await client.publishAsync(T1, 'x'.repeat(10), { qos: 1 });
    await until(() => sink.stored.length === 1, 'the second came');
    expect(refused).toEqual(['payload_too_large dev-1']);
  });

  it('sends commands', async () => {
    const { gateway } = await side('gw');
    const client = await device();
    const got: string[] = [];
    client.on('message', (_topic, payload) => got.push(payload.toString()));
    await client.subscribeAsync('anmai/v1/dev-1/command', { qos: 1 });
    await gateway.publish('anmai/v1/dev-1/command', Buffer.from('open'), { qos: 1, retain: false });
    await until(() => got.length === 1, 'the command came');
    expect(got).toEqual(['open']);
  });
});
