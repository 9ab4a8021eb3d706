import type { Asset } from '@anmai/catalog';
import { randomOf, type Random } from '../random';
import { battery, waterFlow, waterPressure } from './channels';
import { onStreet, pipe, point, position, rectangle, STREET_HALF_M, STREETS } from './geography';
import { WATER_ORG } from './orgs';
import type { CityBuilder } from './parts';

const PIPE_ASIDE_M = -6;

/** A plant in the north-west, mains under every street, eight metered areas, three towers. */
export function addWater(city: CityBuilder): void {
  const random = randomOf(city.seed, 'water');
  addPumpsAndTanks(city, random);
  STREETS.forEach(street => {
    const ids = [`wp-${street.id}-1`, `wp-${street.id}-2`];
    ids.forEach((id, i) => {
      const asset = city.addAsset({
        id,
        kind: 'water.pipe',
        name: `${street.name}供水管 ${i + 1} 段`,
        geometry: pipe(street, i * STREET_HALF_M, (i + 1) * STREET_HALF_M, PIPE_ASIDE_M),
        orgId: WATER_ORG,
        links: i === 0 ? [`wp-${street.id}-2`] : [],
        properties: {
          material: random.pick(['球墨铸铁', 'PE', '灰口铸铁']),
          diameterMm: random.pick([200, 300, 400]),
          builtYear: random.whole(1986, 2020),
        },
      });
      city.addDevice(asset, {
        suffix: '',
        name: '压力计',
        model: 'SIM-P20',
        everySeconds: 300,
        form: random.chance(0.5) ? 'senml' : 'plain',
        channels: [waterPressure(random.between(0.28, 0.34)), battery()],
      });
    });
  });
  for (let i = 0; i < 8; i += 1) addDma(city, i, random);
}

/** Two rows of four areas; each is fed from the main at its north edge. */
function addDma(city: CityBuilder, index: number, random: Random): void {
  const [column, row] = [index % 4, Math.floor(index / 4)];
  const asset = city.addAsset({
    id: `dma-${index + 1}`,
    kind: 'water.dma',
    name: `${'东南西北'.charAt(column)}${row === 0 ? '园' : '苑'}计量区`,
    geometry: rectangle(-555 + column * 370, 300 - row * 600, 340, 560),
    orgId: WATER_ORG,
    parentId: `wp-ew${row === 0 ? 2 : 4}-${column < 2 ? 1 : 2}`,
    properties: { households: random.whole(900, 3_200) },
  });
  city.addDevice(asset, {
    suffix: 'in',
    name: '入口流量计',
    model: 'SIM-F5',
    everySeconds: 300,
    form: 'senml',
    channels: [waterFlow(random.between(90, 220)), battery()],
  });
  for (const n of ['p1', 'p2']) {
    city.addDevice(asset, {
      suffix: n,
      name: `末梢压力 ${n.slice(1)}`,
      model: 'SIM-P20',
      everySeconds: 300,
      form: 'plain',
      channels: [waterPressure(random.between(0.25, 0.3)), battery()],
    });
  }
}

const PUMP_NAMES = ['水厂送水泵房', '鼓楼加压泵站', '明伦加压泵站', '滨河加压泵站'];
const TANK_NAMES = ['清水池', '鼓楼高位水池', '滨河水塔'];

function addPumpsAndTanks(city: CityBuilder, random: Random): void {
  const places = [
    position(-880, 800),
    ...[2, 4, 5].map((index, i) => {
      const street = STREETS[index];
      return street === undefined ? position(0, 0) : onStreet(street, 500 + 300 * i, -30);
    }),
  ];
  PUMP_NAMES.forEach((name, i) => {
    const asset = city.addAsset({
      id: `pump-${i + 1}`,
      kind: 'water.pump',
      name,
      geometry: point(places[i] ?? position(0, 0)),
      orgId: WATER_ORG,
      links: i === 0 ? ['wp-ew1-1', 'wp-ns1-1'] : [],
    });
    addPumpDevices(city, asset, random);
  });
  TANK_NAMES.forEach((name, i) => {
    const asset = city.addAsset({
      id: `tank-${i + 1}`,
      kind: 'water.tank',
      name,
      geometry: point(position(-840 + 620 * i, 760 - 500 * i)),
      orgId: WATER_ORG,
      links: [`pump-${i + 1}`],
      properties: { volumeM3: random.whole(4, 20) * 100 },
    });
    addTankLevel(city, asset);
  });
}

function addPumpDevices(city: CityBuilder, asset: Asset, random: Random): void {
  city.addDevice(asset, {
    suffix: 'out',
    name: '出口流量与压力',
    model: 'SIM-R2',
    everySeconds: 300,
    form: 'senml',
    channels: [waterFlow(random.between(400, 900)), waterPressure(0.42)],
  });
}

function addTankLevel(city: CityBuilder, asset: Asset): void {
  city.addDevice(asset, {
    suffix: '',
    name: '液位计',
    model: 'SIM-L1',
    everySeconds: 300,
    form: 'senml',
    channels: [
      {
        channel: 'level',
        name: '水位',
        quantity: 'water.level',
        unit: 'm',
        range: { min: 0, max: 8 },
        decimals: 3,
        model: { kind: 'tankLevel', typical: 3.4, swing: 0.9 },
      },
      battery(),
    ],
  });
}
