import type {
  AlarmShape,
  IncidentDetailShape,
  IncidentShape,
  KpiReply,
  KpiShape,
  StepName,
} from '@anmai/wire';
import type { Severity } from '@anmai/catalog';

const iso = (at: number): string => new Date(at).toISOString();
const WORST: readonly Severity[] = ['red', 'orange', 'yellow', 'blue'];
const MINUTE_MS = 60_000;

const FAMILIES = [
  ['well', 'gas', 'gas.leakNeighbours'],
  ['mh', 'storm', 'storm.sewer'],
  ['underpass', 'storm', 'storm.sewer'],
  ['dma', 'water', 'plain.single'],
  ['house', 'building', 'plain.single'],
] as const;

/** The alarms of each family as one incident: the gas one has just been seen, the others are on their way. */
export function fakeIncidents(alarms: readonly AlarmShape[]): IncidentDetailShape[] {
  const families = [...new Set(FAMILIES.map(([, family]) => family))];
  return families.flatMap((familyId, i) => {
    const prefixes = FAMILIES.filter(([, family]) => family === familyId).map(([prefix]) => prefix);
    const members = alarms.filter(alarm => prefixes.some(prefix => alarm.assetId.startsWith(prefix)));
    const [first] = members;
    return first === undefined ? [] : [incidentOf(`in-${familyId}`, i, members, first)];
  });
}

function incidentOf(
  id: string,
  index: number,
  members: readonly AlarmShape[],
  lead: AlarmShape,
): IncidentDetailShape {
  const row = FAMILIES.find(([prefix]) => lead.assetId.startsWith(prefix)) ?? FAMILIES[0];
  const open = members.filter(alarm => alarm.condition !== 'cleared');
  const blindCount = open.filter(alarm => alarm.condition === 'blind').length;
  const severity = WORST.find(each => (open.length > 0 ? open : members).some(alarm => alarm.severity === each)) ?? 'blue';
  const assets = new Set(members.map(alarm => alarm.assetId)).size;
  const isNew = index === 0;
  const cause = {
    code: assets > 1 ? row[2] : 'plain.single',
    alarmId: lead.id,
    assetId: lead.assetId,
    data: { sensorId: lead.sensorId, quantity: null, onsetAt: lead.onsetAt, leadMs: null, downstreamAssets: 0, assets },
  };
  const detectedMs = Date.parse(lead.raisedAt);
  const dueAt = iso(detectedMs + 65 * MINUTE_MS);
  const tasks = isNew ? [] : [{ id: `${id}-t1`, orgId: 'gas-co', what: '关闭上游阀门并复测', sentAt: lead.raisedAt, dueAt, answeredAt: null }];
  const timers: IncidentShape['timers'] = isNew
    ? [
        { kind: 'identify', taskId: null, dueAt: iso(detectedMs + MINUTE_MS), escalateTo: 'ownerDuty' },
        { kind: 'respond', taskId: null, dueAt: iso(detectedMs + 10 * MINUTE_MS), escalateTo: null },
      ]
    : [{ kind: 'task', taskId: `${id}-t1`, dueAt, escalateTo: null }];
  return {
    id,
    familyId: row[1],
    isCatchAll: false,
    severity,
    peak: severity,
    condition: open.length === 0 ? 'cleared' : blindCount === open.length ? 'blind' : 'active',
    stage: isNew ? 'detected' : 'dispatched',
    verdict: isNew ? null : 'true',
    warnedAs: isNew ? null : severity,
    reopened: false,
    alarmCount: members.length,
    openCount: open.length,
    blindCount,
    assetCount: assets,
    population: isNew ? 1_240 : null,
    box: null,
    cause,
    placeName: lead.assetName,
    onsetAt: lead.onsetAt,
    openedAt: lead.raisedAt,
    changedAt: lead.raisedAt,
    releasedAt: null,
    archivedAt: null,
    mergedInto: null,
    lastN: members.length,
    nextSteps: isNew ? ['assess'] : ['assess', 'warn', 'dispatch', 'feedback', 'proposeEnd'],
    timers,
    tasks,
    causes: [cause],
    steps: isNew
      ? []
      : [
          { id: `${id}-s1`, kind: 'assess', actor: '李值守', at: lead.raisedAt, note: '电话核实，现场有气味', verdict: 'true', severity: null },
          { id: `${id}-s2`, kind: 'dispatch', actor: '李值守', at: lead.raisedAt, note: 'gas-co: 关闭上游阀门并复测', verdict: null, severity: null },
        ],
    alarms: members.slice(0, 20),
    alarmsCut: members.length > 20,
    overdue: isNew ? [{ kind: 'identify', taskId: null, dueAt: iso(detectedMs + MINUTE_MS), escalateTo: 'shiftLead', noticedAt: iso(detectedMs + 62_000) }] : [],
    audience: ['owner', 'authority'],
    review: null,
  };
} // prettier-ignore

const NEXT: Readonly<Partial<Record<StepName, Pick<IncidentShape, 'stage' | 'nextSteps'>>>> = {
  assess: { stage: 'assessed', nextSteps: ['assess', 'warn', 'dispatch', 'proposeEnd', 'release'] },
  dispatch: { stage: 'dispatched', nextSteps: ['assess', 'warn', 'dispatch', 'feedback', 'proposeEnd'] },
  proposeEnd: {
    stage: 'resolutionProposed',
    nextSteps: ['assess', 'warn', 'dispatch', 'feedback', 'release'],
  },
};

/** The incident after the step; null: refused, as long as its alarms are open. */
export function afterStep(
  incident: IncidentDetailShape,
  body: { readonly kind: StepName; readonly note?: string },
): IncidentDetailShape | null {
  const next = NEXT[body.kind];
  if (next === undefined) return null;
  const { kind } = body;
  const step = {
    id: `s-${incident.steps.length}`,
    kind,
    actor: '李值守',
    at: iso(Date.now()),
    note: body.note ?? null,
  };
  return { ...incident, ...next, steps: [...incident.steps, { ...step, verdict: null, severity: null }] };
}

export const refusedRelease = (incident: IncidentDetailShape) => ({
  type: 'about:blank',
  title: 'Conflict',
  status: 409,
  code: 'INC-001',
  detail: 'this step is not taken: Not back to normal.',
  remedy: 'It still measures danger: work on until its readings are normal.',
  refusal: {
    code: 'release.sensors',
    why: 'Not back to normal.',
    instead: 'It still measures danger: work on until its readings are normal.',
    missing: incident.alarms.slice(0, 2).map((alarm, i) => ({
      sensorId: alarm.sensorId,
      reason: i === 0 ? 'alarmOpen' : 'tooFewReadings',
      normalRun: i * 3,
      needed: 5,
      instead: '',
    })),
  },
});

const kpi = (
  name: string,
  status: KpiShape['status'],
  value: KpiShape['value'],
  of: string | null = null,
): KpiShape => ({
  ...{ name, of, status, value },
  target: {
    text: name,
    grade: name === 'online' ? 'B' : 'C',
    source: { kind: 'assumption', why: '二手资料', reviewBy: '2027-05-31' },
  },
});

export const fakeKpi = (): KpiReply => ({
  from: iso(Date.now() - 30 * 1_440 * MINUTE_MS),
  to: iso(Date.now()),
  items: [
    kpi('rate', 'met', { value: 0.42 }),
    kpi('peak', 'missed', { value: 214 }),
    kpi('crowded', 'missed', { value: 0.013 }),
    kpi('flood', 'met', { value: 0.004, floods: 2 }),
    kpi('performance', 'met', { value: 'robust' }),
    kpi('acknowledge', 'missed', { value: 1_250_000 }),
    kpi('priorities', 'missed', { blue: 0.41, yellow: 0.37, orange: 0.17, red: 0.05 }),
    kpi('falseAlarms', 'met', { value: 0.12 }, 'gas-adjacent'),
    kpi('falseAlarms', 'noData', null, 'ponding'),
    kpi('online', 'noData', null, '*'),
  ],
  histogram: [],
  badActors: [{ ruleId: 'gas-adjacent', sensorId: 'well-0007.ch4', activations: 41, share: 0.083 }],
});
