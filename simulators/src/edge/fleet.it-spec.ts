import type { FeedMessage } from '../feed/feed';
import { BareBroker, type BrokerOptions } from '../testing/bare-broker';
import { Fleet, type FleetOptions } from './fleet';

let broker: BareBroker | null = null;
let fleet: Fleet | null = null;
afterEach(async () => {
  await fleet?.close();
  await broker?.kill();
  [fleet, broker] = [null, null];
});

async function open(brokerOptions: BrokerOptions = {}, fleetOptions: Partial<FleetOptions> = {}) {
  broker = await BareBroker.start(brokerOptions);
  fleet = new Fleet({
    url: broker.url,
    gateway: null,
    loginOf: id => ({ username: id, password: 'p' }),
    log: () => undefined,
    ...fleetOptions,
  });
  return { broker, fleet };
}

const message = (i: number, deviceId = 'd1'): FeedMessage => ({
  kind: 'message',
  sendAt: 0,
  deviceId,
  form: 'plain',
  records: [{ channel: 'x', unit: null, at: 1, value: i }],
  row: i + 1,
});
const valueOf = (text: string): number => (JSON.parse(text) as { values: { x: number } }).values.x;

describe('the fleet', () => {
  it('gives each device a connection and a retained status, and takes it back at the end', async () => {
    const { broker, fleet } = await open();
    const ids = Array.from({ length: 60 }, (_, i) => `d${i}`);
    await fleet.connect(ids);
    await Promise.all(ids.map((id, i) => fleet.send(message(i, id))));
    await fleet.drained();
    expect(broker.clients.size).toBe(60);
    expect(broker.telemetry.map(each => each.topic).sort()).toEqual(
      ids.map(id => `anmai/v1/${id}/telemetry`).sort(),
    );
    expect([...broker.retained.values()].filter(each => each === '{"online":true}')).toHaveLength(60);
    await fleet.close();
    expect([...broker.retained.values()].filter(each => each === '{"online":false}')).toHaveLength(60);
    expect(fleet.stats).toMatchObject({ sent: 60, acknowledged: 60, failed: 0 });
  });

  it('speaks for all devices over one connection when it is a gateway', async () => {
    const { broker, fleet } = await open({}, { gateway: { username: 'gw', password: 'p' } });
    await fleet.connect(['d1', 'd2']);
    await fleet.send(message(1, 'd1'));
    await fleet.send(message(2, 'd2'));
    await fleet.drained();
    expect(broker.clients).toEqual(new Set(['sim-gateway-gw']));
    expect(broker.telemetry.map(each => each.topic)).toEqual([
      'anmai/v1/d1/telemetry',
      'anmai/v1/d2/telemetry',
    ]);
  });

  it('sends again exactly what was not acknowledged when connections break', async () => {
    const broken = new Set([3, 10, 11, 39]);
    const { broker, fleet } = await open(
      {
        breakInsteadOfAck: ({ topic, text, dup }) =>
          topic.endsWith('telemetry') && !dup && broken.has(valueOf(text)),
      },
      { inflightMax: 1 },
    );
    for (let i = 0; i < 40; i += 1) await fleet.send(message(i));
    await fleet.drained();
    const values = broker.telemetry.map(each => valueOf(each.text));
    const expected = Array.from({ length: 40 }, (_, i) => (broken.has(i) ? [i, i] : [i])).flat();
    expect(values).toEqual(expected);
    expect(broker.telemetry.filter(each => each.dup).map(each => valueOf(each.text))).toEqual([...broken]);
    expect(fleet.stats).toMatchObject({ sent: 40, acknowledged: 40, reconnects: 4 });
  });

  it('loses nothing and keeps the order with many under way', async () => {
    let cuts = 0;
    const { broker, fleet } = await open(
      {
        breakInsteadOfAck: ({ topic, dup }) => topic.endsWith('telemetry') && !dup && (cuts += 1) % 150 === 0,
      },
      { inflightMax: 50 },
    );
    for (let i = 0; i < 500; i += 1) await fleet.send(message(i));
    await fleet.drained();
    const values = broker.telemetry.map(each => valueOf(each.text));
    expect([...new Set(values)]).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect(values.length - 500).toBeLessThanOrEqual(fleet.stats.reconnects * 50);
  });

  it('goes on after the broker was away, and says which rows are not safe while it is', async () => {
    const { broker: first, fleet } = await open({}, { inflightMax: 5 });
    for (let i = 0; i < 5; i += 1) await fleet.send(message(i));
    await fleet.drained();
    expect(fleet.firstUnacknowledgedRow()).toBeNull();
    await first.kill();
    for (let i = 5; i < 10; i += 1) await fleet.send(message(i));
    const blocked = fleet.send(message(10));
    expect(fleet.firstUnacknowledgedRow()).toBe(6);
    broker = await BareBroker.start({ port: first.port });
    await blocked;
    await fleet.drained();
    expect([...new Set(broker.telemetry.map(each => valueOf(each.text)))]).toEqual([5, 6, 7, 8, 9, 10]);
  });

  it('comes back by itself from a cut connection', async () => {
    const { broker, fleet } = await open();
    await fleet.connect(['d1', 'd2']);
    fleet.cut(['d1', 'd2']);
    await broker.seen(() => fleet.stats.reconnects === 2);
    await fleet.send(message(1, 'd1'));
    await fleet.drained();
    expect(fleet.stats.reconnects).toBe(2);
  });

  it.each([
    ['a wrong password', { authenticate: () => false }, 'SIM-002'],
    ['no log-in', {}, 'SIM-007'],
  ])('names the fault: %s', async (_name, brokerOptions, code) => {
    const { fleet } = await open(brokerOptions, code === 'SIM-007' ? { loginOf: () => null } : {});
    await expect(fleet.connect(['d1'])).rejects.toMatchObject({ code });
  });

  it('names the fault: no broker', async () => {
    const { broker: gone } = await open();
    await gone.kill();
    fleet = new Fleet({
      url: gone.url,
      gateway: null,
      loginOf: () => ({ username: 'u', password: 'p' }),
      connectWaitMs: 300,
      log: () => undefined,
    });
    await expect(fleet.connect(['d1'])).rejects.toMatchObject({ code: 'SIM-001', retryable: true });
  });
});
