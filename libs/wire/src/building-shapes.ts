import type { Geometry, Severity } from '@anmai/catalog';
import type {
  BuildingFile,
  DuplicateReason,
  Grade,
  Protection,
  Structure,
  TimelineKind,
  Use,
  YearBuilt,
} from '@anmai/lifecycle';
import type { Iso } from './api-shapes';

/** GET /buildings/{id}. What may not be seen of people is masked, and `masked` says so: send such a file back to nobody. */
export type BuildingShape = BuildingFile & {
  readonly grade: Grade | null;
  readonly mergedInto: string | null;
  readonly masked: boolean;
  readonly version: number;
};

/** A row of GET /buildings. */
export interface BuildingSummaryShape {
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
  readonly version: number;
}

/** A row of GET /buildings/{id}/timeline, newest first. */
export interface TimelineEntryShape {
  readonly id: string;
  /** The building itself, or one that was merged into it. */
  readonly buildingId: string;
  readonly at: Iso;
  readonly kind: TimelineKind;
  readonly change: string;
  readonly refId: string | null;
  readonly actor: string;
  /** Of alarms and incidents. */
  readonly severity: Severity | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type BuildingImportStateName =
  'reading' | 'checking' | 'writing' | 'pairing' | 'done' | 'refused' | 'failed';

/** `row`: of the sheet, its heading being row 1. `message`: for who reads no `code`. */
export interface BuildingImportFaultShape {
  readonly row: number;
  readonly column: string;
  readonly level: 'error' | 'warning';
  readonly code: string;
  readonly value: string;
  readonly message: string;
}

/** GET /buildings/imports/{id}. `faults`: the first thousand; `faulty` and `warned` count all. */
export interface BuildingImportShape {
  readonly id: string;
  readonly orgId: string;
  readonly actor: string;
  readonly fileName: string;
  readonly mode: 'all' | 'good';
  readonly state: BuildingImportStateName;
  readonly rowsTotal: number | null;
  readonly rowsDone: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly faulty: number;
  readonly warned: number;
  readonly proposed: number;
  readonly faults: readonly BuildingImportFaultShape[];
  readonly reason: string | null;
  readonly startedAt: Iso;
  readonly endedAt: Iso | null;
}

/** A row of GET /buildings/duplicates: two files that may be of one building, and why. */
export interface DuplicatePairShape {
  readonly id: string;
  readonly reasons: readonly DuplicateReason[];
  readonly foundAt: Iso;
  readonly building: BuildingSummaryShape;
  readonly other: BuildingSummaryShape;
}

/** GET /buildings/map: GeoJSON. Buildings one by one, or, `clustered`, points that stand for the buildings of a cell. */
export interface BuildingMapShape {
  readonly type: 'FeatureCollection';
  readonly total: number;
  readonly clustered: boolean;
  readonly features: readonly {
    readonly type: 'Feature';
    readonly geometry: Geometry;
    readonly properties: {
      /** null: of a cell. */
      readonly id: string | null;
      readonly name: string | null;
      /** Of a cell the worst that there is. */
      readonly grade: Grade | null;
      readonly count: number;
    };
  }[];
}
