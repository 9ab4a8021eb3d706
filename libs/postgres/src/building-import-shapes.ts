import type { FilePatch } from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { Author, Within } from './record-shapes';

/** Rows of one import of building files at most. */
export const BUILDING_IMPORT_ROWS_MAX = 200_000;
/** Faults of one import that are kept; beyond, they are counted. */
export const BUILDING_IMPORT_FAULTS_MAX = 1_000;
/** An import of which nothing was heard for so long has lost its program. */
export const BUILDING_IMPORT_SILENT_MS = 60_000;

/** `all`: nothing is written when a row is faulty. `good`: rows without fault are written. */
export type BuildingImportMode = 'all' | 'good';
export type BuildingImportState =
  'reading' | 'checking' | 'writing' | 'pairing' | 'done' | 'refused' | 'failed';

/** `row`: of the sheet, the heading being 1. `code`: the page has the words. `value`: what stood there. */
export interface BuildingImportFault {
  readonly row: number;
  readonly column: string;
  readonly level: 'error' | 'warning';
  readonly code: string;
  readonly value: string;
}

/** A row that could be read: the building that it is of, and what it says. */
export interface BuildingImportRow {
  readonly row: number;
  readonly id: string;
  /** null: the row does not say; a building that is there keeps its own. */
  readonly orgId: string | null;
  /** Of a new building whose row does not say. */
  readonly newOrgId: string;
  readonly patch: FilePatch;
}

export interface BuildingImportCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows with an error. */
  readonly faulty: number;
  /** Warnings. */
  readonly warned: number;
  /** Pairs that may be one building, found by this import. */
  readonly proposed: number;
}

export interface BuildingImportJob extends BuildingImportCounts {
  readonly id: string;
  readonly orgId: string;
  readonly actor: string;
  readonly fileName: string;
  readonly mode: BuildingImportMode;
  readonly state: BuildingImportState;
  /** null: the file is still being read. */
  readonly rowsTotal: number | null;
  readonly rowsDone: number;
  readonly faults: readonly BuildingImportFault[];
  /** Why it was not finished. */
  readonly reason: string | null;
  readonly startedAt: Millis;
  readonly endedAt: Millis | null;
}
export type NewBuildingImport = Pick<BuildingImportJob, 'id' | 'orgId' | 'actor' | 'fileName' | 'mode'>;
export type BuildingImportProgress = Partial<
  Omit<BuildingImportJob, 'id' | 'orgId' | 'actor' | 'fileName' | 'mode' | 'startedAt'>
>;

/** How a run went; `faults` are those that it found itself. */
export interface BuildingImportOutcome {
  readonly written: boolean;
  readonly counts: BuildingImportCounts;
  readonly faults: readonly BuildingImportFault[];
}

export interface BuildingImports {
  /** One at a time (BLD-007): two would fight for the same rows. */
  begin(job: NewBuildingImport): Promise<BuildingImportJob>;
  note(id: string, progress: BuildingImportProgress): Promise<void>;
  /** One that lost its program reads as failed. */
  get(id: string, within: Within): Promise<BuildingImportJob | null>;
  /** Newest first, at most 20, without their faults. */
  list(within: Within): Promise<readonly BuildingImportJob[]>;
  /**
   * Checks all rows, then writes them in one transaction; with `all` and a fault, here or in `faulty` rows before, nothing is
   * written. `ids` are unique. `tell` hears how many rows are done.
   */
  run(
    rows: readonly BuildingImportRow[],
    options: { readonly jobId: string; readonly mode: BuildingImportMode; readonly faulty: number },
    by: Author,
    tell: (progress: BuildingImportProgress) => Promise<void>,
  ): Promise<BuildingImportOutcome>;
}
