import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  readonly to: readonly string[];
  /** With its headers, as it came. */
  readonly raw: string;
  readonly messageId: string;
}

export interface MailServer {
  readonly port: number;
  readonly mails: readonly Mail[];
  close(): Promise<void>;
}

/** A real SMTP server on the loopback interface that takes mails of one log-in. */
export async function startMailServer(user: string, password: string): Promise<MailServer> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: (login, _session, callback) =>
      login.username === user && login.password === password
        ? callback(null, { user })
        : callback(new Error('no such log-in')),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const messageId = /^Message-ID: <([^>]+)>/im.exec(raw)?.[1] ?? '';
        mails.push({ to: session.envelope.rcptTo.map(each => each.address), raw, messageId });
        callback(null);
      });
    },
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  };
}
