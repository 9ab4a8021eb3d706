import type { Org } from '@anmai/catalog';

export const CITY_ORG = 'city';
export const GAS_ORG = 'gas-co';
export const WATER_ORG = 'water-co';
export const DRAINAGE_ORG = 'drainage-co';
export const HOUSING_ORG = 'housing-bureau';

/** One authority above four owners. No real body is meant. */
export const CITY_ORGS: readonly Org[] = [
  { id: CITY_ORG, name: '城市生命线安全监测中心（演示）', parentId: null },
  { id: GAS_ORG, name: '燃气公司（演示）', parentId: CITY_ORG },
  { id: WATER_ORG, name: '供水公司（演示）', parentId: CITY_ORG },
  { id: DRAINAGE_ORG, name: '排水公司（演示）', parentId: CITY_ORG },
  { id: HOUSING_ORG, name: '房屋安全管理局（演示）', parentId: CITY_ORG },
];
