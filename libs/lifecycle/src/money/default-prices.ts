import type { UnitPrice } from './estimate';

const source = { kind: 'provisional', why: '建议值，待本市招标结果；未见主管部门公布的单价' } as const;

/** What a check-up and a year of insurance may cost, until a city has its own prices. */
export const DEFAULT_UNIT_PRICES: readonly UnitPrice[] = [
  { use: 'checkup', perM2Fen: 300, minimumFen: 300_000, source },
  { use: 'insurance', perM2Fen: 50, minimumFen: 10_000, source },
];
