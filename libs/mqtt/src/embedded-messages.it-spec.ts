import { EmbeddedRig } from './testing/embedded-rig';
import { until } from './testing/until';

let rig: EmbeddedRig;
beforeEach(async () => {
  rig = await EmbeddedRig.start();
});
afterEach(() => rig.close());

const T1 = 'anmai/v1/dev-1/telemetry';

describe('what comes in', () => {
  it.each([0, 1, 2] as const)('QoS %i reaches onMessage once', async qos => {
    const client = await rig.client(1);
    await client.publishAsync(T1, 'a', { qos });
    await until(() => rig.sink.seen.length > 0, 'the message came in');
    expect(rig.sink.seen).toEqual([`dev-1 ${T1} a q${qos}`]);
    expect(rig.broker.stats()).toMatchObject({ received: 1, stored: 1, failed: 0, connectionsNow: 1 });
  });

  it("names the device that logged in on ThingsBoard's topic", async () => {
    const client = await rig.client(1);
    await client.publishAsync('v1/devices/me/telemetry', 'a', { qos: 1 });
    expect(rig.sink.seen).toEqual([`dev-1 ${T1} a q1`]);
  });

  it('keeps the order of arrival', async () => {
    const client = await rig.client(1);
    const sent = Array.from({ length: 200 }, (_, i) => String(i));
    await Promise.all(sent.map(text => client.publishAsync(T1, text, { qos: 1 })));
    expect(rig.sink.stored).toEqual(sent);
  });
});

describe('PUBACK', () => {
  it.each([
    [1, 'puback'],
    [2, 'pubrec'],
  ] as const)('QoS %i: waits until the message is durable', async (qos, ack) => {
    rig.sink.hold();
    const client = rig.raw();
    client.connect();
    client.publish(T1, 'a', qos, 7);
    client.publish(T1, 'b', qos, 8);
    await until(() => rig.sink.pending.length === 2, 'both messages are under way at once');
    await client.got('connack 0');
    expect(client.received).toEqual(['connack 0']);
    expect(rig.broker.stats().inFlightNow).toBe(2);
    rig.sink.release();
    await client.got(`${ack} 7`, `${ack} 8`);
  });

  it.each([1, 2] as const)('QoS %i: none when storing failed, and the connection is closed', async qos => {
    rig.sink.hold();
    const client = rig.raw();
    client.connect();
    client.publish(T1, 'a', qos, 7);
    await until(() => rig.sink.pending.length === 1, 'the message is under way');
    rig.sink.fail();
    await until(() => client.closed, 'the connection is closed');
    expect(client.received).toEqual(['connack 0']);
    expect(rig.broker.stats()).toMatchObject({ failed: 1, stored: 0 });
  });

  it('QoS 0: a failure is counted and the connection stays', async () => {
    rig.sink.hold();
    const client = rig.raw();
    client.connect();
    client.publish(T1, 'a', 0);
    await until(() => rig.sink.pending.length === 1, 'the message is under way');
    rig.sink.fail();
    client.publish(T1, 'b', 1, 9);
    await client.got('puback 9');
    expect(rig.broker.stats()).toMatchObject({ failed: 1, stored: 1 });
  });
});

describe('QoS 2, exactly once', () => {
  it('a copy (DUP) before PUBREL is answered, not stored again', async () => {
    const client = rig.raw();
    client.connect();
    client.publish(T1, 'a', 2, 7);
    await client.got('pubrec 7');
    client.publish(T1, 'a', 2, 7, true);
    await until(() => client.received.length === 3, 'the copy was answered');
    client.pubrel(7);
    await client.got('pubcomp 7');
    expect(client.received).toEqual(['connack 0', 'pubrec 7', 'pubrec 7', 'pubcomp 7']);
    expect(rig.sink.stored).toEqual(['a']);
    client.publish(T1, 'next', 2, 7);
    await until(() => rig.sink.stored.length === 2, 'the id is free again after PUBREL');
  });

  it('a copy while the first one is being stored', async () => {
    rig.sink.hold();
    const client = rig.raw();
    client.connect();
    client.publish(T1, 'a', 2, 7);
    client.publish(T1, 'a', 2, 7, true);
    await until(() => rig.sink.pending.length > 0, 'the first is under way');
    rig.sink.release();
    await until(() => client.received.length === 3, 'both were answered');
    expect(rig.sink.seen).toHaveLength(1);
  });

  it('a copy on the next connection of the session, the first one still being stored', async () => {
    rig.sink.hold();
    const first = rig.raw();
    first.connect({ clean: false });
    first.publish(T1, 'a', 2, 7);
    await until(() => rig.sink.pending.length === 1, 'the first is under way');
    first.destroy();
    const second = rig.raw();
    second.connect({ clean: false });
    second.publish(T1, 'a', 2, 7, true);
    await second.got('connack 0');
    second.publish(T1, 'b', 2, 8);
    await until(() => rig.sink.pending.length === 2, 'what followed the copy came in');
    rig.sink.release();
    await second.got('pubrec 7', 'pubrec 8');
    second.pubrel(7);
    await second.got('pubcomp 7');
    expect(rig.sink.stored).toEqual(['a', 'b']);
  });

  it('a clean session may use the ids of its predecessor at once', async () => {
    rig.sink.hold();
    const first = rig.raw();
    first.connect({ clean: true });
    first.publish(T1, 'old', 2, 7);
    await until(() => rig.sink.pending.length === 1, 'the first is under way');
    first.destroy();
    await until(() => rig.broker.stats().connectionsNow === 0, 'the first has gone');
    const second = rig.raw();
    second.connect({ clean: true });
    await second.got('connack 0');
    rig.sink.release();
    second.publish(T1, 'new', 2, 7);
    await second.got('pubrec 7');
    expect(rig.sink.stored).toEqual(['old', 'new']);
  });
});

describe('sessions', () => {
  it('retained status, set by the will when the connection breaks', async () => {
    const status = 'anmai/v1/dev-1/status';
    const will = { topic: status, payload: '{"online":false}', qos: 1, retain: true } as const;
    const client = await rig.client(1, { will });
    await client.publishAsync(status, '{"online":true}', { qos: 1, retain: true });
    client.stream.destroy();
    await until(() => rig.sink.stored.length === 2, 'the will came in');
    expect(rig.sink.seen.at(-1)).toBe(`dev-1 ${status} {"online":false} q1 retain`);
    const reader = await rig.client(1, { clientId: 'reader' });
    const got: string[] = [];
    reader.on('message', (topic, payload, packet) =>
      got.push(`${topic} ${payload.toString()} ${packet.retain}`),
    );
    await reader.subscribeAsync(status, { qos: 1 });
    await until(() => got.length > 0, 'the retained status came');
    expect(got).toEqual([`${status} {"online":false} true`]);
  });

  it('no will after a proper farewell', async () => {
    const will = { topic: 'anmai/v1/dev-1/status', payload: 'gone', qos: 1, retain: false } as const;
    const client = await rig.client(1, { will });
    await client.endAsync();
    await until(() => rig.broker.stats().connectionsNow === 0, 'the connection is closed');
    expect(rig.sink.seen).toEqual([]);
  });

  it('a client id is taken over by its own device', async () => {
    const first = await rig.client(1, { clientId: 'same' });
    const second = await rig.client(1, { clientId: 'same' });
    await until(() => !first.connected, 'the first was closed');
    await second.publishAsync(T1, 'a', { qos: 1 });
    expect(rig.broker.stats().connectionsNow).toBe(1);
  });

  it('the same client id of another device is another client', async () => {
    const first = await rig.client(1, { clientId: 'same' });
    await rig.client(2, { clientId: 'same' });
    await first.publishAsync(T1, 'a', { qos: 1 });
    expect(rig.broker.stats().connectionsNow).toBe(2);
  });

  it('a silent connection is cut after its keep-alive', async () => {
    const client = rig.raw();
    client.connect({ keepAliveSeconds: 1 });
    await client.got('connack 0');
    const since = performance.now();
    await until(() => client.closed, 'the connection is cut');
    expect(performance.now() - since).toBeGreaterThan(1_000);
  });
});

describe('commands', () => {
  const command = 'anmai/v1/dev-1/command';
  const send = (text: string): Promise<void> =>
    rig.broker.publish(command, Buffer.from(text), { qos: 1, retain: false });

  it('wait for an away session', async () => {
    const away = await rig.client(1, { clean: false });
    await away.subscribeAsync(command, { qos: 1 });
    await away.endAsync();
    await until(() => rig.broker.stats().connectionsNow === 0, 'the device is away');
    await send('open');
    await send('close');
    const back = rig.offlineClient(1, { clean: false });
    const got: string[] = [];
    back.on('message', (_topic, payload) => got.push(payload.toString()));
    await until(() => got.length === 2, 'both commands came');
    expect(got).toEqual(['open', 'close']);
    expect(rig.broker.stats().droppedOffline).toBe(0);
  });

  it('arrive once through overlapping filters of a persistent session', async () => {
    const client = await rig.client(1, { clean: false });
    const got: string[] = [];
    client.on('message', (_topic, payload) => got.push(payload.toString()));
    await client.subscribeAsync({ [command]: { qos: 1 }, 'anmai/v1/dev-1/#': { qos: 1 } });
    await send('open');
    await send('close');
    await until(() => got.length >= 2, 'the commands came');
    expect(got).toEqual(['open', 'close']);
    expect(client.connected).toBe(true);
  });

  it('are refused when the broker does not run', async () => {
    await rig.broker.stop();
    await expect(send('open')).rejects.toMatchObject({ code: 'MQT-003' });
  });
});

describe('rights', () => {
  it('telemetry reaches its own subscribers, and only when there are any', async () => {
    const client = await rig.client(1);
    const got: string[] = [];
    client.on('message', (topic, payload) => got.push(`${topic} ${payload.toString()}`));
    await client.publishAsync(T1, 'unheard', { qos: 1 });
    await client.subscribeAsync('anmai/v1/dev-1/+', { qos: 1 });
    await client.publishAsync(T1, 'heard', { qos: 1 });
    await client.publishAsync('v1/devices/me/telemetry', 'too', { qos: 1 });
    await until(() => got.length === 2, 'both came');
    expect(got).toEqual([`${T1} heard`, `${T1} too`]);
  });

  it.each([
    '#',
    'anmai/#',
    'anmai/v1/+/command',
    'anmai/v1/dev-2/command',
    'v1/devices/me/telemetry',
    '$SYS/#',
  ])('refuses the filter %s and grants the rest', async filter => {
    const client = await rig.client(1);
    const granted = await client.subscribeAsync(['anmai/v1/dev-1/command', filter], { qos: 1 }).then(
      () => [],
      (error: { packet?: { granted: number[] } }) => error.packet?.granted,
    );
    expect(granted).toEqual([1, 128]);
  });

  it('a foreign topic goes to quarantine and is acknowledged; nothing else is disturbed', async () => {
    const client = await rig.client(1);
    const other = await rig.client(2);
    const got: string[] = [];
    other.on('message', topic => got.push(topic));
    await other.subscribeAsync('anmai/v1/dev-2/#', { qos: 1 });
    await client.publishAsync('anmai/v1/dev-2/telemetry', 'forged', { qos: 1 });
    await client.publishAsync('anmai/v1/dev-1/command', 'to myself', { qos: 2 });
    await client.publishAsync(T1, 'good', { qos: 1 });
    await other.publishAsync('anmai/v1/dev-2/telemetry', 'real', { qos: 1 });
    expect(rig.sink.stored).toEqual(['good', 'real']);
    const seen = rig.refusals.map(({ reason, deviceId, topic, payload }) => [
      reason,
      deviceId,
      topic,
      String(payload),
    ]);
    expect(seen).toEqual([
      ['foreign_topic', 'dev-1', 'anmai/v1/dev-2/telemetry', 'forged'],
      ['foreign_topic', 'dev-1', 'anmai/v1/dev-1/command', 'to myself'],
    ]);
    await until(() => got.length > 0, 'the real one came back');
    expect(got).toEqual(['anmai/v1/dev-2/telemetry']);
  });

  it('a foreign topic is not acknowledged when the quarantine could not keep it', async () => {
    const strict = await EmbeddedRig.start({ onRefused: () => Promise.reject(new Error('full')) });
    try {
      const client = strict.raw();
      client.connect();
      client.publish('anmai/v1/dev-2/telemetry', 'forged', 1, 7);
      await until(() => client.closed, 'the connection is closed');
      expect(client.received).toEqual(['connack 0']);
    } finally {
      await strict.close();
    }
  });
});

describe('stop', () => {
  it('leaves nothing that was acknowledged and not stored', async () => {
    let acked: string[] = [];
    const clients = await Promise.all([1, 2, 3].map(n => rig.client(n)));
    for (const [index, client] of clients.entries()) {
      const topic = `anmai/v1/dev-${index + 1}/telemetry`;
      for (let i = 0; i < 500; i++) {
        client.publish(topic, `${index}.${i}`, { qos: 1 }, error => {
          if (error == null) acked.push(`${index}.${i}`);
        });
      }
    }
    await until(() => rig.sink.stored.length > 100, 'messages flow');
    await rig.broker.stop();
    const storedAtStop = new Set(rig.sink.stored);
    await until(() => clients.every(client => !client.connected), 'all connections are closed');
    acked = acked.filter(text => !storedAtStop.has(text));
    expect(acked).toEqual([]);
  });

  it('gives what is under way the time to be stored and acknowledged, and takes nothing new', async () => {
    rig.sink.hold();
    const client = rig.raw();
    client.connect();
    client.publish(T1, 'a', 1, 7);
    await until(() => rig.sink.pending.length === 1, 'the message is under way');
    const stopped = rig.broker.stop();
    client.publish(T1, 'b', 1, 8);
    rig.sink.release();
    await stopped;
    await until(() => client.closed, 'the connection is closed');
    expect(client.received).toEqual(['connack 0', 'puback 7']);
    expect(rig.sink.stored).toEqual(['a']);
  });

  it('sends no wills: the devices are well, it is the broker that goes', async () => {
    await rig.client(1, { will: { topic: 'anmai/v1/dev-1/status', payload: 'gone', qos: 1, retain: true } });
    await rig.broker.stop();
    expect(rig.sink.seen).toEqual([]);
  });
});
