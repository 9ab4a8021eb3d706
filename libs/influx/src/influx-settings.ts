import type { RetentionPolicy } from '@anmai/readings';

export interface InfluxSettings {
  /** Such as `http://127.0.0.1:8086`, also https and with a path before the API's. */
  readonly url: string;
  /** Made when missing. */
  readonly database: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Default: what the server has; a new database keeps everything. */
  readonly retention?: RetentionPolicy | undefined;
}

/** Host and port for messages: never the user or the password, which a URL may hold. */
export const hostOf = ({ url }: InfluxSettings): string => new URL(url).host;

/** Who logs in: as set, else as the URL has it, else nobody. */
export function loginOf(settings: InfluxSettings): { username: string; password: string } | null {
  const { username, password } = new URL(settings.url);
  const name = settings.username ?? decodeURIComponent(username);
  if (name === '') return null;
  return { username: name, password: settings.password ?? decodeURIComponent(password) };
}
