import { createTransport, type Transporter } from 'nodemailer';
import { refused, SENT, type Channel, type OutgoingMessage, type SendResult } from './channel.port';
import { ChannelSecrets, type SecretSource } from './secrets';

export interface EmailOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** tls: from the first byte (465). starttls: demanded before anything is said (587). none: for a server next door only. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly login: { readonly user: string; readonly passwordRef: string } | null;
  /** Bare address of the sender. */
  readonly from: string;
  readonly fromName: string;
  readonly secrets: SecretSource;
  readonly timeoutMs: number;
  /** Certificate of the server's authority in PEM, when it is none of the public ones. */
  readonly ca: string | null;
}

export const EMAIL_TIMEOUT_MS = 20_000;

/** One plain address: no list, no name, no comment, nothing that a header could break on. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[A-Za-z0-9.-]+\.?[A-Za-z0-9-]+$/u;

/** Mails by SMTP. One connection a mail: alarms are few, and a kept connection is one more thing that can be half dead. */
export class EmailChannel implements Channel {
  readonly name: string;
  readonly #secrets: ChannelSecrets;

  constructor(private readonly options: EmailOptions) {
    this.name = options.name;
    const refs = options.login === null ? [] : [options.login.passwordRef];
    this.#secrets = new ChannelSecrets(options.name, options.secrets, refs);
  }

  async send(message: OutgoingMessage, signal: AbortSignal): Promise<SendResult> {
    if (!ADDRESS.test(message.address)) return refused('no mail address', false);
    const transport = this.#transport();
    const stopped = new Promise<SendResult>(resolve => {
      const stop = (): void => resolve(refused('stopped', true));
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
    });
    const sent = transport.sendMail(this.#mail(message)).then(
      () => SENT,
      (error: unknown) => this.#failure(error),
    );
    try {
      return await Promise.race([sent, stopped]);
    } finally {
      transport.close();
    }
  }

  async close(): Promise<void> {
    // Nothing is kept open between messages.
  }

  #transport(): Transporter {
    const { host, port, security, login, timeoutMs, ca } = this.options;
    return createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(login === null
        ? {}
        : { auth: { user: login.user, pass: this.#secrets.reveal(login.passwordRef) } }),
      ...(ca === null ? {} : { tls: { ca } }),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      // Nothing in a mail of ours comes from a file or an address.
      disableFileAccess: true,
      disableUrlAccess: true,
      logger: false,
    });
  }

  #mail(message: OutgoingMessage): Parameters<Transporter['sendMail']>[0] {
    const domain = this.options.from.split('@').at(-1) ?? 'localhost';
    const subjects = new Set(message.notices.map(notice => notice.subjectId));
    return {
      from: { name: this.options.fromName, address: this.options.from },
      to: { name: '', address: message.address },
      subject: message.text.title,
      text: `${message.text.body}\n`,
      messageId: `<${message.id}@${domain}>`,
      // Mail programs put together what refers to the same: all mails of one alarm in one thread.
      ...(subjects.size === 1 ? { references: [`<${[...subjects].join('')}@${domain}>`] } : {}),
      date: new Date(message.at),
      priority: message.severity === 'red' ? 'high' : 'normal',
      // RFC 3834: absence notices and other robots must not answer, or mails go round in circles.
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
  }

  /** A 5xx about recipient or mail is the server's last word; all else may be mended: a password, a certificate. */
  #failure(error: unknown): SendResult {
    const { code, responseCode, response } = detailsOf(error);
    const isOfMail = code === 'EENVELOPE' || code === 'EMESSAGE';
    const isFinal = isOfMail && responseCode !== null && responseCode >= 500;
    const said = response === null ? '' : `: ${this.#secrets.clean(response)}`;
    return refused(`${WORDS[code] ?? 'not sent'} (${responseCode ?? code})${said}`, !isFinal);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EAUTH: 'the server does not accept the log-in',
  EENVELOPE: 'the server refuses sender or recipient',
  EMESSAGE: 'the server refuses the mail',
  ECONNECTION: 'no connection to the server',
  ETIMEDOUT: 'the server does not answer in time',
  ESOCKET: 'the connection failed',
  EDNS: 'the name of the server is not found',
  ETLS: 'no secure connection',
};

interface Failure {
  readonly code: string;
  readonly responseCode: number | null;
  readonly response: string | null;
}

/** Codes only: the message of an error may repeat what was sent. */
function detailsOf(error: unknown): Failure {
  const fields = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const { code, responseCode, response } = fields;
  return {
    code: typeof code === 'string' ? code : 'no code',
    responseCode: typeof responseCode === 'number' ? responseCode : null,
    response: typeof response === 'string' ? response : null,
  };
}
