import type { Asset } from '@anmai/catalog';
import { invariant } from '@anmai/kernel';
import { randomOf, type Random } from '../random';
import type { City } from './city';

const STRUCTURE: Readonly<Record<string, string>> = {
  砖混: 'masonry',
  砖木: 'timber',
  预制板砖混: 'brickSlab',
};
const DISTRICTS = ['鼓楼区', '龙亭区', '禹王台区'] as const;
const COMMUNITIES = ['北门社区', '南关社区', '铁塔社区', '繁塔社区'] as const;
const MANAGERS = ['安居物业服务有限公司', '市房屋安全管理中心', '同心社区物业站'] as const;
const SURNAMES = ['王', '李', '张', '刘', '陈', '赵'] as const;
/** One in so many is a historic building, or stands in a historic district. */
const PROTECTED_EVERY = 11;

/** Body of POST /buildings. */
export type BuildingFileBody = Readonly<Record<string, unknown>> & { readonly id: string };

/** A file for each building of the city, the same for the same seed. People and numbers are made up. */
export function buildingFilesOf(city: City): BuildingFileBody[] {
  const random = randomOf(city.seed, 'building-files');
  return city.registry.assets
    .filter(asset => asset.kind === 'building')
    .map((asset, n) => fileOf(asset, n, random));
}

function fileOf(asset: Asset, n: number, random: Random): BuildingFileBody {
  const { storeys, builtYear, structure } = asset.properties;
  invariant(typeof storeys === 'number' && typeof builtYear === 'number', 'a building without its facts');
  const [road = '', yard = ''] = asset.name.split(' ');
  const households = storeys * random.whole(4, 9);
  const isSlab = structure === '预制板砖混';
  return {
    id: asset.id,
    orgId: asset.orgId,
    name: asset.name,
    codes: [{ scheme: 'local', code: `FW-${String(n + 1).padStart(4, '0')}` }],
    address: {
      district: random.pick(DISTRICTS),
      street: `${road}街道`,
      community: random.pick(COMMUNITIES),
      road,
      number: `${yard} 号`,
    },
    structure: STRUCTURE[String(structure)] ?? 'unknown',
    storeys,
    basements: 0,
    heightM: Math.round(storeys * 2.9 * 10) / 10,
    areaM2: storeys * random.whole(280, 460),
    yearBuilt:
      n % 5 === 0
        ? { kind: 'range', from: builtYear - 2, to: builtYear + 2 }
        : { kind: 'exact', year: builtYear },
    designLifeYears: 50,
    precastSlabs: isSlab ? 'yes' : structure === '砖木' ? 'no' : 'unknown',
    use: 'dwelling',
    businessUse: n % 6 === 0 ? 'yes' : 'no',
    ownership: n % 4 === 0 ? 'public' : 'multiOwner',
    dutyHolder: {
      kind: 'person',
      name: `${random.pick(SURNAMES)}志强`,
      phone: `1380000${String(n).padStart(4, '0')}`,
    },
    manager: { kind: 'organisation', name: random.pick(MANAGERS), phone: null },
    people: { households, residents: households * 3 - random.whole(0, households) },
    protection:
      n % PROTECTED_EVERY === 7 ? 'historic' : n % PROTECTED_EVERY === 9 ? 'historicDistrict' : 'none',
    seismic: { designed: builtYear < 1978 ? 'no' : 'unknown' },
    renovations: n % 7 === 3 ? [{ year: builtYear + 12, kind: 'storeyAdded', note: '顶层加建一层' }] : [],
    reinforcements: n % 9 === 4 ? [{ year: 2009, method: '圈梁与构造柱加固', by: '市建筑加固公司' }] : [],
  };
}
