import type { StructureFamily } from '../checkup/form';
import { YEAR_MAX, YEAR_MIN } from '../building/year-built';
import type { OwnershipClass, RegimeFacts, UseClass } from './facts';
import { YEAR_UNKNOWN_FROM } from './possible-facts';

/** What is read of a building file; every other field is left alone. Missing ones are not known. */
export interface FactSource {
  readonly structure?: unknown;
  readonly yearBuilt?: unknown;
  readonly designLifeYears?: unknown;
  readonly precastSlabs?: unknown;
  readonly use?: unknown;
  readonly businessUse?: unknown;
  readonly ownership?: unknown;
}

const USES: Readonly<Record<string, UseClass>> = {
  dwelling: 'housing',
  public: 'public',
  crowded: 'public',
  business: 'other',
  industrial: 'industrial',
  other: 'other',
};
const OWNERSHIPS: Readonly<Record<string, OwnershipClass>> = {
  multiOwner: 'multiOwner',
  selfBuilt: 'selfBuilt',
  singleOwner: 'single',
  public: 'single',
  other: 'single',
};
const FAMILIES: Readonly<Record<string, StructureFamily>> = {
  masonry: 'masonry',
  concrete: 'concrete',
  steel: 'steel',
  timber: 'timber',
  brickSlab: 'brickPrefab',
};

const yesNo = (answer: unknown): boolean | null => (answer === 'yes' ? true : answer === 'no' ? false : null);
const oneOf = <T>(words: Readonly<Record<string, T>>, word: unknown): T | null =>
  typeof word === 'string' && Object.hasOwn(words, word) ? words[word]! : null;

/** Beyond it a design life is a slip of the pen. */
const DESIGN_LIFE_YEARS_MAX = 500;

/** Properties of an asset without a file are anyone's JSON: what is no figure of the calendar is not known. */
const wholeWithin = (value: unknown, least: number, most: number): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : null;
const calendarYear = (value: unknown): number | null => wholeWithin(value, YEAR_MIN, YEAR_MAX);

/** The building file in the words of the rules. `yearNow`: an open range ends with it. */
export function factsOfFile(file: FactSource, lastRegularOn: string | null, yearNow: number): RegimeFacts {
  const use = oneOf(USES, file.use);
  return {
    use,
    ownership: oneOf(OWNERSHIPS, file.ownership),
    // The file tells crowded places from other public buildings; a use that is not known may be one.
    isCrowded: use === null ? null : file.use === 'crowded',
    hasPrefabSlabs: file.structure === 'brickSlab' ? true : yesNo(file.precastSlabs),
    isBusinessUse: file.use === 'business' ? true : yesNo(file.businessUse),
    businessSince: null,
    built: yearsOfFile(file.yearBuilt, yearNow),
    builtOn: null,
    designLifeYears: wholeWithin(file.designLifeYears, 1, DESIGN_LIFE_YEARS_MAX),
    lastRegularOn,
  };
}

function yearsOfFile(value: unknown, yearNow: number): RegimeFacts['built'] {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, year, from, to } = value as Readonly<Record<string, unknown>>;
  const exact = calendarYear(year);
  if (kind === 'exact') return exact === null ? null : { from: exact, to: exact };
  if (kind !== 'range') return null;
  const first = calendarYear(from) ?? YEAR_UNKNOWN_FROM;
  const last = calendarYear(to) ?? yearNow;
  return { from: Math.min(first, last), to: Math.max(first, last) };
}

/** Which form the building gets; null: its structure is not known, or is none of the families. */
export function familyOfFile({ structure, precastSlabs }: FactSource): StructureFamily | null {
  const family = oneOf(FAMILIES, structure);
  return family === 'masonry' && precastSlabs === 'yes' ? 'brickPrefab' : family;
}
