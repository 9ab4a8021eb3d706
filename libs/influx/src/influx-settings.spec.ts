import { INFLUX_ERRORS } from './errors';
import { hostOf, loginOf } from './influx-settings';
import { durationMs } from './retention-policies';

it.each([
  ['nobody', { url: 'http://h:8086' }, null],
  ['who is set', { url: 'http://h', username: 'u', password: 'p' }, { username: 'u', password: 'p' }],
  ['who stands in the URL', { url: 'http://u%40x:p%2F@h' }, { username: 'u@x', password: 'p/' }],
  [
    'the setting before the URL',
    { url: 'http://a:b@h', username: 'u', password: 'p' },
    { username: 'u', password: 'p' },
  ],
])('logs in %s', (_name, settings, login) => expect(loginOf({ ...settings, database: 'd' })).toEqual(login));

it('tells the host without the password', () => {
  expect(hostOf({ url: 'http://u:secret@h:8086/x', database: 'd' })).toBe('h:8086');
});

it.each([
  ['0s', 0],
  ['1h0m0s', 3_600_000],
  ['168h0m0s', 7 * 86_400_000],
  ['24h30m15s', 88_215_000],
])('reads the duration %s', (text, ms) => expect(durationMs(text)).toBe(ms));

it('has unique codes, each with a remedy', () => {
  const specs = Object.values(INFLUX_ERRORS);
  expect(new Set(specs.map(({ code }) => code)).size).toBe(specs.length);
  expect(specs.every(({ code, remedy }) => /^INF-\d{3}$/.test(code) && remedy.length > 20)).toBe(true);
});
