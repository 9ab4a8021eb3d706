import type { Geometry } from './registry';

export type LifelineGroup =
  'gas' | 'water' | 'drainage' | 'heating' | 'building' | 'structure' | 'weather' | 'other';
export type GeometryType = Geometry['type'];

/** A kind of thing under watch. More kinds come by configuration (`assetKindTable`), not by code. */
export interface AssetKind {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly group: LifelineGroup;
  /** What its geometry may be; an asset may also have none yet. */
  readonly geometries: readonly GeometryType[];
}

export const LIFELINE_GROUPS: Readonly<Record<LifelineGroup, { readonly zh: string; readonly en: string }>> =
  {
    gas: { zh: '燃气', en: 'Gas' },
    water: { zh: '供水', en: 'Water supply' },
    drainage: { zh: '排水', en: 'Drainage' },
    heating: { zh: '供热', en: 'Heating' },
    building: { zh: '房屋', en: 'Buildings' },
    structure: { zh: '桥梁与管廊', en: 'Bridges and tunnels' },
    weather: { zh: '气象', en: 'Weather' },
    other: { zh: '其他', en: 'Other' },
  };

const PLACE: readonly GeometryType[] = ['Point', 'Polygon'];
const LINE: readonly GeometryType[] = ['LineString'];
const STRETCH: readonly GeometryType[] = ['LineString', 'Point', 'Polygon'];

const kind = (
  id: string,
  zh: string,
  en: string,
  group: LifelineGroup,
  geometries: readonly GeometryType[],
): AssetKind => ({ id, zh, en, group, geometries });

export const ASSET_KINDS: readonly AssetKind[] = [
  kind('gas.pipe', '燃气管道', 'Gas pipe', 'gas', LINE),
  kind('gas.station', '燃气场站', 'Gas station', 'gas', PLACE),
  kind('gas.well', '燃气相邻地下空间', 'Underground space near a gas pipe', 'gas', PLACE),
  kind('water.pipe', '供水管道', 'Water pipe', 'water', LINE),
  kind('water.dma', '独立计量区', 'District metered area', 'water', PLACE),
  kind('water.pump', '供水泵站', 'Water pumping station', 'water', PLACE),
  kind('water.tank', '水池水塔', 'Water tank', 'water', PLACE),
  kind('drainage.pipe', '排水管道', 'Sewer', 'drainage', LINE),
  kind('drainage.manhole', '排水检查井', 'Manhole', 'drainage', PLACE),
  kind('drainage.pump', '排水泵站', 'Drainage pumping station', 'drainage', PLACE),
  kind('drainage.road', '易涝道路', 'Road that floods', 'drainage', STRETCH),
  kind('drainage.outfall', '排放口', 'Outfall', 'drainage', PLACE),
  kind('river', '河道', 'River', 'drainage', STRETCH),
  kind('building', '房屋', 'Building', 'building', PLACE),
  kind('heating.pipe', '供热管道', 'Heating pipe', 'heating', LINE),
  kind('tunnel', '综合管廊', 'Utility tunnel', 'structure', STRETCH),
  kind('bridge', '桥梁', 'Bridge', 'structure', STRETCH),
  kind('rain.gauge', '雨量站', 'Rain gauge', 'weather', PLACE),
];

/**
 * The kinds above with those of the configuration; a later one of the same id takes the place of an earlier.
 */
export function assetKindTable(more: readonly AssetKind[] = []): ReadonlyMap<string, AssetKind> {
  return new Map([...ASSET_KINDS, ...more].map(each => [each.id, each]));
}

const BY_ID = assetKindTable();

/** A built-in kind, or null. */
export const findAssetKind = (id: string): AssetKind | null => BY_ID.get(id) ?? null;
