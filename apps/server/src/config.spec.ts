import { readConfig } from './config';

const faultKeys = (env: Record<string, string>): string[] => {
  const read = readConfig(env);
  return 'faults' in read ? read.faults.map(fault => fault.key) : [];
};

it('needs nothing', () => {
  const read = readConfig({});
  expect(read).toHaveProperty('config.ANMAI_HTTP_HOST', '127.0.0.1');
  expect(read).toHaveProperty('config.ANMAI_MQTT_PORT', 1883);
});

it.each([
  [{ ANMAI_HTTP_PORT: '70000' }, ['ANMAI_HTTP_PORT']],
  [{ ANMAI_HTTP_PORT: '' }, []],
  [{ ANMAI_MQTT_PORT: '0' }, []],
  [{ ANMAI_ROLES: 'gateway,boss' }, ['ANMAI_ROLES']],
  [{ ANMAI_ROLES: 'gateway' }, ['DATABASE_URL', 'INFLUX_URL']],
  [{ ANMAI_ROLES: 'gateway', DATABASE_URL: 'postgres://h/d', INFLUX_URL: 'http://h' }, []],
  [{ ANMAI_ADMIN_PASSWORD: 'short' }, ['ANMAI_ADMIN_PASSWORD']],
  [{ INFLUX_URL: 'influx' }, ['INFLUX_URL']],
  [{ ANMAI_TIMEZONE: 'Mars/Olympus' }, ['ANMAI_TIMEZONE']],
  [{ ANMAI_MQTT_TLS_PORT: '8883' }, ['ANMAI_TLS_CERT']],
  [
    { ANMAI_TLS_CERT: '/nowhere/a.pem', ANMAI_TLS_KEY: '/nowhere/b.pem' },
    ['ANMAI_TLS_CERT', 'ANMAI_TLS_KEY'],
  ],
  [
    { ANMAI_HTTP_PORT: 'x', ANMAI_MQTT_TLS_PORT: '8883', NATS_URL: 'nats://h' },
    ['ANMAI_HTTP_PORT', 'ANMAI_TLS_CERT', 'NATS_URL'],
  ],
  [{ ANMAI_HTTP_HOST: 'not an address' }, ['ANMAI_HTTP_HOST']],
  [
    { ANMAI_HTTP_PORT: 'x', ANMAI_LOG_LEVEL: 'loud', MQTT_URL: '1' },
    ['ANMAI_HTTP_PORT', 'MQTT_URL', 'ANMAI_LOG_LEVEL'],
  ],
])('%j: %j', (env, keys) => expect(faultKeys(env)).toEqual(keys));

it('never shows a value, since it may be a secret', () => {
  const read = readConfig({ ANMAI_ADMIN_PASSWORD: 'hunter2', DATABASE_URL: 'hunter2' });
  expect(JSON.stringify(read)).not.toContain('hunter2');
});

it('gives every fault a remedy', () => {
  const read = readConfig({ ANMAI_ROLES: 'x', ANMAI_HTTP_PORT: 'x' });
  expect('faults' in read && read.faults.every(fault => fault.remedy.length > 20)).toBe(true);
});
