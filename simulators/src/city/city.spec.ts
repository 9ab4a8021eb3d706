import { ASSET_KINDS, findQuantity, findUnit } from '@anmai/catalog';
import { ID_PATTERN } from '@anmai/kernel';
import { buildCity, type City } from './city';
import { CITY_RULES } from './rules';

const city = buildCity();
const { orgs, assets, devices, sensors } = city.registry;
const countOf = (kind: string): number => assets.filter(each => each.kind === kind).length;

describe('the demonstration city', () => {
  it.each([
    ['assets', assets.length, 270, 330],
    ['devices', devices.length, 370, 430],
    ['sensors', sensors.length, 950, 1_200],
    ['organisations', orgs.length, 5, 5],
    ['gas wells', countOf('gas.well'), 80, 80],
    ['manholes', countOf('drainage.manhole'), 48, 48],
    ['underpasses', countOf('drainage.road'), 6, 6],
    ['metered areas', countOf('water.dma'), 8, 8],
    ['rain gauges', countOf('rain.gauge'), 5, 5],
    ['buildings', countOf('building'), 44, 44],
  ])('has the promised number of %s', (_what, count, min, max) => {
    expect(count).toBeGreaterThanOrEqual(min);
    expect(count).toBeLessThanOrEqual(max);
  });

  it('uses every id once, and only ids that the platform takes', () => {
    for (const rows of [orgs, assets, devices, sensors]) {
      const ids = rows.map(each => each.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter(id => !ID_PATTERN.test(id))).toEqual([]);
    }
  });

  it('has every reference resolved, parents before children', () => {
    const orgIds = new Set(orgs.map(each => each.id));
    const assetIds = new Set(assets.map(each => each.id));
    const deviceIds = new Set(devices.map(each => each.id));
    expect(assets.filter(each => !orgIds.has(each.orgId))).toEqual([]);
    expect(assets.flatMap(each => each.links).filter(id => !assetIds.has(id))).toEqual([]);
    expect(devices.filter(each => each.assetId === null || !assetIds.has(each.assetId))).toEqual([]);
    expect(sensors.filter(each => !assetIds.has(each.assetId) || !deviceIds.has(each.deviceId))).toEqual([]);
    const seen = new Set<string>();
    for (const asset of assets) {
      if (asset.parentId !== null) expect(seen).toContain(asset.parentId);
      seen.add(asset.id);
    }
  });

  it('names only kinds, quantities and units of the catalogue, and geometries that the kind allows', () => {
    const kinds = new Map(ASSET_KINDS.map(each => [each.id, each]));
    for (const asset of assets) {
      expect(asset.geometry).not.toBeNull();
      expect(kinds.get(asset.kind)?.geometries, asset.id).toContain(asset.geometry?.type);
    }
    expect(
      sensors.filter(each => findQuantity(each.quantity) === null || findUnit(each.unit) === null),
    ).toEqual([]);
  });

  it('gives every device each channel once', () => {
    const channels = sensors.map(each => `${each.deviceId}/${each.channel}`);
    expect(new Set(channels).size).toBe(channels.length);
  });

  it('has devices of both message forms', () => {
    const senml = city.plans.filter(each => each.form === 'senml').length;
    expect(senml).toBeGreaterThan(100);
    expect(city.plans.length - senml).toBeGreaterThan(100);
  });

  it('lies around 114.30 E, 34.80 N', () => {
    for (const { geometry } of assets) {
      const text = JSON.stringify(geometry?.coordinates);
      const numbers = text.match(/\d+\.\d+/g)?.map(Number) ?? [];
      numbers.forEach((value, i) =>
        expect(Math.abs(value - (i % 2 === 0 ? 114.3 : 34.8))).toBeLessThan(0.02),
      );
    }
  });

  it('reports every 5 s to 60 s in the demonstration, every 5 min to 1 h in the field', () => {
    const intervals = (of: City): number[] => of.registry.sensors.map(each => each.expectedEverySeconds);
    const demo = intervals(city);
    expect([Math.min(...demo), Math.max(...demo)]).toEqual([10, 60]);
    const field = intervals(buildCity({ pace: 1 }));
    expect([Math.min(...field), Math.max(...field)]).toEqual([300, 3_600]);
  });

  it('is the same for the same seed and another for another', () => {
    expect(buildCity()).toEqual(city);
    expect(JSON.stringify(buildCity({ seed: 1 }).registry)).not.toBe(JSON.stringify(city.registry));
  });
});

describe('the rules of the city', () => {
  it('have ids of their own, a source each, and one no-data rule for everything', () => {
    const ids = CITY_RULES.map(each => each.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter(id => !ID_PATTERN.test(id))).toEqual([]);
    expect(CITY_RULES.filter(each => each.condition.type === 'noData').map(each => each.appliesTo)).toEqual([
      {},
    ]);
    for (const { source } of CITY_RULES) {
      if (source.kind === 'assumption') expect(source.why).toMatch(/[\u4e00-\u9fff].{10}/);
    }
  });
});
