import type { ConfigFault } from '../config';
import type { ChannelConfig } from './channels-file.schema';

export const SMTP_SECRET = 'SMTP_URL_PASSWORD';

export interface SmtpChannel {
  readonly channel: ChannelConfig & { readonly kind: 'email' };
  readonly secret: { readonly ref: string; readonly value: string } | null;
}

const SECURITY: Readonly<Record<string, 'tls' | 'starttls' | 'none'>> = {
  'smtps:': 'tls',
  'smtp:': 'starttls',
  'smtp+none:': 'none',
};
const PORTS = { tls: 465, starttls: 587, none: 25 } as const;

/** The channel `email` out of one address: smtps://user:password@host:port. Its faults never repeat the address. */
export function smtpChannel(
  address: string | undefined,
  from: string | undefined,
  faults: ConfigFault[],
): SmtpChannel | null {
  if (!address) return null;
  const url = URL.canParse(address) ? new URL(address) : null;
  const security = SECURITY[url?.protocol ?? ''];
  if (url === null || security === undefined || url.hostname === '') {
    faults.push({
      key: 'ANMAI_SMTP_URL',
      fault: 'is no address of a mail server',
      remedy: 'Give smtps://user:password@host:465, smtp:// for STARTTLS, or smtp+none:// for one next door.',
    });
    return null;
  }
  if (!from || !/^[^\s@<>]+@[^\s@<>]+$/.test(from)) {
    faults.push({
      key: 'ANMAI_SMTP_FROM',
      fault: 'must be the mail address that messages come from',
      remedy: 'Set it to an address that the mail server lets this log-in use, such as anmai@example.cn.',
    });
    return null;
  }
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  return {
    channel: {
      kind: 'email',
      name: 'email',
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? PORTS[security] : Number(url.port),
      security,
      login: user === '' ? null : { user, passwordRef: SMTP_SECRET },
      from,
      fromName: 'Anmai 安脉',
    },
    secret: user === '' ? null : { ref: SMTP_SECRET, value: password },
  };
}
