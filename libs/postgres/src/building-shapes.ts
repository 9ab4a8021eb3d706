import type {
  BuildingFile,
  DuplicateReason,
  Extent,
  Grade,
  Protection,
  Structure,
  TimelineKind,
  Use,
  YearBuilt,
} from '@anmai/lifecycle';
import type { Geometry, Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Author, PageQuery, RecordPage, Versioned, Within } from './record-shapes';

/** `grade`: of the last appraisal, null: not appraised. `mergedInto`: the file that it goes on as. */
export type BuildingRecord = BuildingFile &
  Versioned & { readonly grade: Grade | null; readonly mergedInto: string | null };

/** A row of a list. */
export interface BuildingSummary extends Versioned {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly address: string;
  readonly district: string;
  readonly street: string;
  readonly grade: Grade | null;
  readonly protection: Protection;
  readonly use: Use;
  readonly structure: Structure;
  readonly storeys: number | null;
  readonly yearBuilt: YearBuilt;
}

/** What a list or a map is narrowed by. Merged files are left out. */
export interface BuildingFilter {
  /** Part of name, address or code, or the whole id; letter case, width and blanks do not matter. */
  readonly q?: string | undefined;
  readonly district?: string | undefined;
  readonly street?: string | undefined;
  /** `none`: never appraised. */
  readonly grade?: Grade | 'none' | undefined;
  readonly protection?: Protection | undefined;
  readonly use?: Use | undefined;
  readonly structure?: Structure | undefined;
  /** Built in these years for certain or possibly, both included. Unknown years are possible in any. */
  readonly yearFrom?: number | undefined;
  readonly yearTo?: number | undefined;
}
export type BuildingQuery = BuildingFilter & PageQuery;

export interface TimelineQuery extends PageQuery {
  /** Absent: all. */
  readonly kinds?: readonly TimelineKind[] | undefined;
}

/** One line of a timeline. `buildingId`: the building of its own, or one that was merged into it. */
export interface TimelineEntry {
  readonly id: string;
  readonly buildingId: string;
  readonly at: Millis;
  readonly kind: TimelineKind;
  /** Of alarms raised, cleared, closed; of incidents opened, released, archived. */
  readonly change: string;
  readonly refId: string | null;
  readonly actor: string;
  readonly severity: Severity | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Buildings of a map drawn one by one at most; more are counted by area. */
export const MAP_BUILDINGS_MAX = 2_000;

export interface MapBuilding {
  readonly id: string;
  readonly name: string;
  readonly grade: Grade | null;
  readonly footprint: Geometry;
}
/** Buildings of one cell, at the middle of their places; `worst` of the grades there. */
export interface MapCluster {
  readonly lon: number;
  readonly lat: number;
  readonly count: number;
  readonly worst: Grade | null;
}
export interface BuildingMap {
  readonly total: number;
  readonly buildings: readonly MapBuilding[];
  /** Instead of `buildings`, when there are more than can be drawn. */
  readonly clusters: readonly MapCluster[];
}

/** `open`: waits for a person. `void`: one of the two went on as a third. */
export type DuplicateState = 'open' | 'merged' | 'different' | 'void';
export interface DuplicatePair {
  readonly id: string;
  readonly reasons: readonly DuplicateReason[];
  readonly state: DuplicateState;
  readonly foundAt: Millis;
  readonly building: BuildingSummary;
  readonly other: BuildingSummary;
}

export interface BuildingDuplicates {
  /** Open pairs of which both are visible, ascending by id. */
  list(query: PageQuery, within: Within): Promise<RecordPage<DuplicatePair>>;
  /** They are not one building. Decided before: BLD-009. */
  keepApart(id: string, why: string, by: Author): Promise<void>;
  /**
   * `goneId` goes on as `keptId`: codes and what the survivor did not know go over, both timelines become one. Refused with
   * BLD-008 where a grade would vanish or two appraisals disagree. Gives the survivor.
   */
  merge(keptId: string, goneId: string, why: string, by: Author): Promise<BuildingRecord>;
}

/** Building files. Promises as those of all records; codes BLD-nnn where a file asks for what cannot be. */
export interface BuildingRepository {
  list(query: BuildingQuery, within: Within): Promise<RecordPage<BuildingSummary>>;
  /** Also of a merged one, which says what it goes on as. */
  get(id: string, within: Within): Promise<BuildingRecord | null>;
  /**
   * Makes the asset as well, or opens the file of an asset of kind `building` that has none yet: it then keeps its footprint
   * when the file has none.
   */
  create(file: BuildingFile, by: Author): Promise<BuildingRecord>;
  update(file: BuildingFile, expectedVersion: number | null, by: Author): Promise<BuildingRecord>;
  /** Of what the filter lets through, all that touches the box. */
  map(box: Extent, filter: BuildingFilter, within: Within): Promise<BuildingMap>;
  /** Newest first, with the lines of what was merged into it. Works for an asset of kind `building` without a file. */
  timeline(id: string, query: TimelineQuery, within: Within): Promise<RecordPage<TimelineEntry>>;
}
