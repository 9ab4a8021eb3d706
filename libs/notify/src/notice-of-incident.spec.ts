import type { IncidentChange, IncidentStep, IncidentSummary } from '@anmai/alarms';
import { noticesOfIncident, type IncidentEvent, type IncidentFacts } from './notice-of-incident';
import { AT, CHINA_MS } from './testing/builders';
import { textOf } from './text/notice-text';

const MINUTE = 60_000;
const FACTS: IncidentFacts = {
  id: 'in-1',
  familyId: 'gas',
  severity: 'orange',
  alarmCount: 3,
  cause: {
    code: 'gas.leakNeighbours',
    alarmId: 'al-1',
    assetId: 'well-1',
    data: { sensorId: 's1', quantity: null, onsetAt: AT, leadMs: null, downstreamAssets: 0, assets: 2 },
  },
  placeName: '人民路 12 号井',
  onsetAt: AT,
  disposal: { mergedInto: null, stage: 'detected', reopened: false, detectedAt: AT },
  ownerIds: ['gas-co'],
  orgPath: ['city', 'gas-co'],
  groups: ['gas'],
};
const SUMMARY: IncidentSummary = {
  severity: 'orange',
  peak: 'orange',
  condition: 'active',
  alarmCount: 2,
  openCount: 2,
  blindCount: 0,
  assetCount: 2,
  population: null,
  box: null,
};
const change = (kind: IncidentChange['kind'], fields: Partial<IncidentChange> = {}): IncidentEvent => ({
  source: 'change',
  change: {
    id: `in-1/${kind}`,
    incidentId: 'in-1',
    n: 5,
    kind,
    familyId: 'gas',
    isCatchAll: false,
    at: AT,
    noticedAt: AT,
    alarmId: 'al-1',
    otherId: null,
    cause: null,
    summary: SUMMARY,
    ...fields,
  },
});
const step = (fields: Pick<IncidentStep, 'kind' | 'payload'>, giverIds: readonly string[] = []): IncidentEvent => ({
  source: 'step',
  step: { id: 'st-1', incidentId: 'in-1', actor: 'otto', at: AT, ...fields } as IncidentStep,
  giverIds,
}); // prettier-ignore
const overdue = (escalateTo: 'shiftLead' | 'cityDuty'): IncidentEvent => ({
  source: 'overdue',
  overdue: { kind: 'identify', taskId: null, dueAt: AT + MINUTE, escalateTo, noticedAt: AT + 2 * MINUTE },
});
const only = (event: IncidentEvent, facts: Partial<IncidentFacts> = {}) => {
  const [first, ...others] = noticesOfIncident(event, { ...FACTS, ...facts });
  expect(others).toEqual([]);
  return first;
};
const kindOf = (event: IncidentEvent, facts: Partial<IncidentFacts> = {}) => only(event, facts)?.notice.kind;
const disposal = (fields: Partial<IncidentFacts['disposal']>) => ({
  disposal: { ...FACTS.disposal, ...fields },
});
const warning = {
  kind: 'warned',
  payload: {
    severity: 'red',
    audience: [{ role: 'owner', orgId: 'gas-co' }],
    text: '立即疏散',
    reason: null,
  },
} as const;
const released = { kind: 'released', payload: { note: '已修复', seenN: 5 } } as const;

it.each([
  ['opened', 'start'],
  ['joined', 'start'],
  ['escalated', 'worse'],
  ['absorbed', 'merged'],
  ['blinded', 'blind'],
  ['restored', 'restored'],
  ['reopened', 'again'],
  ['cleared', undefined],
  ['settled', undefined],
] as const)('%s is told as %s', (kind, expected) => expect(kindOf(change(kind))).toBe(expected));

it('what comes after its end is one return, whatever the changes', () => {
  const again = disposal({ reopened: true });
  expect(kindOf(change('joined'), again)).toBe('again');
  const ids = (['joined', 'reopened', 'escalated'] as const).map(each => only(change(each), again)?.notice.changeId);
  expect(new Set(ids).size).toBe(1);
  expect(kindOf(change('joined', { noticedAt: AT + MINUTE }), again)).toBe('start');
}); // prettier-ignore

it('one that goes quiet and comes back says so once an hour', () => {
  const hour = 60 * MINUTE;
  const idAt = (noticedAt: number) => only(change('reopened', { noticedAt }))!.notice.changeId;
  const start = Math.ceil(AT / hour) * hour;
  expect(idAt(start)).toBe(idAt(start + hour - 1));
  expect(idAt(start)).not.toBe(idAt(start + hour));
});

it('of one that went into another nothing more is told', () => {
  expect(noticesOfIncident(change('escalated'), { ...FACTS, ...disposal({ mergedInto: 'in-2' }) })).toEqual(
    [],
  );
});

it('a warning names its level, its text and whom it is for', () => {
  const found = only(step(warning));
  expect(found?.notice).toMatchObject({ kind: 'warned', severity: 'red', detail: { zh: '立即疏散' } });
  expect(found?.aim.orgIds).toEqual(['gas-co']);
});

it('each task is a message of its own, with its time', () => {
  const task = (id: string, orgId: string) => ({ id, orgId, what: `关阀 ${id}`, dueAt: AT + 30 * MINUTE });
  const tasks = [task('t1', 'gas-co'), task('t2', 'water-co')];
  const found = noticesOfIncident(step({ kind: 'dispatched', payload: { tasks } }), FACTS);
  expect(found.map(each => each.aim.orgIds)).toEqual([['gas-co'], ['water-co']]);
  expect(new Set(found.map(each => each.notice.changeId)).size).toBe(2);
  expect(found[0]?.notice.dueAt).toBe(AT + 30 * MINUTE);
});

it('feedback goes to who gave the task, not to who gives it', () => {
  const payload = { taskId: 't1', note: '阀门已关', fileIds: [] };
  expect(only(step({ kind: 'feedback', payload }, ['boss']))?.aim).toMatchObject({ recipientIds: ['boss'], exceptId: 'otto' });
}); // prettier-ignore

it('a timer is told once for each rung, and not after the end', () => {
  expect(only(overdue('shiftLead'))?.aim.rung).toBe(0);
  expect(only(overdue('cityDuty'))?.aim.rung).toBe(3);
  expect(only(overdue('cityDuty'))?.notice.changeId).not.toBe(only(overdue('shiftLead'))?.notice.changeId);
  expect(only(overdue('cityDuty'), disposal({ stage: 'released' }))).toBeUndefined();
});

it.each([
  [change('opened'), '【橙色事件】人民路 12 号井 燃气与有毒气体,共 2 条报警,相邻地下空间先后检出燃气：疑似管网泄漏,自 07-20 16:00 起'],
  [step(warning), '【发布红色预警】人民路 12 号井 燃气与有毒气体,共 3 条报警,立即疏散,自 07-20 16:00 起'],
  [overdue('shiftLead'), '【橙色事件超时】人民路 12 号井 燃气与有毒气体,共 3 条报警,未按时研判,应于 07-20 16:01 前,自 07-20 16:00 起'],
  [step(released), '【事件解除,原橙色】人民路 12 号井 燃气与有毒气体,共 3 条报警,已修复,07-20 16:00 至 07-20 16:00,历时 不到 1 分钟'],
])('in words %#', (event, expected) => {
  const notice = only(event)!.notice;
  expect(textOf(notice, 'zh', { utcOffsetMs: CHINA_MS, linkBase: null }).line).toBe(expected);
  const english = textOf(notice, 'en', { utcOffsetMs: CHINA_MS, linkBase: 'https://x.cn' });
  expect(english.title).toMatch(/^\[[A-Z, ]+\] 人民路 12 号井: Gas and toxic gas, \d alarms$/);
  expect(english.body).toContain('More: https://x.cn/incidents/in-1');
}); // prettier-ignore
