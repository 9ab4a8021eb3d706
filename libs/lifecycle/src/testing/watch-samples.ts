import { defaultItems, type Watched } from '../watch/default-items';
import type { DutyRound } from '../watch/duty';
import type { WatchPlan } from '../watch/plan';

export const T0 = Date.UTC(2026, 10, 1);
export const WATCHED: Watched = {
  grade: 'C',
  storeys: 4,
  heightM: 12,
  isConcrete: false,
  defects: [{ kind: 'crack', where: '一层 B-3 承重墙', note: '' }],
  sensors: [
    { id: 'b1.tilt', quantity: 'building.tilt' },
    { id: 'b1.settle', quantity: 'building.settlement' },
  ],
};
export const PLAN: WatchPlan = {
  id: 'wat-1',
  buildingId: 'b1',
  grade: 'C',
  appraisalId: 'apr-1',
  startedAt: T0,
  startedBy: 'enno',
  items: defaultItems(WATCHED),
  patrolEveryDays: 7,
  duty: [
    { id: 'p1', name: '张主任', role: '社区', phone: '13800000001', people: 12 },
    { id: 'p2', name: '李楼长', role: '楼长', phone: '13800000002', people: 30 },
  ],
  confirmMinutes: 60,
  checkupFrom: 'yellow',
  measures: [],
  endedAt: null,
  endedByAppraisalId: null,
};
export const ROUND: DutyRound = {
  id: 'duty-1',
  planId: 'wat-1',
  alarmId: 'al-1',
  startedAt: T0,
  confirmBy: T0 + 3_600_000,
  people: PLAN.duty,
  calls: [],
  stoodDownAt: null,
  stoodDownBy: null,
  stoodDownNote: '',
};
