import { connect } from 'mqtt';
import { EmbeddedRig } from './testing/embedded-rig';
import type { ConnectFields, RawClient } from './testing/raw-client';
import { until } from './testing/until';

let rig: EmbeddedRig;
afterEach(() => rig.close());

async function answer(fields: ConnectFields): Promise<RawClient> {
  const client = rig.raw();
  client.connect(fields);
  await until(() => client.received.length > 0, 'CONNACK came');
  return client;
}
const told = (): string[] => rig.refusals.map(({ reason, username }) => `${reason} ${username}`);

it.each<[string, ConnectFields, string, string[]]>([
  ['the right password', {}, 'connack 0', []],
  ['an unknown device', { username: 'nobody' }, 'connack 4', ['unknown_device nobody']],
  ['a wrong password', { password: 'secret-2' }, 'connack 4', ['bad_password dev-1']],
  ['no credentials', { username: '' }, 'connack 5', ['unknown_device null']],
  ['no client id, persistent', { clientId: '', clean: false }, 'connack 2', ['identifier_rejected dev-1']],
  ['no client id, clean', { clientId: '', clean: true }, 'connack 0', []],
  ['the longest client id', { clientId: 'x'.repeat(256) }, 'connack 0', []],
  ['one byte more', { clientId: 'x'.repeat(257) }, 'connack 2', ['identifier_rejected dev-1']],
])('%s', async (_name, fields, connack, refusals) => {
  rig = await EmbeddedRig.start();
  const client = await answer(fields);
  expect(client.received).toEqual([connack]);
  expect(told()).toEqual(refusals);
  if (connack !== 'connack 0') await until(() => client.closed, 'the connection is closed');
});

it('tells of the same user name once, and counts all', async () => {
  rig = await EmbeddedRig.start();
  for (let i = 0; i < 3; i++) await answer({ username: 'nobody' });
  await answer({ username: 'nobody-else' });
  expect(told()).toEqual(['unknown_device nobody', 'unknown_device nobody-else']);
  expect(rig.broker.stats().refused.unknown_device).toBe(4);
});

it('looks at no credentials after too many failures, save those of known neighbours', async () => {
  rig = await EmbeddedRig.start({ limits: { loginFailuresPerAddress: 3, loginFailuresPerUsername: 2 } });
  await answer({ username: 'dev-2', password: 'secret-2' });
  const wrong = { username: 'dev-1', password: 'guess' };
  expect((await answer(wrong)).received).toEqual(['connack 4']);
  expect((await answer(wrong)).received).toEqual(['connack 4']);
  expect((await answer({})).received).toEqual(['connack 3']);
  expect((await answer({ username: 'dev-3', password: 'guess' })).received).toEqual(['connack 4']);
  expect((await answer({ username: 'dev-3', password: 'secret-3' })).received).toEqual(['connack 3']);
  expect((await answer({ username: 'dev-2', password: 'secret-2' })).received).toEqual(['connack 0']);
});

it('tells an MQTT 5 client that its version is not spoken', async () => {
  rig = await EmbeddedRig.start();
  const client = connect({ port: rig.port, host: '127.0.0.1', protocolVersion: 5, reconnectPeriod: 0 });
  rig.atEnd(() => client.endAsync(true));
  let closed = false;
  client.on('error', () => undefined).on('close', () => (closed = true));
  await until(() => closed, 'the connection is closed');
  expect(client.connected).toBe(false);
});

it('cuts the connections of a device whose credentials changed, and no others', async () => {
  rig = await EmbeddedRig.start();
  const [first, other] = [
    await answer({ clientId: 'a' }),
    await answer({ username: 'dev-2', password: 'secret-2' }),
  ];
  rig.broker.disconnectDevice('dev-1');
  await until(() => first.closed, 'the connection is closed');
  expect(other.closed).toBe(false);
});

it('names the port when it is taken', async () => {
  rig = await EmbeddedRig.start();
  const second = new EmbeddedRig({ port: rig.port });
  await expect(second.broker.start()).rejects.toMatchObject({ code: 'MQT-001' });
  await second.close();
});
