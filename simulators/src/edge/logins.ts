import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Login } from './device-link';
import type { PlatformClient } from './platform-client';
import { eachBounded } from './slots';

const REQUESTS_MAX = 6;

/** Log-ins of the devices by id, fetched from the platform once, and kept in a file when one is named. */
export class Logins {
  private readonly known = new Map<string, Login>();

  constructor(private readonly file: string | null) {}

  of(deviceId: string): Login | null {
    return this.known.get(deviceId) ?? null;
  }

  /** What an earlier run left. A file that is not there yet is no fault. */
  async load(): Promise<void> {
    if (this.file === null) return;
    let text: string;
    try {
      text = await readFile(this.file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      throw error;
    }
    const stored = JSON.parse(text) as Record<string, Login>;
    for (const [deviceId, login] of Object.entries(stored)) this.known.set(deviceId, login);
  }

  /** Asks for those that are not known yet; gives how many were new. */
  async fetch(client: PlatformClient, deviceIds: readonly string[]): Promise<number> {
    const missing = deviceIds.filter(id => !this.known.has(id));
    await eachBounded(missing, REQUESTS_MAX, async id => {
      this.known.set(id, await client.newLogin(id));
    });
    if (missing.length > 0) await this.save();
    return missing.length;
  }

  /** Readable by its owner alone; replaced as a whole, so that a crash leaves the old one. */
  private async save(): Promise<void> {
    if (this.file === null) return;
    const text = JSON.stringify(Object.fromEntries(this.known), null, 1);
    await writeFile(`${this.file}.new`, text, { mode: 0o600 });
    await rename(`${this.file}.new`, this.file);
  }
}
