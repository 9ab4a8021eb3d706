import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Millis } from '@anmai/kernel';
import { EmbeddedPostgres, type EmbeddedTarget } from '../embedded/embedded-postgres';
import { openRecords, type RecordsOptions } from '../open-records';
import type { Records } from '../records';

/** A time at which tests live; moved by hand. */
export const TEST_NOW: Millis = Date.UTC(2026, 10, 22, 6, 0, 0);

export class TestClock implements Clock {
  constructor(private at: Millis = TEST_NOW) {}
  now(): Millis {
    return this.at;
  }
  advance(ms: number): void {
    this.at += ms;
  }
}

export interface TestServer {
  readonly dataDir: string;
  readonly server: EmbeddedPostgres;
  readonly target: EmbeddedTarget;
  /** Opened records in a schema of their own, closed with the server. */
  freshRecords(
    options?: Partial<RecordsOptions>,
  ): Promise<{ records: Records; schema: string; clock: TestClock }>;
  stop(): Promise<void>;
}

/** A real server in a temporary folder. One a test file; each test may ask for a schema. */
export async function startTestServer(): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'anmai-pg-'));
  const server = new EmbeddedPostgres({ dataDir });
  const target = await server.start();
  const opened: Records[] = [];
  return {
    dataDir,
    server,
    target,
    async freshRecords(options = {}) {
      const schema = `test_${opened.length}`;
      const clock = new TestClock();
      const records = openRecords({ pool: target, schema, clock, ...options });
      opened.push(records);
      await records.open();
      return { records, schema, clock };
    },
    async stop() {
      for (const records of opened) await records.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
