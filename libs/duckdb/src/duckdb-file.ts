import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBInstance } from '@duckdb/node-api';
import { AppError } from '@anmai/kernel';
import { DUCKDB_ERRORS, translate } from './errors';
import { migrate, readMeta } from './schema';

export interface DuckdbSettings {
  /** File of the store; its folder is made when missing. */
  readonly file: string;
  /** Threads of the queries. Default 2. */
  readonly threads?: number;
  /** Memory of DuckDB; beyond it, it works on disk beside the file. Default 256. */
  readonly memoryMiBMax?: number;
}

/** Reads at once. Node has four threads for such work: one is left for the writer, one for rollups. */
export const READERS_AT_ONCE_MAX = 2;

/** An open file with a connection for each kind of work, so that none waits for another. */
export interface DuckdbFile {
  readonly writer: DuckDBConnection;
  readonly upkeep: DuckDBConnection;
  readonly readers: readonly DuckDBConnection[];
  readonly meta: ReadonlyMap<string, number>;
  readonly sensorNumbers: Map<string, number>;
  /** Largest batch number in the file. */
  readonly newestBatch: bigint;
  close(): void;
}

// DuckDB locks a file against other processes, but not against a second instance in this one, which would ruin it.
const openHere = new Set<string>();

/** Rejects with a DDB error: in use, damaged, no room, too new, no access. */
export async function openFile(settings: DuckdbSettings): Promise<DuckdbFile> {
  const { file, threads = 2, memoryMiBMax = 256 } = settings;
  const path = resolve(file);
  if (openHere.has(path))
    throw new AppError(DUCKDB_ERRORS.locked, { file, reason: 'already open in this program' });
  openHere.add(path);
  let instance: DuckDBInstance | undefined;
  const connections: DuckDBConnection[] = [];
  const close = (): void => {
    connections.splice(0).forEach(connection => connection.closeSync());
    instance?.closeSync();
    openHere.delete(path);
  };
  try {
    await mkdir(dirname(path), { recursive: true });
    const memory = { memory_limit: `${memoryMiBMax}MiB`, preserve_insertion_order: 'false' };
    instance = await DuckDBInstance.create(path, { threads: String(threads), ...memory });
    for (let i = 0; i < 2 + READERS_AT_ONCE_MAX; i += 1) connections.push(await instance.connect());
    const [writer, upkeep, ...readers] = connections as [DuckDBConnection, DuckDBConnection];
    await migrate(writer, file);
    const meta = await readMeta(writer);
    const sensorNumbers = await readSensorNumbers(writer);
    return {
      writer,
      upkeep,
      readers,
      meta,
      sensorNumbers,
      newestBatch: await readNewestBatch(writer),
      close,
    };
  } catch (cause) {
    close();
    throw translate(cause, file);
  }
}

async function readSensorNumbers(connection: DuckDBConnection): Promise<Map<string, number>> {
  const reader = await connection.runAndReadAll('SELECT id, number FROM sensor');
  return new Map(reader.getRows() as [string, number][]);
}

async function readNewestBatch(connection: DuckDBConnection): Promise<bigint> {
  const reader = await connection.runAndReadAll('SELECT coalesce(max(batch), 0)::BIGINT FROM raw');
  return (reader.getRows()[0]?.[0] ?? 0n) as bigint;
}
