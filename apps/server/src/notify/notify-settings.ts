import { readFileSync } from 'node:fs';
import { AppError } from '@anmai/kernel';
import { BACKOFF, LEASE_MS, type BackoffLimits, type SecretSource } from '@anmai/notify';
import type { z } from 'zod';
import type { ConfigFault } from '../config';
import { buildChannel } from './channels';
import { channelsFileSchema, type ChannelConfig } from './channels-file.schema';
import { smtpChannel } from './smtp-url';

/** How the platform reaches people. Holds no secret: these are asked for by name. */
export interface NotifySettings {
  /** Address of the pages without a slash at the end; null: messages have no link. */
  readonly linkBase: string | null;
  readonly channels: readonly ChannelConfig[];
  readonly backoff: BackoffLimits;
  readonly leaseMs: number;
  readonly secrets: SecretSource;
  /** Stands for the platform in CAP messages; null: they are drafts. */
  readonly capSender: string | null;
}

const SECRET_PREFIX = 'ANMAI_NOTIFY_SECRET_';
const FILE_BYTES_MAX = 1024 * 1024;
const FILE_REMEDY = 'Correct the file, or unset ANMAI_NOTIFY_FILE. The README of libs/notify shows one.';

/** Reads what concerns messages, and makes each channel once to see whether it can be made. Gives all faults together. */
export function readNotifySettings(env: NodeJS.ProcessEnv): {
  readonly settings: NotifySettings;
  readonly faults: readonly ConfigFault[];
} {
  const faults: ConfigFault[] = [];
  const file = fileOf(env['ANMAI_NOTIFY_FILE'], faults);
  const smtp = smtpChannel(env['ANMAI_SMTP_URL'], env['ANMAI_SMTP_FROM'], faults);
  const secretsOf = new Map(Object.entries(file.secrets));
  if (smtp !== null && smtp.secret !== null) secretsOf.set(smtp.secret.ref, smtp.secret.value);
  for (const [key, value] of Object.entries(env))
    if (key.startsWith(SECRET_PREFIX) && value) secretsOf.set(key.slice(SECRET_PREFIX.length), value);
  const channels = [...(smtp === null ? [] : [smtp.channel]), ...file.channels];
  const { attemptsMax, firstSeconds, mostSeconds, leaseSeconds } = file.retry;
  const settings: NotifySettings = {
    linkBase: linkBaseOf(env['ANMAI_PUBLIC_URL'], faults),
    channels,
    backoff: {
      attemptsMax: attemptsMax ?? BACKOFF.attemptsMax,
      firstMs: firstSeconds === undefined ? BACKOFF.firstMs : firstSeconds * 1_000,
      mostMs: mostSeconds === undefined ? BACKOFF.mostMs : mostSeconds * 1_000,
    },
    leaseMs: leaseSeconds === undefined ? LEASE_MS : leaseSeconds * 1_000,
    secrets: ref => secretsOf.get(ref),
    capSender: capSenderOf(env['ANMAI_CAP_SENDER'], faults),
  };
  faults.push(...channelFaults(settings));
  return { settings, faults };
}

function channelFaults({ channels, secrets, linkBase }: NotifySettings): ConfigFault[] {
  const names = channels.map(channel => channel.name);
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
  const faults = twice.map(name =>
    fileFault(`there are two channels called ${name}`, 'Give each channel a name of its own.'),
  );
  for (const config of channels) {
    try {
      buildChannel(config, secrets, linkBase);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      faults.push(fileFault(error.message, error.remedy));
    }
  }
  return faults;
}

const fileFault = (fault: string, remedy = FILE_REMEDY): ConfigFault => ({
  key: 'ANMAI_NOTIFY_FILE',
  fault,
  remedy,
});

type ChannelsFile = z.infer<typeof channelsFileSchema>;
const NO_FILE: ChannelsFile = { secrets: {}, channels: [], retry: {} };

/** Faults name places, never what stands there. */
function fileOf(path: string | undefined, faults: ConfigFault[]): ChannelsFile {
  if (!path) return NO_FILE;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    faults.push(
      fileFault('names a file that cannot be read', 'Name a JSON file that this program can read.'),
    );
    return NO_FILE;
  }
  if (text.length > FILE_BYTES_MAX) {
    faults.push(fileFault('names a file that is too long', 'A megabyte is more than enough.'));
    return NO_FILE;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    faults.push(fileFault('names a file that is no JSON'));
    return NO_FILE;
  }
  const parsed = channelsFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  faults.push(...parsed.error.issues.map(issue => fileFault(`${issue.path.join('.')}: ${issue.message}`)));
  return NO_FILE;
}

function linkBaseOf(text: string | undefined, faults: ConfigFault[]): string | null {
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && url.username === '' && url.search === '' && url.hash === '';
  if (url !== null && isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '');
  faults.push({
    key: 'ANMAI_PUBLIC_URL',
    fault: 'is no address of a page',
    remedy: 'Give the address under which people open the page, such as https://anmai.example.cn.',
  });
  return null;
}

function capSenderOf(text: string | undefined, faults: ConfigFault[]): string | null {
  if (!text) return null;
  if (/^[^\s,<&"]{1,200}$/.test(text)) return text;
  faults.push({
    key: 'ANMAI_CAP_SENDER',
    fault: 'is no name of a sender',
    remedy: 'Give a domain name or mail address of yours, without spaces, commas, < or &.',
  });
  return null;
}
