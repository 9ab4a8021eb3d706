import type { BuildingFile } from './file';
import { stableText } from './stable-text';
import type { Grade } from './words';

/** Part of a file as a row of a list gives it: what is not in it stays as it is. */
export type FilePatch = Partial<Omit<BuildingFile, 'id' | 'address' | 'people' | 'seismic'>> & {
  readonly address?: Partial<BuildingFile['address']>;
  readonly people?: Partial<BuildingFile['people']>;
  readonly seismic?: Partial<BuildingFile['seismic']>;
};

/** The file with what the row says. Codes are added, one of the same scheme takes the place of the former. */
export function patchedFile(file: BuildingFile, patch: FilePatch): BuildingFile {
  const { address, people, seismic, codes, ...rest } = patch;
  const given = new Set((codes ?? []).map(code => code.scheme));
  return {
    ...file,
    ...rest,
    codes: [...file.codes.filter(code => !given.has(code.scheme)), ...(codes ?? [])],
    address: { ...file.address, ...address },
    people: { ...file.people, ...people },
    seismic: { ...file.seismic, ...seismic },
  };
}

const isBlank = (value: unknown): boolean =>
  value === null || value === '' || value === 'unknown' || stableText(value) === '{"kind":"unknown"}';

/** Each known value of the first, else that of the second; field by field, also within a part. */
function filled<T extends object>(kept: T, other: T): T {
  const keys = Object.keys(kept) as (keyof T)[];
  return Object.fromEntries(keys.map(key => [key, isBlank(kept[key]) ? other[key] : kept[key]])) as T;
}

/** Lists of both, each entry once. */
function joined<T>(kept: readonly T[], other: readonly T[]): readonly T[] {
  const known = new Set(kept.map(stableText));
  return [...kept, ...other.filter(one => !known.has(stableText(one)))];
}

/** The file that survives a merge: what it knows stays, what it does not know comes from the other, lists come together. */
export function mergedFile(kept: BuildingFile, other: BuildingFile): BuildingFile {
  return {
    ...filled(kept, other),
    id: kept.id,
    orgId: kept.orgId,
    name: kept.name,
    codes: joined(kept.codes, other.codes),
    address: filled(kept.address, other.address),
    people: filled(kept.people, other.people),
    seismic: filled(kept.seismic, other.seismic),
    renovations: joined(kept.renovations, other.renovations),
    reinforcements: joined(kept.reinforcements, other.reinforcements),
    documents: joined(kept.documents, other.documents),
  };
}

/** Why a file must not go on as another; each would otherwise lose or invent a grade. */
export type MergeFault = 'sameFile' | 'isMerged' | 'gradeWouldVanish' | 'gradesDiffer';

interface Mergeable {
  readonly id: string;
  readonly grade: Grade | null;
  readonly mergedInto: string | null;
}

/** May `gone` go on as `kept`? A grade is the word of an appraisal: a merge neither drops nor moves it. */
export function mergeFault(kept: Mergeable, gone: Mergeable): MergeFault | null {
  if (kept.id === gone.id) return 'sameFile';
  if (kept.mergedInto !== null || gone.mergedInto !== null) return 'isMerged';
  if (gone.grade === null || gone.grade === kept.grade) return null;
  return kept.grade === null ? 'gradeWouldVanish' : 'gradesDiffer';
}
