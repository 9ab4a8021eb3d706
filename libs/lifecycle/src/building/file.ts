import type { Geometry } from '@anmai/catalog';
import type { BuildingCode } from './codes';
import type { Answer, Ownership, Protection, RenovationKind, Structure, Use } from './words';
import type { YearBuilt } from './year-built';

export interface Address {
  readonly district: string;
  readonly street: string;
  readonly community: string;
  readonly road: string;
  readonly number: string;
  /** As people write it, in one line; made of the parts when left empty. */
  readonly text: string;
}

/** A person or an organisation. Name of a person and phone are personal data: see `maskedFile`. */
export interface Party {
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  readonly phone: string | null;
}

export interface People {
  readonly households: number | null;
  readonly residents: number | null;
}

export interface Seismic {
  /** Designed against earthquakes (抗震设防). */
  readonly designed: Answer;
  /** Degrees of intensity (设防烈度), 6 … 9; null: not known. */
  readonly intensityDegree: number | null;
  /** 减隔震 */
  readonly isolated: Answer;
}

/** Of a work on the building; `year` null: not known. */
export interface Renovation {
  readonly year: number | null;
  readonly kind: RenovationKind;
  readonly note: string;
}
export interface Reinforcement {
  readonly year: number | null;
  readonly method: string;
  readonly by: string;
}

/** A file of the file store, by the SHA-256 of its bytes (hex). */
export interface BuildingDocument {
  readonly sha256: string;
  readonly title: string;
}

/**
 * The building file (一楼一档): what a person writes down about a building. Its id is that of the asset. The grade is not part of
 * it: an appraisal sets it (buildings.md 3.4), and neither are appraisals, which have records of their own.
 * null and `unknown`: nobody has found out, which is never read as none.
 */
export interface BuildingFile {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly codes: readonly BuildingCode[];
  readonly address: Address;
  /** Point or polygon, WGS 84. */
  readonly footprint: Geometry | null;
  readonly structure: Structure;
  /** Above ground. */
  readonly storeys: number | null;
  readonly basements: number | null;
  readonly heightM: number | null;
  readonly areaM2: number | null;
  readonly yearBuilt: YearBuilt;
  readonly designLifeYears: number | null;
  /** 预制板 */
  readonly precastSlabs: Answer;
  readonly use: Use;
  /** 经营性: let or used for business, whatever the use. */
  readonly businessUse: Answer;
  readonly ownership: Ownership;
  readonly owner: Party | null;
  /** 使用安全责任人 */
  readonly dutyHolder: Party | null;
  /** 物业或管理单位 */
  readonly manager: Party | null;
  readonly people: People;
  readonly protection: Protection;
  readonly seismic: Seismic;
  readonly renovations: readonly Renovation[];
  readonly reinforcements: readonly Reinforcement[];
  readonly documents: readonly BuildingDocument[];
}

export const NO_ADDRESS: Address = {
  ...{ district: '', street: '', community: '', road: '', number: '', text: '' },
};

/** A file of which nothing is known but what it must have. */
export const blankFile = (id: string, orgId: string, name: string): BuildingFile => ({
  id,
  orgId,
  name,
  codes: [],
  address: NO_ADDRESS,
  footprint: null,
  structure: 'unknown',
  storeys: null,
  basements: null,
  heightM: null,
  areaM2: null,
  yearBuilt: { kind: 'unknown' },
  designLifeYears: null,
  precastSlabs: 'unknown',
  use: 'unknown',
  businessUse: 'unknown',
  ownership: 'unknown',
  owner: null,
  dutyHolder: null,
  manager: null,
  people: { households: null, residents: null },
  protection: 'unknown',
  seismic: { designed: 'unknown', intensityDegree: null, isolated: 'unknown' },
  renovations: [],
  reinforcements: [],
  documents: [],
});

/** The address in one line. */
export function addressLine({ district, street, community, road, number, text }: Address): string {
  if (text !== '') return text;
  return [district, street, community, road, number].filter(part => part !== '').join('');
}
