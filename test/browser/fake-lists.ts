import type { QuarantineShape } from '@anmai/wire';

const iso = (at: number): string => new Date(at).toISOString();

export const QUARANTINE: readonly QuarantineShape[] = [
  {
    id: 'q-1',
    at: iso(Date.now() - 60_000),
    deviceId: 'dev-new-7',
    topic: 'anmai/v1/dev-new-7/telemetry',
    reason: 'unknown_device',
    detail: '设备 dev-new-7 没有登记',
    payload: '[{"bn":"","n":"ch4","u":"%LEL","v":1.2},{"n":"temp","u":"Cel","v":17}]',
    adoptable: true,
  },
  {
    id: 'q-2',
    at: iso(Date.now() - 600_000),
    deviceId: 'dev-mh-0003',
    topic: 'anmai/v1/dev-mh-0003/telemetry',
    reason: 'not_json',
    detail: '第 1 个字符起不是 JSON',
    payload: 'LEVEL=0.93;H2S=1.1',
    adoptable: false,
  },
];

export const ORGS = [
  { id: 'city', name: '市城市运行中心', parentId: null, path: ['city'], version: 1 },
  { id: 'gas-co', name: '市燃气公司', parentId: 'city', path: ['city', 'gas-co'], version: 1 },
  { id: 'housing', name: '住建局', parentId: 'city', path: ['city', 'housing'], version: 1 },
];
