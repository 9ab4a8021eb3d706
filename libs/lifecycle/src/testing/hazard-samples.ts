import type { Millis } from '@anmai/kernel';
import type { HazardFacts } from '../hazard/may-step';
import type { HazardHead, HazardStep, HazardStepKind } from '../hazard/hazard';
import { HAZARD_TERMS } from '../hazard/terms';

export const DAY_0 = Date.UTC(2026, 10, 1);
export const HEAD: HazardHead = {
  id: 'haz-1',
  buildingId: 'b1',
  source: 'checkup',
  sourceId: 'chk-1',
  title: '承重墙裂缝',
  where: '一层 B-3 承重墙',
  note: '竖向裂缝,宽 1.2 mm',
  fileIds: ['before-1'],
  reporter: 'ines',
  foundAt: DAY_0,
};
export const FACTS: HazardFacts = {
  now: DAY_0,
  terms: HAZARD_TERMS,
  appraisalIds: ['apr-1'],
  alarmIsOn: false,
};

/** What each step says when a test says nothing else. */
const PAYLOADS: { readonly [K in HazardStepKind]: Extract<HazardStep, { kind: K }>['payload'] } = {
  registered: { note: '', level: 'severe' },
  dismissed: { note: '现场查否', fileIds: [] },
  dispatched: { note: '', orgId: 'street', person: '王工', dueAt: null },
  appraisalCommissioned: { note: '', agency: '鉴定所', dueAt: null },
  appraised: { note: '', appraisalId: 'apr-1' },
  controlled: { note: '', fileIds: [], measure: 'moveOut' },
  controlLifted: { note: '已验收', fileIds: [], measure: 'moveOut' },
  repairStarted: { note: '', fileIds: [], plan: '压力注浆' },
  repaired: { note: '注浆完成', fileIds: ['after-1'] },
  sentBack: { note: '仍见裂缝', fileIds: [] },
  accepted: { note: '验收合格', fileIds: [] },
  closed: { note: '' },
  extensionAsked: { note: '等材料', dueAt: DAY_0 + 90 * 86_400_000 },
  extensionGranted: { note: '' },
  extensionRefused: { note: '不同意' },
  lookedBack: { note: '完好', fileIds: [], finding: 'holds' },
  reopened: { note: '又裂了' },
};

/** A step of the hazard HEAD. */
export function step<K extends HazardStepKind>(
  kind: K,
  payload: Partial<Extract<HazardStep, { kind: K }>['payload']> = {},
  at: Millis = DAY_0,
  actor = 'otto',
): HazardStep {
  const id = `${kind}-${at}`;
  return { id, hazardId: HEAD.id, kind, actor, at, payload: { ...PAYLOADS[kind], ...payload } } as HazardStep;
}
