import type { AgencyDemand } from './rule-set';

/** Has the agency all that stands in one of the lists? No list: nothing is demanded. */
export const isQualified = (demand: AgencyDemand, qualifications: readonly string[]): boolean =>
  demand.anyOf.length === 0 || demand.anyOf.some(list => list.every(each => qualifications.includes(each)));
