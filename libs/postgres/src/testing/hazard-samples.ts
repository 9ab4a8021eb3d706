import {
  differencesOf,
  type Appraisal,
  type HazardHead,
  type HazardStep,
  type WatchPlan,
} from '@anmai/lifecycle';
import type { Records } from '../records';
import { asset, SYSTEM } from './samples';
import { TEST_NOW } from './test-server';

/** A building of grade C in the city, with a tilt sensor. */
export async function makeBuilding(records: Records, id = 'b1', orgId = 'city', grade: string | null = 'C') {
  const properties = grade === null ? {} : { grade };
  await records.assets.create(asset(id, { kind: 'building', name: `楼 ${id}`, orgId, properties }), SYSTEM);
}

export const appraisal = (id: string, over: Partial<Appraisal> = {}): Appraisal => ({
  id,
  buildingId: 'b1',
  basis: 'report',
  agency: '鉴定所',
  reportNumber: id,
  reportedAt: TEST_NOW,
  report: { fileId: 'f1', sha256: 'a'.repeat(64) },
  grade: 'C',
  handling: 'treatedUse',
  protectionPlan: null,
  input: null,
  defects: [],
  replacesId: null,
  note: '',
  filedBy: 'enno',
  filedAt: TEST_NOW,
  computed: null,
  differences: differencesOf(over.grade ?? 'C', null),
  ...over,
});

export const hazardHead = (id: string, over: Partial<HazardHead> = {}): HazardHead => ({
  id,
  buildingId: 'b1',
  source: 'patrol',
  sourceId: null,
  title: `隐患 ${id}`,
  where: '一层',
  note: '',
  fileIds: [],
  reporter: 'ines',
  foundAt: TEST_NOW,
  ...over,
});

export const registered = (id: string, hazardId: string, at = TEST_NOW + 1_000): HazardStep => ({
  ...{ id, hazardId, kind: 'registered', actor: 'otto', at },
  payload: { level: 'severe', note: '' },
});

export const watchPlan = (id: string, over: Partial<WatchPlan> = {}): WatchPlan => ({
  id,
  buildingId: 'b1',
  grade: 'C',
  appraisalId: null,
  startedAt: TEST_NOW,
  startedBy: 'enno',
  items: [],
  patrolEveryDays: 7,
  duty: [{ id: 'p1', name: '张', role: '楼长', phone: '138', people: 3 }],
  confirmMinutes: 60,
  checkupFrom: 'yellow',
  measures: [],
  endedAt: null,
  endedByAppraisalId: null,
  ...over,
});
