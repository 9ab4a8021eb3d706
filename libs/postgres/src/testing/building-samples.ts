import { blankFile, NO_ADDRESS, type BuildingFile } from '@anmai/lifecycle';

/** An ordinary file of an ordinary building. */
export const buildingFile = (id: string, over: Partial<BuildingFile> = {}): BuildingFile => ({
  ...blankFile(id, 'city', `人民路 12 号院 ${id} 号楼`),
  address: { ...NO_ADDRESS, district: '中原区', street: '林山寨街道', road: '人民路', number: '12 号' },
  structure: 'brickSlab',
  storeys: 6,
  yearBuilt: { kind: 'exact', year: 1984 },
  use: 'dwelling',
  ownership: 'multiOwner',
  protection: 'none',
  ...over,
});

/** A house of about 20 m by 10 m with its south-west corner there. */
export const house = (lon: number, lat: number): NonNullable<BuildingFile['footprint']> => ({
  type: 'Polygon',
  coordinates: [
    [
      [lon, lat],
      [lon + 0.0002, lat],
      [lon + 0.0002, lat + 0.0001],
      [lon, lat + 0.0001],
      [lon, lat],
    ],
  ],
});
