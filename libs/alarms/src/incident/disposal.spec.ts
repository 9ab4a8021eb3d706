import { SEVERITIES } from '@anmai/catalog';
import { DEADLINE_POLICY, deadlinesOf, dueRungs, dueSteps } from './deadlines';
import { foldDisposal, type DisposalStage } from './disposal';
import type { IncidentStep, IncidentVerdict, StepKind } from './disposal-step';
import type { IncidentChange } from './incident-change';
import { DISPOSAL_GRAPH, mayStep, type StepFacts } from './may-step';
import { notNormal, RELEASE_POLICY, type SensorFact } from './release';
import {
  ANSWERED,
  assess,
  CLEARED,
  DONE,
  FACTS,
  NORMAL,
  NOW,
  OPENED,
  RELEASE,
  review,
  SENT,
  step,
  TASK,
  told,
  warn,
} from './testing/steps';
import { audienceOf, WARNING_POLICY } from './warning-levels';

describe('the graph of steps', () => {
  const leadsTo: Readonly<Record<StepKind, DisposalStage>> = {
    assessed: 'assessed',
    warned: 'warned',
    dispatched: 'dispatched',
    feedback: 'feedback',
    resolutionProposed: 'resolutionProposed',
    released: 'released',
    archived: 'archived',
  };
  const stages = Object.keys(DISPOSAL_GRAPH) as DisposalStage[];
  const reachable = (from: DisposalStage): Set<DisposalStage> => {
    const seen = new Set([from]);
    for (const stage of seen) for (const kind of DISPOSAL_GRAPH[stage]) seen.add(leadsTo[kind]);
    return seen;
  };

  it('reaches every stage from the first, and the last from every stage', () => {
    expect([...reachable('detected')].sort()).toEqual([...stages].sort());
    for (const stage of stages) expect(reachable(stage)).toContain('archived');
  });

  it('releases from nowhere but a proposed end or a verdict without warning', () => {
    expect(stages.filter(stage => DISPOSAL_GRAPH[stage].includes('released'))).toEqual([
      'assessed',
      'resolutionProposed',
    ]);
  });
});

describe('what may be done', () => {
  it.each<
    readonly [
      string,
      readonly IncidentChange[],
      readonly IncidentStep[],
      IncidentStep,
      Partial<StepFacts>,
      string,
    ]
  >([
    ['an assessment', OPENED, [], assess('true'), {}, 'ok'],
    ['of another incident', OPENED, [], { ...assess('true'), incidentId: 'in-2' }, {}, 'incident.other'],
    [
      'of one that went into another',
      [...OPENED, told(2, 'merged', { otherId: 'in-0' })],
      [],
      assess('true'),
      {},
      'incident.merged',
    ],
    ['by nobody', OPENED, [], { ...assess('true'), actor: null }, {}, 'assess.byNobody'],
    ['of what was not all seen', [...OPENED, told(2, 'joined')], [], assess('true'), {}, 'step.unseen'],
    [
      '"false" without a ground',
      OPENED,
      [],
      step('assessed', { verdict: 'false', note: ' ', seenN: 1 }),
      {},
      'assess.noteMissing',
    ],
    ['a warning before anybody looked', OPENED, [], warn({}), {}, 'step.outOfOrder'],
    ['a warning', OPENED, [assess('true')], warn({}), {}, 'ok'],
    ['a warning of a false alarm', OPENED, [assess('false')], warn({}), {}, 'warn.verdict'],
    ['a warning to too few', OPENED, [assess('true')], warn({ audience: [] }), {}, 'warn.audience'],
    ['a worse warning to the same', OPENED, [assess('true')], warn({ severity: 'red' }), {}, 'warn.audience'],
    [
      'a milder warning without a reason',
      OPENED,
      [assess('true')],
      warn({ severity: 'yellow' }),
      {},
      'warn.milder',
    ],
    [
      'a milder warning with one',
      OPENED,
      [assess('true')],
      warn({ severity: 'yellow', reason: 'open air' }),
      {},
      'ok',
    ],
    ['tasks without a warning: help first', OPENED, [assess('true')], SENT, {}, 'ok'],
    ['no task', OPENED, [assess('true')], step('dispatched', { tasks: [] }), {}, 'dispatch.empty'],
    [
      'a task due at once',
      OPENED,
      [assess('true')],
      step('dispatched', { tasks: [{ ...TASK, dueAt: NOW }] }),
      {},
      'dispatch.due',
    ],
    ['a task sent twice', OPENED, [assess('true'), SENT], SENT, {}, 'dispatch.taskTwice'],
    ['feedback', OPENED, [assess('true'), SENT], ANSWERED, {}, 'ok'],
    [
      'feedback to no task',
      OPENED,
      [assess('true'), SENT],
      step('feedback', { taskId: 'x', note: 'y', fileIds: [] }),
      {},
      'feedback.unknownTask',
    ],
    [
      'a photo without a word',
      OPENED,
      [assess('true'), SENT],
      step('feedback', { taskId: 't1', note: '', fileIds: ['f'] }),
      {},
      'feedback.noteMissing',
    ],
    ['"done" while it burns: it ends nothing', OPENED, [assess('true'), SENT, ANSWERED], DONE, {}, 'ok'],
    [
      'an end that nobody proposed',
      CLEARED,
      [assess('true'), SENT, ANSWERED],
      RELEASE,
      {},
      'step.outOfOrder',
    ],
    ['an end of what is true, just looked at', CLEARED, [assess('true')], RELEASE, {}, 'release.verdict'],
    ['an end of a false alarm', CLEARED, [assess('false')], RELEASE, {}, 'ok'],
    ['the end', CLEARED, [assess('true'), SENT, ANSWERED, DONE], RELEASE, {}, 'ok'],
    [
      'the end by the system',
      CLEARED,
      [assess('true'), SENT, ANSWERED, DONE],
      { ...RELEASE, actor: null },
      {},
      'release.byNobody',
    ],
    ['the end with a task out', CLEARED, [assess('true'), SENT, DONE], RELEASE, {}, 'release.tasks'],
    [
      'the end without a sensor',
      CLEARED,
      [assess('true'), DONE],
      RELEASE,
      { sensorIds: [] },
      'release.noSensors',
    ],
    [
      'the end with a sensor unheard of',
      CLEARED,
      [assess('true'), DONE],
      RELEASE,
      { sensors: [] },
      'release.sensors',
    ],
    ['the end while an alarm is open', OPENED, [assess('true'), DONE], RELEASE, {}, 'release.sensors'],
    [
      'the end of what was not all seen',
      [told(1, 'opened'), told(2, 'joined'), told(3, 'cleared')],
      [assess('true'), DONE],
      RELEASE,
      {},
      'step.unseen',
    ],
    ['archive', CLEARED, [assess('false'), RELEASE], review('in-1'), {}, 'ok'],
    [
      'archive with the review of another',
      CLEARED,
      [assess('false'), RELEASE],
      review('in-2'),
      {},
      'archive.review',
    ],
    [
      'anything in the archive',
      CLEARED,
      [assess('false'), RELEASE, { ...review('in-1'), at: NOW + 5 }],
      assess('true'),
      {},
      'step.outOfOrder',
    ],
  ])('%s', (_name, changes, past, next, facts, expected) => {
    const answer = mayStep(foldDisposal(changes, past), next, { ...FACTS, ...facts });
    expect(answer.ok ? 'ok' : answer.error.code).toBe(expected);
    if (!answer.ok) expect([answer.error.why, answer.error.instead]).not.toContain('');
  });

  it.each<readonly [string, Partial<SensorFact> | null, IncidentVerdict, string | undefined]>([
    ['normal long enough', {}, 'true', undefined],
    ['one reading short', { normalRun: 4 }, 'true', 'tooFewReadings'],
    ['still in alarm', { alarm: 'active', normalRun: 9 }, 'true', 'alarmOpen'],
    ['its alarm is blind', { alarm: 'blind' }, 'true', 'blind'],
    ['silent after normal readings', { blind: true }, 'true', 'blind'],
    ['nothing known', null, 'true', 'unknown'],
    ['taken out of service under a true alarm', { outOfService: true }, 'true', 'outOfService'],
    [
      'taken out of service as the fault that it was',
      { outOfService: true, blind: true },
      'deviceFault',
      undefined,
    ],
  ])('a sensor: %s', (_name, fact, verdict, expected) => {
    const facts = fact === null ? [] : [{ ...NORMAL, ...fact }];
    const [missing] = notNormal(['s1'], facts, verdict, RELEASE_POLICY.byFamily.gas!);
    expect(missing?.reason).toBe(expected);
  });
});

describe('what both tracks say together', () => {
  it('a release holds for what the person had seen', () => {
    const steps = [assess('false'), RELEASE, { ...review('in-1'), at: NOW + 9 }];
    expect(foldDisposal(CLEARED, steps).stage).toBe('archived');
    const again = foldDisposal([...CLEARED, told(3, 'joined'), told(4, 'reopened')], [...steps].reverse());
    expect(again).toMatchObject({ stage: 'detected', reopened: true, detectedAt: 3_000, releasedAt: null });
  });

  it('a "true" stays true when more alarms join, and "done" has to be said again after more was done', () => {
    const more = [...OPENED, told(2, 'joined')];
    expect(foldDisposal(more, [assess('true'), SENT])).toMatchObject({
      stage: 'dispatched',
      verdict: 'true',
    });
    const again = [assess('true'), SENT, ANSWERED, DONE, { ...assess('true', NOW + 5, 2) }];
    expect(foldDisposal(more, again).stage).toBe('feedback');
  });

  it('tasks of an incident that was absorbed count, its judgements do not', () => {
    const other = { incidentId: 'in-2' };
    const steps = [
      { ...assess('false'), ...other },
      { ...SENT, ...other },
      { ...RELEASE, ...other },
    ] as IncidentStep[];
    const disposal = foldDisposal([...OPENED, told(2, 'absorbed', { otherId: 'in-2' })], steps);
    expect(disposal).toMatchObject({ stage: 'detected', verdict: null });
    expect(disposal.tasks.map(task => task.id)).toEqual(['t1']);
  });

  it.each(SEVERITIES.map(severity => [severity, audienceOf(severity).length] as const))(
    'a %s warning goes to %i',
    (severity, count) => {
      expect(count).toBe({ blue: 1, yellow: 1, orange: 2, red: 3 }[severity]);
    },
  );

  it('a city without a blue level tells those of the next worse one', () => {
    const levels = WARNING_POLICY.levels.filter(level => level.severity !== 'blue');
    expect(audienceOf('blue', { ...WARNING_POLICY, levels })).toEqual(['owner']);
    expect(audienceOf('red', { ...WARNING_POLICY, levels: levels.slice(0, 1) })).toEqual(['owner']);
    expect(audienceOf('red', { ...WARNING_POLICY, levels: [] })).toEqual([]);
  });
});

describe('deadlines', () => {
  const at = (changes: readonly IncidentChange[], steps: readonly IncidentStep[], ms: number): string =>
    dueSteps(foldDisposal(changes, steps), ms)
      .map(each => `${each.kind} ${each.overdueMs} ${each.escalateTo}`)
      .join(', ');

  it.each<readonly [string, readonly IncidentStep[], number, string]>([
    ['just before', [], 60_999, ''],
    ['at the minute', [], 61_000, 'identify 0 shiftLead'],
    ['twice over', [], 121_000, 'identify 60000 ownerDuty'],
    ['identified, nothing sent', [assess('true', 30_000)], 601_000, 'respond 0 shiftLead'],
    ['nothing to send', [assess('false', 30_000)], 9_000_000, ''],
    [
      'sent, no word',
      [assess('true', 30_000), step('dispatched', { tasks: [TASK] }, 60_000)],
      3_660_000,
      'task 1660000 shiftLead, feedback 0 shiftLead',
    ],
    ['answered', [assess('true', 30_000), SENT, ANSWERED], 9_000_000, ''],
  ])('%s', (_name, steps, ms, expected) => {
    expect(at(OPENED, steps, ms)).toBe(expected);
  });

  it.each<readonly [string, number, readonly string[]]>([
    ['in time', 60_999, []],
    ['at the minute', 61_000, ['shiftLead']],
    ['twice over', 121_000, ['shiftLead', 'ownerDuty']],
    ['after an outage of six minutes', 421_000, ['shiftLead', 'ownerDuty', 'authorityDuty']],
    ['after one of eight', 541_000, ['shiftLead', 'ownerDuty', 'authorityDuty', 'cityDuty']],
  ])('every rung reached is told, whenever somebody looks: %s', (_name, ms, expected) => {
    const rungs = dueRungs(foldDisposal(OPENED, []), ms);
    expect(rungs.map(each => each.escalateTo)).toEqual(expected);
    expect(rungs.every(each => each.kind === 'identify' && each.dueAt === 61_000)).toBe(true);
  });

  it('a ladder that begins later, or is empty, still tells somebody', () => {
    const to = (ladder: typeof DEADLINE_POLICY.ladder): string[] =>
      dueRungs(foldDisposal(OPENED, []), 61_000, { ...DEADLINE_POLICY, ladder }).map(each => each.escalateTo);
    expect(to(DEADLINE_POLICY.ladder.slice(1))).toEqual(['ownerDuty']);
    expect(to([])).toEqual(['shiftLead']);
  });

  it('an incident opened anew has its full time again', () => {
    const changes = [...CLEARED, told(3, 'joined', { noticedAt: 5_000_000 })];
    const steps = [assess('false'), RELEASE];
    expect(at(changes, steps, 5_059_999)).toBe('');
    expect(at(changes, steps, 5_060_000)).toBe('identify 0 shiftLead');
  });

  it('over is over', () => {
    expect(at(CLEARED, [assess('false'), RELEASE], 1e12)).toBe('');
    expect(at([...OPENED, told(2, 'merged', { otherId: 'in-0' })], [], 1e12)).toBe('');
  });

  it('has a source and a row for each level', () => {
    expect(deadlinesOf(DEADLINE_POLICY).map(([severity]) => severity)).toEqual(SEVERITIES);
    expect(DEADLINE_POLICY.source.kind).toBe('standard');
    expect(DEADLINE_POLICY.ladderSource.kind).toBe('assumption');
  });
});
