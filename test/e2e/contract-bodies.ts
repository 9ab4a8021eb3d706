// The bodies of the contract, letter by letter.
export const ASSET = {
  id: 'well-0012',
  kind: 'gas.well',
  name: '人民路 12 号电力井',
  geometry: { type: 'Point', coordinates: [114.3, 34.8] },
  parentId: null,
  orgId: 'gas-co',
  properties: {},
};
export const DEVICE = { id: 'dev-1', name: '…', assetId: 'well-0012', model: '…' };
export const SENSOR = {
  id: 'well-0012.ch4',
  assetId: 'well-0012',
  deviceId: 'dev-1',
  channel: 'ch4',
  quantity: 'gas.combustible',
  unit: '%LEL',
  expectedEverySeconds: 60,
  range: { min: 0, max: 100 },
};
export const RULE = {
  id: 'gas-adjacent',
  name: '相邻地下空间可燃气体',
  appliesTo: { quantity: 'gas.combustible', assetKind: 'gas.well' },
  condition: {
    type: 'threshold',
    limits: [
      { severity: 'yellow', above: 20, clearBelow: 18 },
      { severity: 'orange', above: 50, clearBelow: 45 },
    ],
    raiseAfter: { samples: 1 },
    clearAfter: { seconds: 60 },
  },
  source: { kind: 'assumption', why: '…', reviewBy: '2027-06-30' },
};
