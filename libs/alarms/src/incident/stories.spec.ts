import { dueSteps } from './deadlines';
import type { IncidentStep, StepKind, StepPayloads } from './disposal-step';
import { incidentViews } from './incident-view';
import { mayStep, type StepRefusal } from './may-step';
import { reviewOf } from './review';
import type { Place } from './testing/city';
import { clock, limitsOf, Story } from './testing/story';

const MINUTE = 60_000;
const GAS_RULE = limitsOf('gas', 'gas.combustible', ['yellow', 20], ['orange', 50], ['red', 100]);

/** Takes the step if it may be taken; gives the refusal if not. */
function attempt<K extends StepKind>(
  story: Story,
  when: string,
  kind: K,
  actor: string | null,
  payload: StepPayloads[K],
): StepRefusal | null {
  const incident = story.disposal();
  const at = clock(when);
  const step = {
    id: `${kind} ${when}`,
    incidentId: incident.incidentId,
    kind,
    actor,
    at,
    payload,
  } as IncidentStep;
  const [view] = incidentViews(story.engine);
  const answer = mayStep(incident, step, {
    sensorIds: view?.sensorIds ?? [],
    sensors: story.facts(),
    now: at,
  });
  if (answer.ok) story.steps.push(step);
  return answer.ok ? null : answer.error;
}

/** lifelines.md, section 5: 42 minutes of warnings, "done" at 06:38, the explosion at 06:42. */
describe('Shiyan, 2021-06-13', () => {
  const wells: Place[] = [
    { id: 'culvert', at: [0, 0], links: ['market'], population: 913 },
    { id: 'market', at: [60, 0] },
  ];
  const normal = (value: number): boolean => value < 18;

  function untilDone(): Story {
    const story = new Story(wells, [GAS_RULE], clock('05:00'));
    story.read(clock('05:00'), { culvert: 0, market: 0 }, normal);
    story.read(clock('05:42'), { culvert: 24, market: 3 }, normal);
    story.read(clock('05:50'), { culvert: 55, market: 31 }, normal);
    story.read(clock('06:00'), { culvert: 110, market: 80 }, normal);
    const seenN = story.disposal().n;
    expect(
      attempt(story, '06:01', 'assessed', 'analyst', {
        verdict: 'true',
        note: 'fumes under the bridge',
        seenN,
      }),
    ).toBeNull();
    const audience = [
      { role: 'owner', orgId: 'gas-co' },
      { role: 'authority', orgId: 'urban' },
    ] as const;
    const text = 'gas under the market';
    expect(
      attempt(story, '06:02', 'warned', 'analyst', { severity: 'red', audience, text, reason: null }),
    ).toMatchObject({
      code: 'warn.audience',
      why: 'At this level these are to be told, too: government.',
    });
    const all = [...audience, { role: 'government', orgId: 'city' }] as const;
    expect(
      attempt(story, '06:02', 'warned', 'analyst', { severity: 'red', audience: all, text, reason: null }),
    ).toBeNull();
    const tasks = [{ id: 't1', orgId: 'gas-co', what: 'find and stop the leak', dueAt: clock('06:30') }];
    expect(attempt(story, '06:03', 'dispatched', 'analyst', { tasks })).toBeNull();
    story.read(clock('06:30'), { culvert: 130, market: 96 }, normal);
    story.read(clock('06:38'), { culvert: 128, market: 97 }, normal);
    expect(
      attempt(story, '06:38', 'feedback', 'crew', { taskId: 't1', note: 'valve mended', fileIds: [] }),
    ).toBeNull();
    expect(attempt(story, '06:38', 'resolutionProposed', 'crew', { note: 'done, you may leave' })).toBeNull();
    return story;
  }

  it('is one incident, told an hour before', () => {
    const story = untilDone();
    expect(story.incidentIds).toHaveLength(1);
    expect(story.told[0]!.noticedAt).toBe(clock('05:42'));
    expect(incidentViews(story.engine)[0]).toMatchObject({ population: 913, severity: 'red' });
    expect(incidentViews(story.engine)[0]!.causes[0]).toMatchObject({
      code: 'gas.leakNeighbours',
      assetId: 'culvert',
    });
  });

  it('does not end because the crew says "done" four minutes before the end', () => {
    const story = untilDone();
    const seenN = story.disposal().n;
    for (const [when, actor] of [
      ['06:38', 'crew'],
      ['06:39', 'analyst'],
      ['06:42', null],
    ] as const) {
      const refusal = attempt(story, when, 'released', actor, { note: 'the crew says so', seenN });
      expect(refusal?.code).toBe(actor === null ? 'release.byNobody' : 'release.sensors');
    }
    const refusal = attempt(story, '06:41', 'released', 'analyst', { note: 'the crew says so', seenN })!;
    expect(refusal.missing.map(each => `${each.sensorId} ${each.reason}`)).toEqual([
      'culvert alarmOpen',
      'market alarmOpen',
    ]);
    expect(refusal.why).toBe('Not back to normal: culvert (alarmOpen), market (alarmOpen).');
    expect(refusal.instead).toBe('It still measures danger: work on until its readings are normal.');
    expect(story.disposal().stage).toBe('resolutionProposed');
  });

  it('would have ended after five normal readings of both wells and a person’s word', () => {
    const story = untilDone();
    for (let i = 0; i < 5; i++) {
      const seenN = story.disposal().n;
      const refusal = attempt(story, '06:59', 'released', 'analyst', { note: 'all normal', seenN });
      expect(refusal?.missing.map(each => each.reason)).toEqual(
        i === 0 ? ['alarmOpen', 'alarmOpen'] : ['tooFewReadings', 'tooFewReadings'],
      );
      story.read(clock('07:00') + i * MINUTE, { culvert: 0, market: 0 }, normal);
    }
    expect(attempt(story, '07:04', 'resolutionProposed', 'crew', { note: 'now it is' })).toBeNull();
    const seenN = story.disposal().n;
    expect(attempt(story, '07:05', 'released', 'analyst', { note: 'all normal', seenN })).toBeNull();
    const review = reviewOf(story.told, story.steps, story.alarms);
    expect(review.doneTooEarly).toBe(1);
    expect(review.durations).toEqual({
      detectMs: 0,
      identifyMs: 19 * MINUTE,
      respondMs: 21 * MINUTE,
      feedbackMs: 35 * MINUTE,
      closeMs: 83 * MINUTE,
    });
    expect(review.inTime).toEqual({ identify: false, respond: false, feedback: true });
    expect(review.evidence.map(each => each.sensorId)).toEqual(['culvert', 'market']);
    expect(attempt(story, '07:06', 'archived', 'analyst', { review })).toBeNull();
    expect(story.disposal().stage).toBe('archived');
    story.read(clock('07:10'), { culvert: 40 }, normal);
    expect(story.disposal()).toMatchObject({ stage: 'detected', reopened: true, detectedAt: clock('07:10') });
  });

  it('calls for help minute by minute while nobody looks', () => {
    const story = new Story(wells, [GAS_RULE], clock('05:00'));
    story.read(clock('05:42'), { culvert: 24 }, normal);
    const due = (when: string): string =>
      dueSteps(story.disposal(), clock(when))
        .map(each => `${each.kind} to ${each.escalateTo}`)
        .join(', ');
    expect(due('05:42')).toBe('');
    expect(due('05:43')).toBe('identify to shiftLead');
    expect(due('05:50')).toBe('identify to cityDuty');
    expect(due('05:52')).toBe('identify to cityDuty, respond to shiftLead');
    expect(due('06:02')).toBe('identify to cityDuty, respond to ownerDuty');
  });
});

/** lifelines.md, section 5: 201.9 mm between 16 and 17 h, the tunnel full at about 17:40. */
describe('Zhengzhou, 2021-07-20', () => {
  const places: Place[] = [
    { id: 'gauge', kind: 'rain.gauge', quantity: 'rain.intensity', at: [0, 0] },
    { id: 'gauge-n', kind: 'rain.gauge', quantity: 'rain.intensity', at: [0, 1_800] },
    {
      id: 'manhole1',
      kind: 'drainage.manhole',
      quantity: 'drainage.level',
      at: [800, 0],
      links: ['manhole2'],
    },
    {
      id: 'manhole2',
      kind: 'drainage.manhole',
      quantity: 'drainage.level',
      at: [2_600, 0],
      links: ['underpass'],
    },
    { id: 'underpass', kind: 'drainage.road', quantity: 'drainage.ponding', at: [5_000, 0], population: 200 },
    { id: 'gas', at: [820, 0] },
  ];
  const rules = [
    limitsOf('rain', 'rain.intensity', ['blue', 20], ['yellow', 50]),
    limitsOf('level', 'drainage.level', ['yellow', 2.5]),
    limitsOf('ponding', 'drainage.ponding', ['blue', 3], ['yellow', 10], ['orange', 15], ['red', 25]),
    GAS_RULE,
  ];

  it('is one incident whose cause is the rain, worse and worse until the tunnel is under water', () => {
    const story = new Story(places, rules, clock('15:00'));
    story.read(clock('15:55'), { gauge: 8, manhole1: 0.6, manhole2: 0.5, underpass: 0, gas: 1 });
    story.read(clock('16:05'), { gauge: 60, 'gauge-n': 12 });
    story.read(clock('16:10'), { gauge: 140, 'gauge-n': 80, manhole1: 1.9 });
    story.read(clock('16:20'), { gauge: 200, manhole1: 2.7, manhole2: 2.1, gas: 22 });
    story.read(clock('16:30'), { gauge: 202, manhole2: 2.9, underpass: 4 });
    story.read(clock('16:45'), { gauge: 202, underpass: 12 });
    story.read(clock('17:00'), { gauge: 90, underpass: 16 });
    story.read(clock('17:15'), { gauge: 40, underpass: 26 });

    const views = incidentViews(story.engine);
    expect(views.map(view => `${view.familyId} ${view.alarmCount}`)).toEqual(['storm 5', 'gas 1']);
    expect(views[0]).toMatchObject({ severity: 'red', population: 200, assetCount: 5 });
    expect(views[0]!.causes[0]).toMatchObject({ code: 'storm.rain', assetId: 'gauge' });
    const storm = story.told.filter(each => each.familyId === 'storm');
    const order = storm
      .filter(each => each.kind === 'opened' || each.kind === 'joined')
      .map(each => each.alarmId);
    const sensorOf = new Map(story.alarms.map(each => [each.alarmId, each.sensorId]));
    expect(order.map(id => sensorOf.get(id!))).toEqual([
      'gauge',
      'gauge-n',
      'manhole1',
      'manhole2',
      'underpass',
    ]);
    expect(storm.filter(each => each.kind === 'escalated').map(each => each.summary.severity)).toEqual([
      'orange',
      'red',
    ]);
  });
});

/** lifelines.md, section 5: several sewers above the explosive limit, covers opened and water sprayed, clear in an hour. */
describe('Xiangyang, 2016-08-12: sewer gas', () => {
  const sewers: Place[] = [
    { id: 'sewer1', kind: 'drainage.manhole', at: [0, 0] },
    { id: 'sewer2', kind: 'drainage.manhole', at: [90, 0] },
  ];

  it('lowers the danger and ends without a warning, but not without normal readings', () => {
    const story = new Story(sewers, [GAS_RULE], clock('18:00'));
    const normal = (value: number): boolean => value < 18;
    story.read(clock('19:00'), { sewer1: 400, sewer2: 380 }, normal);
    const seenN = story.disposal().n;
    const verdict = { verdict: 'biogas', seenN } as const;
    expect(attempt(story, '19:10', 'assessed', 'analyst', { ...verdict, note: '' })?.code).toBe(
      'assess.noteMissing',
    );
    expect(attempt(story, '19:10', 'assessed', 'analyst', { ...verdict, note: 'no ethane' })).toBeNull();
    expect(story.disposal().severity).toBe('orange');
    const warning = { severity: 'orange', audience: [], text: 'x', reason: null } as const;
    expect(attempt(story, '19:11', 'warned', 'analyst', warning)?.code).toBe('warn.verdict');
    expect(attempt(story, '19:15', 'released', 'analyst', { note: 'only sewer gas', seenN })?.code).toBe(
      'release.sensors',
    );
    for (let minute = 0; minute < 5; minute++) {
      story.read(clock('20:00') + minute * MINUTE, { sewer1: 0, sewer2: 0 }, normal);
    }
    expect(attempt(story, '20:05', 'released', 'analyst', { note: 'aired', seenN })).toBeNull();
    expect(story.disposal().stage).toBe('released');
  });

  it('does not cover a well that alarms after the verdict', () => {
    const story = new Story(sewers, [GAS_RULE], clock('18:00'));
    story.read(clock('19:00'), { sewer1: 400 });
    const seenN = story.disposal().n;
    attempt(story, '19:10', 'assessed', 'analyst', { verdict: 'false', note: 'checked', seenN });
    expect(story.disposal().stage).toBe('assessed');
    story.read(clock('19:20'), { sewer2: 30 });
    expect(story.disposal()).toMatchObject({ stage: 'detected', verdict: null, reopened: true });
  });
});
