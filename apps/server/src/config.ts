import { accessSync, constants } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { readNotifySettings, type NotifySettings } from './notify/notify-settings';

export const ROLES = ['gateway', 'archiver', 'monitor', 'api'] as const;
export type RoleName = (typeof ROLES)[number];

/** sysexits.h EX_CONFIG. */
export const EXIT_CONFIG = 78;

const port = z.coerce.number().int().min(0).max(65_535);
const text = z.string().min(1);
const urlOf = (...protocols: string[]) =>
  z.url({
    protocol: new RegExp(`^(${protocols.join('|')})$`),
    error: `an address starting with ${protocols[0]}://`,
  });

const roles = z
  .string()
  .transform(list => list.split(',').map(role => role.trim()))
  .pipe(z.array(z.enum(ROLES)).min(1))
  .transform(list => new Set<RoleName>(list));

const timezone = z.string().refine(zone => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}, 'an IANA time zone such as Asia/Shanghai');

const asRoot = process.getuid?.() === 0;

const schema = z.object({
  ANMAI_HTTP_PORT: port.default(3000),
  ANMAI_HTTP_HOST: text.default('127.0.0.1'),
  ANMAI_MQTT_PORT: port.default(1883),
  ANMAI_MQTT_HOST: text.default('127.0.0.1'),
  ANMAI_MQTT_TLS_PORT: port.optional(),
  ANMAI_TLS_CERT: text.optional(),
  ANMAI_TLS_KEY: text.optional(),
  ANMAI_TLS_CLIENT_CA: text.optional(),
  ANMAI_DATA_DIR: text.default(asRoot ? '/var/lib/anmai' : './data'),
  ANMAI_ROLES: roles.default(new Set(ROLES)),
  ANMAI_ADMIN_PASSWORD: z.string().min(10, 'at least 10 characters').optional(),
  INFLUX_URL: urlOf('http', 'https').optional(),
  INFLUX_DATABASE: text.default('anmai'),
  INFLUX_USERNAME: text.optional(),
  INFLUX_PASSWORD: text.optional(),
  DATABASE_URL: urlOf('postgres', 'postgresql').optional(),
  MQTT_URL: urlOf('mqtt', 'mqtts', 'ws', 'wss').optional(),
  NATS_URL: z.string().optional(),
  /** How much journal a restart has to go through again, against how often the state is written. */
  ANMAI_SNAPSHOT_SECONDS: z.coerce.number().min(0.1).max(3_600).default(30),
  ANMAI_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ANMAI_TIMEZONE: timezone.default('Asia/Shanghai'),
});

export type Config = Readonly<z.infer<typeof schema>> & { readonly notify: NotifySettings };

/** One thing that is wrong with the configuration. Never holds the value: it may be a secret. */
export interface ConfigFault {
  readonly key: string;
  readonly fault: string;
  readonly remedy: string;
}

/** Reads the environment, once. An empty variable counts as not set. Gives all faults together. */
export function readConfig(env: NodeJS.ProcessEnv): { config: Config } | { faults: readonly ConfigFault[] } {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map(issueFault);
  // What is sound is looked at together even when something else is wrong: one start shows all there is to mend.
  const wrong = new Set(faults.map(fault => fault.key));
  const sound = Object.fromEntries(Object.entries(given).filter(([key]) => !wrong.has(key)));
  faults.push(...crossFaults(schema.parse(sound)).filter(fault => !wrong.has(fault.key)));
  const notify = readNotifySettings(given);
  faults.push(...notify.faults);
  if (!parsed.success || faults.length > 0) return { faults };
  return { config: Object.freeze({ ...parsed.data, notify: notify.settings }) };
}

function issueFault(issue: z.core.$ZodIssue): ConfigFault {
  const key = String(issue.path[0] ?? '');
  return {
    key,
    fault: issue.message,
    remedy: REMEDIES[key] ?? `Correct ${key}, or unset it to get the default.`,
  };
}

const REMEDIES: Readonly<Record<string, string>> = {
  ANMAI_SNAPSHOT_SECONDS: 'Give 0.1 to 3600 seconds, or unset it: then it is 30.',
  ANMAI_ROLES: `Give a comma-separated list out of ${ROLES.join(', ')}.`,
  ANMAI_ADMIN_PASSWORD:
    'Choose a longer password, or unset it: then a random one is printed once at the first start.',
  ANMAI_LOG_LEVEL: 'Use one of fatal, error, warn, info, debug, trace, silent.',
};

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** What only shows when the settings are seen together. */
function crossFaults(config: z.infer<typeof schema>): ConfigFault[] {
  const faults: ConfigFault[] = [];
  const need = (key: string, fault: string, remedy: string): void => void faults.push({ key, fault, remedy });
  const all = ROLES.every(role => config.ANMAI_ROLES.has(role));
  if (!all && config.DATABASE_URL === undefined) {
    need(
      'DATABASE_URL',
      'is needed when the roles run in several processes',
      'Name the PostgreSQL server that all of them use.',
    );
  }
  if (!all && config.INFLUX_URL === undefined) {
    need(
      'INFLUX_URL',
      'is needed when the roles run in several processes',
      'Name the InfluxDB server that all of them use.',
    );
  }
  const { ANMAI_MQTT_TLS_PORT: tls, ANMAI_TLS_CERT: cert, ANMAI_TLS_KEY: key } = config;
  if (tls !== undefined && (cert === undefined || key === undefined)) {
    need(
      'ANMAI_TLS_CERT',
      'certificate and key are needed for the TLS port',
      'Set ANMAI_TLS_CERT and ANMAI_TLS_KEY to PEM files.',
    );
  }
  for (const name of ['ANMAI_TLS_CERT', 'ANMAI_TLS_KEY', 'ANMAI_TLS_CLIENT_CA'] as const) {
    const file = config[name];
    if (file !== undefined && !isReadable(file))
      need(
        name,
        'names a file that cannot be read',
        'Name a PEM file that the user of this program can read.',
      );
  }
  if (config.NATS_URL !== undefined) {
    need(
      'NATS_URL',
      'a journal on NATS JetStream is not part of this release',
      'Unset NATS_URL; the embedded journal is used.',
    );
  }
  for (const name of ['ANMAI_HTTP_HOST', 'ANMAI_MQTT_HOST'] as const) {
    if (isIP(config[name]) === 0 && config[name] !== 'localhost') {
      need(
        name,
        'is not an address to listen on',
        'Use 127.0.0.1 for this machine alone or 0.0.0.0 for every network.',
      );
    }
  }
  return faults;
}
