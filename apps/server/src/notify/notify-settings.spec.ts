import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNotifySettings } from './notify-settings';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'anmai-notify-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(content: unknown): string {
  const path = join(folder, `${++files}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const hook = (over: object = {}): object => ({
  kind: 'webhook',
  name: 'hook',
  url: 'https://example.cn/x',
  secretRef: 'HOOK',
  ...over,
});
const SECRETS = { HOOK: 'hunter2-hunter2' };

it('needs nothing', () => {
  const { settings, faults } = readNotifySettings({});
  expect([settings.channels, settings.linkBase, settings.capSender, faults]).toEqual([[], null, null, []]);
});

it.each([
  ['smtps://me:a%40b@h', 'tls', 465, 'me', 'a@b'],
  ['smtp://me:x@h:2525', 'starttls', 2_525, 'me', 'x'],
  ['smtp+none://h', 'none', 25, null, undefined],
])('makes a channel of %s', (address, security, port, user, password) => {
  const { settings, faults } = readNotifySettings({ ANMAI_SMTP_URL: address, ANMAI_SMTP_FROM: 'a@b.cn' });
  expect(faults).toEqual([]);
  const [channel] = settings.channels;
  expect(channel).toMatchObject({ kind: 'email', name: 'email', host: 'h', security, port });
  const login = channel?.kind === 'email' ? channel.login : null;
  expect(login?.user ?? null).toBe(user);
  expect(login === null ? undefined : settings.secrets(login.passwordRef)).toBe(password);
});

it('takes channels from the file, and secrets from it or from the environment, which counts more', () => {
  const path = file({ secrets: SECRETS, channels: [hook()], retry: { attemptsMax: 2, leaseSeconds: 9 } });
  const { settings, faults } = readNotifySettings({
    ANMAI_NOTIFY_FILE: path,
    ANMAI_NOTIFY_SECRET_HOOK: 'newer',
    ANMAI_PUBLIC_URL: 'https://anmai.example.cn/x/',
  });
  expect(faults).toEqual([]);
  expect(settings.channels.map(channel => channel.name)).toEqual(['hook']);
  expect(settings.secrets('HOOK')).toBe('newer');
  expect(settings).toMatchObject({ linkBase: 'https://anmai.example.cn/x', leaseMs: 9_000 });
  expect(settings.backoff).toEqual({ attemptsMax: 2, firstMs: 5_000, mostMs: 900_000 });
});

it.each<[string, unknown, string[]]>([
  ['no JSON', '{"secrets": hunter2', ['no JSON']],
  ['a misspelt field', { chanels: [] }, ['chanels']],
  ['two of a name', { secrets: SECRETS, channels: [hook(), hook()] }, ['two channels called hook']],
  ['a secret that is not there', { channels: [hook()] }, ['HOOK']],
  ['no address', { secrets: SECRETS, channels: [hook({ url: 'hunter2' })] }, ['address']],
  ['no range', { secrets: SECRETS, channels: [hook({ allow: ['10.0.0.0/99'] })] }, ['allow']],
  [
    'several faults',
    { secrets: SECRETS, channels: [hook({ secretRef: 'A' }), hook({ name: 'b', url: 'x' })] },
    ['the secret A', 'channel b'],
  ],
])('names what is wrong, and no value: %s', (_name, content, words) => {
  const { faults } = readNotifySettings({ ANMAI_NOTIFY_FILE: file(content) });
  expect(faults.map(fault => fault.key)).toEqual(words.map(() => 'ANMAI_NOTIFY_FILE'));
  for (const [i, word] of words.entries()) expect(faults[i]?.fault).toContain(word);
  expect(JSON.stringify(faults)).not.toContain('hunter2');
});

it.each([
  [{ ANMAI_NOTIFY_FILE: '/nowhere/x.json' }, 'ANMAI_NOTIFY_FILE'],
  [{ ANMAI_SMTP_URL: 'hunter2' }, 'ANMAI_SMTP_URL'],
  [{ ANMAI_SMTP_URL: 'smtps://u:hunter2@h' }, 'ANMAI_SMTP_FROM'],
  [{ ANMAI_PUBLIC_URL: 'hunter2' }, 'ANMAI_PUBLIC_URL'],
  [{ ANMAI_CAP_SENDER: 'hunter2 and more' }, 'ANMAI_CAP_SENDER'],
])('%j: %s', (env, key) => {
  const { faults } = readNotifySettings(env);
  expect(faults.map(fault => fault.key)).toEqual([key]);
  expect(faults[0]?.remedy.length).toBeGreaterThan(20);
  expect(JSON.stringify(faults)).not.toContain('hunter2');
});
