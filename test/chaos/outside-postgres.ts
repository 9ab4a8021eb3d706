import pg from 'pg';
import { EmbeddedPostgres } from '@anmai/postgres';
import { newDataDir } from '../support/server-process';

/** A PostgreSQL that the program knows by DATABASE_URL alone: stopped and started while the program runs. */
export class OutsidePostgres {
  private server: EmbeddedPostgres;
  private readonly dataDir = newDataDir();
  private target: Awaited<ReturnType<EmbeddedPostgres['start']>> | null = null;

  constructor() {
    this.server = new EmbeddedPostgres({ dataDir: this.dataDir });
  }

  async start(): Promise<void> {
    this.target = await this.server.start();
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** By its unix socket, as the driver writes it in an address. */
  url(database: string): string {
    const { host, port, user, password } = this.target!;
    const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
    return `postgres://${login}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
  }

  async create(database: string): Promise<string> {
    await this.query('postgres', `create database ${database}`);
    return this.url(database);
  }

  async query<R extends pg.QueryResultRow>(database: string, text: string): Promise<R[]> {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return (await client.query<R>(text)).rows;
    } finally {
      await client.end();
    }
  }
}
