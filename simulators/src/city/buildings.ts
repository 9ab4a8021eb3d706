import type { Asset } from '@anmai/catalog';
import { randomOf, type Random } from '../random';
import { airTemperature, battery } from './channels';
import { rectangle, STREETS } from './geography';
import { HOUSING_ORG } from './orgs';
import type { ChannelSpec, CityBuilder } from './parts';

const BUILDINGS = 44;
/** Every fourth one is of grade D: vacated, and watched until it comes down. */
const D_EVERY = 4;

/** Old dwellings of the danger grades C and D, each with a tilt node and a crack gauge; half with settlement too. */
export function addBuildings(city: CityBuilder): void {
  const random = randomOf(city.seed, 'buildings');
  for (let n = 1; n <= BUILDINGS; n += 1) {
    const asset = addBuilding(city, n, random);
    addTiltNode(city, asset, random);
    addCrackGauge(city, asset, random);
    if (n % 2 === 0) addSettlement(city, asset, random);
  }
}

function addBuilding(city: CityBuilder, n: number, random: Random): Asset {
  const street = STREETS.filter(each => each.runs === 'ew')[n % 6];
  const name = street?.name ?? '';
  const eastM = -675 + ((n * 3) % 10) * 150 + random.between(-25, 25);
  const northM = (street?.offsetM ?? 0) - 60 - random.between(0, 120);
  return city.addAsset({
    id: `bld-${String(n).padStart(3, '0')}`,
    kind: 'building',
    name: `${name} ${random.whole(1, 180)} 号院 ${random.whole(1, 6)} 号楼`,
    geometry: rectangle(eastM, northM, random.between(22, 48), random.between(10, 13)),
    orgId: HOUSING_ORG,
    properties: {
      grade: n % D_EVERY === 0 ? 'D' : 'C',
      storeys: random.whole(3, 6),
      builtYear: random.whole(1958, 1989),
      structure: random.pick(['砖混', '砖木', '预制板砖混']),
    },
  });
}

function addTiltNode(city: CityBuilder, asset: Asset, random: Random): void {
  const tilt = (channel: string, name: string): ChannelSpec => ({
    channel,
    name,
    quantity: 'building.tilt',
    unit: 'mm/m',
    range: { min: -100, max: 100 },
    decimals: 2,
    model: {
      kind: 'tilt',
      typical: random.between(-6, 6),
      perDegree: random.between(0.02, 0.06),
      perDay: random.between(0, 0.004),
    },
  });
  city.addDevice(asset, {
    suffix: 'tilt',
    name: '倾角仪',
    model: 'SIM-T3',
    everySeconds: 3_600,
    form: random.chance(0.5) ? 'senml' : 'plain',
    channels: [tilt('tiltX', '倾斜 X'), tilt('tiltY', '倾斜 Y'), airTemperature()],
  });
}

function addCrackGauge(city: CityBuilder, asset: Asset, random: Random): void {
  const crack: ChannelSpec = {
    channel: 'crack',
    name: '裂缝宽度',
    quantity: 'building.crack',
    unit: 'mm',
    range: { min: 0, max: 100 },
    decimals: 2,
    model: {
      kind: 'crack',
      typical: random.between(0.12, 0.3),
      perDegree: random.between(0.002, 0.006),
      perDay: random.between(0, 0.0005),
    },
  };
  city.addDevice(asset, {
    suffix: 'crack',
    name: '裂缝计',
    model: 'SIM-C1',
    everySeconds: 3_600,
    form: 'plain',
    channels: [crack, battery()],
  });
}

function addSettlement(city: CityBuilder, asset: Asset, random: Random): void {
  city.addDevice(asset, {
    suffix: 'level',
    name: '静力水准仪',
    model: 'SIM-S1',
    everySeconds: 3_600,
    form: 'senml',
    channels: [
      {
        channel: 'settlement',
        name: '沉降',
        quantity: 'building.settlement',
        unit: 'mm',
        range: { min: -200, max: 200 },
        decimals: 2,
        model: { kind: 'settlement', typical: random.between(2, 9), perDay: random.between(0, 0.02) },
      },
    ],
  });
}
