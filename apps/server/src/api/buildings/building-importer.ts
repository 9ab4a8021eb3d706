import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Clock, type Millis } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import {
  BUILDING_ERRORS,
  BUILDING_IMPORT_FAULTS_MAX,
  BUILDING_IMPORT_ROWS_MAX,
  type BuildingImportJob,
  type BuildingImportMode,
  type BuildingImportProgress,
  type Records,
} from '@anmai/postgres';
import type { Logger } from 'pino';
import { authorOf } from '../author';
import { newId } from '../new-id';
import { CLOCK, LOG, RECORDS } from '../ports';
import { RegistryWrites } from '../registry/registry-writes';
import { RowReader } from './import-rows';
import { sheetRows, unreadable } from './sheet';

/** How often the job says how far it is. */
const TELL_MS = 500;
/** Rows that are read before others get their turn. */
const READ_ROWS = 500;

export interface ImportRequest {
  readonly bytes: Buffer;
  readonly mode: BuildingImportMode;
  readonly orgId: string;
  readonly fileName: string;
}

/** Imports a file in the background; its job in the records tells how far it is, whichever process is asked. */
@Injectable()
export class BuildingImporter {
  /** The import that is running, for who stops the program or a test. */
  running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async start(request: ImportRequest, caller: Principal): Promise<BuildingImportJob> {
    const { mode, orgId, fileName } = request;
    const job = { id: newId('imp'), orgId, actor: caller.username, fileName, mode };
    const begun = await this.records.buildingImports.begin(job);
    this.running = this.run(begun.id, request, caller);
    return begun;
  }

  private async run(jobId: string, request: ImportRequest, caller: Principal): Promise<void> {
    const note = (progress: BuildingImportProgress): Promise<void> =>
      this.records.buildingImports.note(jobId, progress);
    try {
      const reader = await this.read(request, note);
      const { rows, faulty } = reader;
      await note({ state: 'checking', rowsTotal: rows.length + faulty, faulty });
      const options = { jobId, mode: request.mode, faulty };
      const tell = this.throttled(note);
      const outcome = await this.records.buildingImports.run(rows, options, authorOf(caller), tell);
      const faults = [...reader.faults, ...outcome.faults].sort((a, b) => a.row - b.row);
      const warned = faults.filter(fault => fault.level === 'warning').length;
      await note({
        ...{ ...outcome.counts, warned, faults: faults.slice(0, BUILDING_IMPORT_FAULTS_MAX) },
        state: outcome.written ? 'done' : 'refused',
        ...(outcome.written ? { rowsDone: rows.length } : {}),
        endedAt: this.clock.now(),
      });
      if (outcome.written) await this.writes.publish();
    } catch (error) {
      const isOurs = error instanceof AppError;
      const reason = isOurs ? `${error.code}: ${error.message}` : 'a fault of the program';
      if (isOurs && !error.retryable) this.log.info({ jobId, reason }, 'an import of buildings was refused');
      else this.log.error({ err: error, jobId }, 'an import of buildings failed');
      await note({ state: 'failed', reason, endedAt: this.clock.now() }).catch((fault: unknown) =>
        this.log.warn({ err: fault, jobId }, 'the end of an import could not be noted'),
      );
    }
  }

  private async read(
    { bytes, orgId }: ImportRequest,
    note: (progress: BuildingImportProgress) => Promise<void>,
  ): Promise<RowReader> {
    const reader = new RowReader(orgId);
    const tell = this.throttled(note);
    let n = 0;
    for await (const line of sheetRows(bytes)) {
      reader.take(line);
      n += 1;
      if (n % READ_ROWS !== 0) continue;
      const count = reader.rows.length + reader.faulty;
      if (count > BUILDING_IMPORT_ROWS_MAX)
        throw new AppError(BUILDING_ERRORS.importTooLong, { max: BUILDING_IMPORT_ROWS_MAX });
      await tell({ rowsDone: count });
      await setImmediate();
    }
    if (!reader.hasHeading) throw unreadable('no column of its first row is known');
    return reader;
  }

  /** Says what changes of state at once, how far it is now and then. */
  private throttled(
    note: (progress: BuildingImportProgress) => Promise<void>,
  ): (progress: BuildingImportProgress) => Promise<void> {
    let toldAt: Millis = this.clock.now();
    return async progress => {
      const now = this.clock.now();
      if (progress.state === undefined && now - toldAt < TELL_MS) return;
      toldAt = now;
      await note(progress);
    };
  }
}
