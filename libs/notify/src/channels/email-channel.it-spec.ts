import { createServer, type AddressInfo, type Server } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { messageOf, unstopped } from '../testing/messages';
import { EmailChannel, type EmailOptions } from './email-channel';

const PASSWORD = 'pass-0123456789';
interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

let server: SMTPServer;
let mails: Mail[];
let port: number;
/** What the server says instead of taking the mail. */
let refusal: { at: 'rcpt' | 'data'; code: number; text: string } | null;

beforeEach(async () => {
  mails = [];
  refusal = null;
  const no = (at: 'rcpt' | 'data'): (Error & { responseCode: number }) | null =>
    refusal?.at === at ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null;
  server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, callback) =>
      username === 'anmai' && password === PASSWORD
        ? callback(null, { user: username })
        : callback(new Error(`Invalid password ${password ?? ''}`)),
    onRcptTo: (_address, _session, callback) => callback(no('rcpt')),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        if (no('data') === null)
          mails.push({
            from,
            to: rcptTo.map(each => each.address),
            raw: Buffer.concat(chunks).toString('utf8'),
          });
        callback(no('data'));
      });
    },
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  port = (server.server.address() as AddressInfo).port;
});
afterEach(() => new Promise<void>(resolve => server.close(() => resolve())));

const channel = (fields: Partial<EmailOptions> = {}): EmailChannel =>
  new EmailChannel({
    name: 'email',
    host: '127.0.0.1',
    port,
    security: 'none',
    login: { user: 'anmai', passwordRef: 'smtp' },
    from: 'alarm@anmai.example.cn',
    fromName: '城市生命线',
    secrets: () => PASSWORD,
    timeoutMs: 400,
    ca: null,
    ...fields,
  });

const header = (mail: Mail, name: string): string => {
  const lines = mail.raw
    .slice(0, mail.raw.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  return (
    lines
      .find(line => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  );
};
/** RFC 2047 words in UTF-8. */
const decoded = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_whole, kind: string, body: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(body, 'base64').toString('latin1')
        : body
            .replaceAll('_', ' ')
            .replace(/=([0-9A-F]{2})/g, (_hex, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    )
    .replace(/[\u0080-\u00ff]+/g, bytes => Buffer.from(bytes, 'latin1').toString('utf8'));

it('brings a mail to the server', async () => {
  expect(await channel().send(messageOf({ severity: 'red' }), unstopped())).toEqual({ ok: true });
  const mail = mails[0]!;
  expect([mail.from, mail.to]).toEqual(['alarm@anmai.example.cn', ['zhang@example.cn']]);
  expect(decoded(header(mail, 'Subject'))).toBe('【橙色报警】人民路 12 号电力井 可燃气体浓度 53.1 %LEL');
  expect(header(mail, 'Message-ID')).toBe('<msg-0001@anmai.example.cn>');
  expect(header(mail, 'References')).toBe('<alm-1@anmai.example.cn>');
  expect(header(mail, 'Auto-Submitted')).toBe('auto-generated');
  expect(header(mail, 'X-Priority')).toMatch(/^1/);
  expect(decoded(header(mail, 'From'))).toContain('城市生命线');
  const [, body = ''] = mail.raw.split('\r\n\r\n');
  expect(header(mail, 'Content-Transfer-Encoding')).toBe('quoted-printable');
  const text = decoded(`=?UTF-8?Q?${body.replaceAll('=\r\n', '').replaceAll('?', '=3F')}?=`);
  expect(text).toContain('限值:≥ 50 %LEL');
});

it('writes no header that comes from a name', async () => {
  const message = messageOf({}, { where: '井\r\nBcc: victim@example.cn\r\n\r\nbody' });
  const odd = { ...message, text: { ...message.text, title: 'x\r\nBcc: victim@example.cn' } };
  expect(await channel().send(odd, unstopped())).toEqual({ ok: true });
  expect(header(mails[0]!, 'Bcc')).toBe('');
  expect(mails[0]?.to).toEqual(['zhang@example.cn']);
});

it.each([
  '',
  'zhang',
  'a@x.cn, b@x.cn',
  'a@x.cn\r\nRCPT TO:<b@x.cn>',
  '<a@x.cn>',
  'Zhang <a@x.cn>',
  '"a b"@x.cn',
])('sends nothing to %j', async address => {
  expect(await channel().send(messageOf({ address }), unstopped())).toMatchObject({ retryable: false });
  expect(mails).toEqual([]);
});

it.each([
  ['mailbox unknown', 'rcpt', 550, 'No such user', false],
  ['grey-listed', 'rcpt', 451, 'Try again later', true],
  ['disk full', 'data', 452, 'Insufficient storage', true],
  ['taken for spam', 'data', 554, `Spam, says ${PASSWORD}`, false],
] as const)('%s', async (_name, at, code, text, retryable) => {
  refusal = { at, code, text };
  const result = await channel().send(messageOf(), unstopped());
  expect(result).toMatchObject({
    ok: false,
    retryable,
    reason: expect.stringContaining(String(code)) as string,
  });
  expect(JSON.stringify(result)).not.toContain(PASSWORD);
});

it('tries again after a wrong password, which a person can mend, and does not tell it', async () => {
  const wrong = 'wrong-0123456789';
  const result = await channel({ secrets: () => wrong }).send(messageOf(), unstopped());
  expect(result).toMatchObject({ ok: false, retryable: true });
  expect(JSON.stringify(result)).toContain('does not accept the log-in (535)');
  expect(JSON.stringify(result)).not.toContain(wrong);
});

it('does not say its password to a server without the demanded encryption', async () => {
  const heard: string[] = [];
  const bare = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, callback) => {
      heard.push(password ?? '');
      callback(null, { user: 'anmai' });
    },
  });
  await new Promise<void>(resolve => void bare.listen(0, '127.0.0.1', resolve));
  const other = (bare.server.address() as AddressInfo).port;
  const result = await channel({ port: other, security: 'starttls' }).send(messageOf(), unstopped());
  expect(result).toMatchObject({ ok: false, retryable: true });
  expect(heard).toEqual([]);
  await channel({ port: other }).send(messageOf(), unstopped());
  expect(heard).toEqual([PASSWORD]);
  await new Promise<void>(resolve => bare.close(() => resolve()));
});

it('does not trust a certificate that nobody vouches for', async () => {
  const result = await channel({ security: 'starttls' }).send(messageOf(), unstopped());
  expect(result).toMatchObject({ ok: false, retryable: true });
  expect(mails).toEqual([]);
});

describe('a server that is none', () => {
  let mute: Server;
  const listen = async (onConnect: (write: (text: string) => void) => void): Promise<number> => {
    mute = createServer(socket => {
      socket.on('error', () => undefined).resume();
      onConnect(text => void socket.write(text));
    });
    await new Promise<void>(resolve => mute.listen(0, '127.0.0.1', resolve));
    return (mute.address() as AddressInfo).port;
  };
  afterEach(() => new Promise<void>(resolve => void mute.close(() => resolve())));

  it.each([
    ['says nothing', () => undefined],
    ['talks nonsense', (write: (text: string) => void) => write('hello\r\n')],
    ['greets and falls silent', (write: (text: string) => void) => write('220 x ESMTP\r\n')],
  ])('%s: later again', async (_name, onConnect) => {
    const result = await channel({ port: await listen(onConnect) }).send(messageOf(), unstopped());
    expect(result).toMatchObject({ ok: false, retryable: true });
  });
});

it('tries again when nobody listens', async () => {
  const gone = createServer();
  await new Promise<void>(resolve => gone.listen(0, '127.0.0.1', resolve));
  const { port: free } = gone.address() as AddressInfo;
  await new Promise<void>(resolve => void gone.close(() => resolve()));
  const result = await channel({ port: free }).send(messageOf(), unstopped());
  expect(result).toMatchObject({ ok: false, retryable: true });
});

it('stops when it is told to', async () => {
  const stop = new AbortController();
  stop.abort();
  expect(await channel().send(messageOf(), stop.signal)).toMatchObject({
    retryable: true,
    reason: 'stopped',
  });
});

it('is not made without its password', () => {
  expect(() => channel({ secrets: () => undefined })).toThrow('channel email needs the secret smtp');
});
