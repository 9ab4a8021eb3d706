import type { Asset } from '@anmai/catalog';
import { randomOf, type Random } from '../random';
import { battery, combustible, coverTilt, gasPressure, groundTemperature, immersion } from './channels';
import { onStreet, pipe, point, STREET_HALF_M, STREETS, type Street } from './geography';
import { GAS_ORG } from './orgs';
import type { CityBuilder } from './parts';

const PIPE_ASIDE_M = 6;
const WELL_ASIDE_M = 9;
const HALF_M = STREET_HALF_M;
/** Wells by street, so that 80 stand in the district: more in the old streets. */
const WELLS_PER_STREET = [7, 8, 7, 7, 6, 5, 6, 8, 7, 7, 6, 6];
const WELL_USES = ['电力井', '污水井', '雨水井', '通信井'];

/** Medium-pressure gas under every street, stations at its ends, detectors in the wells of others beside it. */
export function addGas(city: CityBuilder): void {
  const random = randomOf(city.seed, 'gas');
  STREETS.forEach((street, index) => {
    const pipes = addPipes(city, street, random);
    addWells(city, street, WELLS_PER_STREET[index] ?? 0, pipes, random);
  });
  addStations(city);
}

function addPipes(city: CityBuilder, street: Street, random: Random): readonly [string, string] {
  const ids = [`gp-${street.id}-1`, `gp-${street.id}-2`] as const;
  const parts = ['西段', '东段'];
  ids.forEach((id, i) => {
    const asset = city.addAsset({
      id,
      kind: 'gas.pipe',
      name: `${street.name}燃气管${street.runs === 'ew' ? parts[i] : ['北段', '南段'][i]}`,
      geometry: pipe(street, i * HALF_M, (i + 1) * HALF_M, PIPE_ASIDE_M),
      orgId: GAS_ORG,
      links: i === 0 ? [ids[1]] : [],
      properties: {
        pressureClass: '中压A',
        material: random.pick(['PE100', '钢']),
        diameterMm: random.pick([160, 200, 315]),
        builtYear: random.whole(1998, 2019),
      },
    });
    city.addDevice(asset, {
      suffix: '',
      name: '压力计',
      model: 'SIM-P10',
      everySeconds: 300,
      form: 'plain',
      channels: [gasPressure('pressure', '压力', random.between(270, 330)), battery()],
    });
  });
  return ids;
}

function addWells(
  city: CityBuilder,
  street: Street,
  count: number,
  pipes: readonly [string, string],
  random: Random,
): void {
  const id = (n: number): string => `well-${street.id}-${String(n).padStart(2, '0')}`;
  for (let n = 1; n <= count; n += 1) {
    const alongM = ((n - 0.5) / count) * 2 * HALF_M + random.between(-20, 20);
    const asset = city.addAsset({
      id: id(n),
      kind: 'gas.well',
      name: `${street.name} ${Math.round(alongM / 10) + 1} 号${random.pick(WELL_USES)}`,
      geometry: point(onStreet(street, alongM, WELL_ASIDE_M)),
      orgId: GAS_ORG,
      parentId: alongM < HALF_M ? pipes[0] : pipes[1],
      // Gas follows the ducts: the next well along the street comes after this one.
      links: n < count ? [id(n + 1)] : [],
      properties: { depthM: Number(random.between(1.2, 3.2).toFixed(1)) },
    });
    addWellDetector(city, asset, random);
  }
}

function addWellDetector(city: CityBuilder, asset: Asset, random: Random): void {
  city.addDevice(asset, {
    suffix: '',
    name: '可燃气体监测装置',
    model: 'SIM-G13',
    everySeconds: 1_800,
    form: random.chance(0.6) ? 'senml' : 'plain',
    channels: [combustible(), groundTemperature(), immersion(), coverTilt(random.between(0, 2)), battery()],
  });
}

/** [street, metres along it, name] */
const STATIONS: readonly (readonly [number, number, string])[] = [
  [0, 120, '东风路门站'],
  [1, 860, '人民路调压站'],
  [3, 1_240, '自由路调压站'],
  [5, 420, '滨河路调压站'],
  [8, 700, '解放路调压箱'],
  [11, 1_300, '曹门大街调压箱'],
];

function addStations(city: CityBuilder): void {
  STATIONS.forEach(([streetIndex, alongM, name], i) => {
    const street = STREETS[streetIndex];
    if (street === undefined) return;
    const asset = city.addAsset({
      id: `gs-${i + 1}`,
      kind: 'gas.station',
      name,
      geometry: point(onStreet(street, alongM, 25)),
      orgId: GAS_ORG,
      links: [`gp-${street.id}-1`],
      properties: { inletClass: i === 0 ? '高压B' : '中压A' },
    });
    addStationDevices(city, asset);
  });
}

function addStationDevices(city: CityBuilder, asset: Asset): void {
  city.addDevice(asset, {
    suffix: 'rtu',
    name: '远程终端',
    model: 'SIM-R1',
    everySeconds: 300,
    form: 'senml',
    channels: [gasPressure('inlet', '进口压力', 380), gasPressure('outlet', '出口压力', 300)],
  });
  for (const n of ['d1', 'd2']) {
    city.addDevice(asset, {
      suffix: n,
      name: `泄漏探测器 ${n.slice(1)}`,
      model: 'SIM-D2',
      everySeconds: 300,
      form: 'plain',
      channels: [combustible(), groundTemperature()],
    });
  }
}
