import type { BuildingImportJob } from '@anmai/postgres';
import type { BuildingImportShape } from '@anmai/wire';
import { iso, isoOrNull } from '../iso';

/** What each code means, for who reads the list without the page. */
const MESSAGES: Readonly<Record<string, string>> = {
  badNumber: 'this is no number',
  badWord: 'this word is not known here',
  badYear: 'this is no year, range of years or decade',
  badCode: 'the code has a wrong length',
  badGeometry: 'this is no GeoJSON',
  badValue: 'the value is not possible',
  gradeIsAppraised: 'an import cannot set the grade (BLD-001)',
  halfPlace: 'longitude and latitude go together',
  noIdentity: 'without a code or an address nobody can tell which building it is',
  duplicateRow: 'the same building stands in an earlier row',
  required: 'a new building needs a name',
  unknownOrg: 'there is no such organisation',
  idTaken: 'the id is taken',
  notABuilding: 'the id belongs to an asset that is no building',
  merged: 'left out: this file was merged into the one named',
  codeTaken: 'the code stays with the building that has it; the pair is proposed as a duplicate',
  unknownColumn: 'this column is not known and was left out',
  notPaired: 'all rows are in, but not all were compared for duplicates',
  columnTwice: 'this column stands twice; the first counts',
};

export const importShape = (job: BuildingImportJob): BuildingImportShape => ({
  ...job,
  faults: job.faults.map(fault => ({ ...fault, message: MESSAGES[fault.code] ?? fault.code })),
  startedAt: iso(job.startedAt),
  endedAt: isoOrNull(job.endedAt),
});
