/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call */

import { asset, sensor, device, SYSTEM } from '@anmai/postgres/testing/samples';
import { problemReply } from '@anmai/wire';
import { startApiBed, type ApiBed, type Json, type Reply } from '../testing/api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
  await receiveFiles('a'.repeat(64), BEFORE, AFTER);
});
afterAll(() => bed.stop());

const API = '/api/v1';
const call = (method: string, path: string, body?: unknown, as = 'enno'): Promise<Reply> =>
  bed.call(method, API + path, { as, ...(body === undefined ? {} : { body }) });
const post = (path: string, body: unknown = {}, as = 'enno'): Promise<Reply> => call('POST', path, body, as);

/** A refusal has its code, the rule that refused, and something to do. */
function expectRefused(reply: Reply, code: string, rule: string): void {
  problemReply.parse(reply.body);
  expect([reply.status, reply.body.code, reply.body.refusal?.code]).toEqual([409, code, rule]);
  expect(reply.body.remedy).toBe(reply.body.refusal.instead);
  expect(reply.body.remedy.length).toBeGreaterThan(10);
}

let n = 0;
/** A building of its own for each test. */
async function building(grade: string | null = 'C', protection?: string): Promise<string> {
  const id = `house-${++n}`;
  if (protection === undefined) {
    const properties = grade === null ? {} : { grade };
    await bed.records.assets.create(asset(id, { kind: 'building', name: `楼 ${id}`, properties }), SYSTEM);
    return id;
  }
  await bed.records.assets.create(asset(id, { kind: 'building', properties: { grade } }), SYSTEM);
  const made = await post('/buildings', { id, orgId: 'city', name: `楼 ${id}`, protection, storeys: 4 });
  expect([made.status, made.body.detail]).toEqual([201, undefined]);
  return id;
}

const BEFORE = 'b'.repeat(64);
const AFTER = 'c'.repeat(64);
/** Files of these hashes are on record. */
async function receiveFiles(...sha256s: string[]): Promise<void> {
  for (const sha256 of sha256s) {
    const meta = {} as never;
    await bed.records.files.receive(
      { sha256, bytes: 9, type: 'image/jpeg', kind: 'photo', meta, buildingId: null, orgId: 'city' },
      SYSTEM,
    );
  }
}
const file = (letter: string) => ({ fileId: `file-${letter}`, sha256: letter.repeat(64) });
const report = (buildingId: string, over: Json = {}): Json => ({
  buildingId,
  agency: '市房屋安全鉴定所',
  reportNumber: `鉴-${++n}`,
  reportedAt: new Date(bed.clock.now()).toISOString(),
  report: file('a'),
  grade: 'C',
  handling: 'treatedUse',
  ...over,
});

const walls = { kind: 'wall', total: 43, dangerous: 1, dangerousAt: ['B-3'] };
const rest = [
  { kind: 'middleBeam', total: 7 }, { kind: 'sideBeam', total: 14 }, { kind: 'secondaryBeam', total: 5 },
  { kind: 'enclosure', total: 51 }, { kind: 'slab', total: 39 },
]; // prettier-ignore
const INPUT = {
  soil: 'notDangerous',
  foundations: { total: 105, dangerous: [] },
  storeys: 4,
  floors: [1, 2, 3, 4].map(no => ({
    no,
    members: [no === 1 ? walls : { kind: 'wall', total: 43 }, ...rest],
  })),
};

describe('grading', () => {
  it('explains each step, and keeps nothing', async () => {
    const { status, body } = await post('/appraisals/compute', INPUT, 'vera');
    expect([status, body.outcome, body.grade]).toEqual([200, 'graded', 'B']);
    expect(body.steps[2]).toMatchObject({ name: 'floor', floor: 1, percent: '1.107', result: 'Bu' });
    expect(body.steps[2].clause).toContain('JGJ 125-2016');
  });

  it('says what is missing instead of calling it safe', async () => {
    const { body } = await post('/appraisals/compute', { ...INPUT, foundations: null });
    expect(body).toMatchObject({ outcome: 'notGradable', grade: null, missing: ['foundations'] });
  });

  it('lists what is wrong with what was counted, by field', async () => {
    const bad = { ...INPUT, floors: [{ no: 1, members: [{ kind: 'wall', total: 1, dangerous: 1 }] }] };
    const { status, body } = await post('/appraisals/compute', bad);
    expect([status, body.code, body.faults[0].at]).toEqual([
      422,
      'GRD-003',
      'floors.0.members.0.dangerousAt',
    ]);
  });
});

describe('an appraisal', () => {
  it('sets the grade, shows where the computation parts from the verdict, and keeps the handling apart', async () => {
    const id = await building('B');
    const filed = await post('/appraisals', report(id, { input: INPUT, grade: 'D', handling: 'stopUse' }));
    expect([filed.status, filed.body.gradeBefore, filed.body.gradeAfter]).toEqual([201, 'B', 'D']);
    expect(filed.body).toMatchObject({ handling: 'stopUse', isInForce: true, computed: { grade: 'B' } });
    expect(filed.body.differences).toEqual([{ what: 'grade', computed: 'B', agency: 'D' }]);
    const { body } = await call('GET', `/assets/${id}`);
    expect(body.properties.grade).toBe('D');
    const list = await call('GET', `/appraisals?buildingId=${id}`, undefined, 'vera');
    expect(list.body.items.map((each: Record<string, unknown>) => each.id)).toEqual([filed.body.id]);
    expect((await call('GET', `/appraisals/${filed.body.id}`)).body.reportNumber).toBe(filed.body.reportNumber);
  }); // prettier-ignore

  it.each(['alarm', 'sensor', 'checkup', 'survey'])('is not made of a %s', async basis => {
    const id = await building('C');
    expectRefused(await post('/appraisals', report(id, { basis, grade: 'A' })), 'GRD-001', 'basis.notReport');
    expect((await call('GET', `/assets/${id}`)).body.properties.grade).toBe('C');
  });

  it('without the report is refused', async () => {
    const id = await building();
    expectRefused(await post('/appraisals', report(id, { report: null })), 'GRD-001', 'report.fileMissing');
  });

  it.each(['heritage', 'historic', 'unknown'])(
    'does not tear down a building of status %s',
    async protection => {
      const id = await building('C', protection);
      const torn = report(id, { grade: 'D', handling: 'demolish' });
      expectRefused(await post('/appraisals', torn), 'GRD-001', 'demolish.protected');
      const facts = await call('GET', `/appraisals/facts/${id}`);
      expect(facts.body.proposals.D).toEqual(['stopUse', 'treatedUse']);
      const plan = { plan: file('b'), approval: file('c'), approvedBy: '市文物局' };
      expect((await post('/appraisals', { ...torn, protectionPlan: plan })).status).toBe(201);
    },
  );

  it('may tear down one that is known to be free', async () => {
    const id = await building('C', 'none');
    expect((await post('/appraisals', report(id, { grade: 'D', handling: 'demolish' }))).status).toBe(201);
    expect((await call('GET', `/appraisals/facts/${id}`)).body.proposals.D).toContain('demolish');
  });

  it('is filed by engineers, on buildings that they see', async () => {
    const id = await building();
    expect((await post('/appraisals', report(id), 'otto')).body.code).toBe('AUT-004');
    expect((await post('/appraisals', report(id), 'gas-engineer')).status).toBe(404);
    expect((await post('/appraisals', report('nothing'))).status).toBe(404);
  });
});

it('the registry does not regrade', async () => {
  const id = await building('C');
  const edit = await call('PATCH', `/assets/${id}`, { properties: { grade: 'A' } });
  expect([edit.status, edit.body.code]).toEqual([409, 'GRD-002']);
  expect(edit.body.remedy).toContain('/api/v1/appraisals');
});

const hazard = (buildingId: string, over: Json = {}): Json => ({
  buildingId, source: 'checkup', sourceId: 'chk-1', title: '承重墙裂缝', where: '一层 B-3', fileIds: [BEFORE], ...over,
}); // prettier-ignore
const step = (id: string, kind: string, over: Json = {}, as = 'otto'): Promise<Reply> =>
  post(`/hazards/${id}/transition`, { kind, note: '现场', ...over }, as);

async function taken(id: string, ...steps: [string, Json?, string?][]): Promise<void> {
  for (const [kind, over, as] of steps) {
    const reply = await step(id, kind, over, as);
    expect([kind, reply.status, reply.body.detail]).toEqual([kind, 200, undefined]);
  }
}
const reported = async (): Promise<string> =>
  (await post('/hazards', hazard(await building()), 'ines')).body.id as string;
const TO_REPAIRED: [string, Json?, string?][] = [
  ['registered', { level: 'severe' }],
  ['controlled', { measure: 'moveOut' }],
  ['dispatched', { orgId: 'city', person: '王工' }],
  ['repairStarted', { plan: '压力注浆' }],
  ['repaired', { fileIds: [AFTER] }],
];

it('takes no evidence that nobody has sent: a hash alone proves nothing', async () => {
  const id = await building('D');
  const unsent = { fileId: 'x', sha256: 'f'.repeat(64) };
  const filed = await post('/appraisals', report(id, { grade: 'A', report: unsent }));
  expect([filed.status, filed.body.code]).toEqual([422, 'FIL-012']);
  const found = await post('/hazards', hazard(id, { fileIds: ['f'.repeat(64)] }), 'ines');
  expect([found.status, found.body.code]).toEqual([422, 'FIL-012']);
  const hazardId = await reported();
  await taken(hazardId, ...TO_REPAIRED.slice(0, -1));
  const repaired = await step(hazardId, 'repaired', { fileIds: ['f'.repeat(64)] });
  expect([repaired.status, repaired.body.code]).toEqual([422, 'FIL-012']);
  expect((await call('GET', `/buildings/${id}`)).body.grade ?? 'D').toBe('D');
});

describe('a hazard', () => {
  it('goes from discovery to closure, with photos before and after', async () => {
    const id = await reported();
    await taken(id, ...TO_REPAIRED, ['accepted', {}, 'enno'], ['controlLifted', { measure: 'moveOut' }], ['closed']);
    const { body } = await call('GET', `/hazards/${id}`, undefined, 'vera');
    expect(body).toMatchObject({ stage: 'closed', level: 'severe', photosBefore: [BEFORE], photosAfter: [AFTER], nextSteps: ['lookedBack', 'reopened'] });
    expect(body.steps).toHaveLength(8);
    expect(body.timers).toMatchObject([{ kind: 'lookBack', overdue: false }]);
    await taken(id, ['lookedBack', { finding: 'recurred' }]);
    expect((await call('GET', `/hazards/${id}`)).body).toMatchObject({ stage: 'registered', reopenedCount: 1 });
  }); // prettier-ignore

  it('is not closed without acceptance', async () => {
    const id = await reported();
    expectRefused(await step(id, 'closed'), 'HAZ-001', 'close.notAccepted');
    await taken(id, ...TO_REPAIRED);
    expectRefused(await step(id, 'closed'), 'HAZ-001', 'close.notAccepted');
  });

  it('is not accepted by who repaired it, nor closed while people are kept away', async () => {
    const id = await reported();
    await taken(id, ...TO_REPAIRED);
    expectRefused(await step(id, 'accepted'), 'HAZ-001', 'accept.sameHands');
    expectRefused(await step(id, 'controlLifted', { measure: 'moveOut' }), 'HAZ-001', 'control.tooEarly');
    await taken(id, ['accepted', {}, 'enno']);
    expectRefused(await step(id, 'closed'), 'HAZ-001', 'close.controls');
  });

  it('is not worked on while people use what is severe, nor called repaired without a photo', async () => {
    const id = await reported();
    await taken(id, ['registered', { level: 'severe' }], ['dispatched', { orgId: 'city', person: '' }]);
    expectRefused(await step(id, 'repairStarted', { plan: 'x' }), 'HAZ-001', 'repair.controlMissing');
    await taken(id, ['controlled', { measure: 'closeOff' }], ['repairStarted', { plan: 'x' }]);
    expectRefused(await step(id, 'repaired'), 'HAZ-001', 'repaired.photoMissing');
  });

  it('is extended by someone else than who asked', async () => {
    const id = await reported();
    await taken(id, ['registered', { level: 'minor' }], ['dispatched', { orgId: 'city', person: '' }]);
    const dueAt = new Date(bed.clock.now() + 200 * 86_400_000).toISOString();
    await taken(id, ['extensionAsked', { dueAt }]);
    expectRefused(await step(id, 'extensionGranted'), 'HAZ-001', 'extension.sameHands');
    await taken(id, ['extensionGranted', {}, 'enno']);
    const { body } = await call('GET', `/hazards/${id}`);
    expect(body).toMatchObject({ extensionsGranted: 1, timers: [{ kind: 'repair', dueAt }] });
    expect(body.steps.find((each: Json) => each.kind === 'extensionAsked').payload.dueAt).toBe(dueAt);
  });

  it('is refused what the edge can see', async () => {
    const id = await reported();
    expect((await step(id, 'registered', { level: 'huge' })).status).toBe(400);
    expect((await step(id, 'exploded')).status).toBe(400);
    expect((await step(id, 'registered', { level: 'minor', more: 1 })).status).toBe(400);
    expect((await step('nothing', 'closed')).status).toBe(404);
    expect((await step(id, 'closed', {}, 'ines')).body.code).toBe('AUT-004');
    const tomorrow = new Date(bed.clock.now() + 86_400_000).toISOString();
    const early = await post('/hazards', hazard(await building(), { foundAt: tomorrow }), 'ines');
    expect([early.status, early.body.code]).toEqual([422, 'HAZ-002']);
    expect((await post('/hazards', hazard('nothing'), 'ines')).status).toBe(404);
  });

  it('counts in the statistics, and follows the terms that someone sets for all', async () => {
    const id = await reported();
    bed.clock.advance(1);
    const { body } = await call('GET', '/hazards/statistics', undefined, 'vera');
    expect(body.found).toBeGreaterThan(0);
    expect(body.closed + body.open).toBeGreaterThan(0);
    const { body: terms } = await call('GET', '/hazards/terms');
    expect(terms).toMatchObject({ standing: 'provisional', version: 0 });
    const { version: _version, ...settings } = terms;
    const put = { ...settings, registerHours: 1 };
    expect((await call('PUT', '/hazards/terms', put, 'gas-engineer')).body.code).toBe('API-014');
    expect((await call('PUT', '/hazards/terms', { ...put, escalateAfterHours: [3, 2, 1] })).status).toBe(400);
    expect((await call('PUT', '/hazards/terms', put)).body.version).toBe(1);
    const [timer] = (await call('GET', `/hazards/${id}`)).body.timers;
    expect(timer).toMatchObject({ kind: 'register', overdue: false });
    expect(Date.parse(timer.dueAt) - bed.clock.now()).toBe(3_600_000 - 1);
    expect((await call('GET', '/hazards?state=overdue')).body.items).toEqual([]);
    expect((await call('GET', '/hazards/statistics?from=2000-01-01T00:00:00Z')).body.code).toBe('HAZ-003');
  });
});

describe('the watch', () => {
  async function watched(grade = 'C', protection?: string): Promise<{ id: string; plan: Json }> {
    const id = await building(grade, protection);
    await bed.records.devices.create(device(`dev-${id}`, id), SYSTEM);
    const tilt = sensor(`${id}.tilt`, id, `dev-${id}`, { quantity: 'building.tilt', unit: 'mm/m' });
    await bed.records.sensors.create(tilt, SYSTEM);
    const made = await post('/watch-plans', { buildingId: id });
    expect([made.status, made.body.detail]).toEqual([201, undefined]);
    return { id, plan: made.body };
  }
  const editOf = ({ items, duty, measures, patrolEveryDays, confirmMinutes, checkupFrom }: Json): Json => ({
    items, duty, measures, patrolEveryDays, confirmMinutes, checkupFrom,
  }); // prettier-ignore

  it('starts from grade and sensors, and its limits are rules that raise alarms', async () => {
    const { id, plan } = await watched();
    expect(plan.items[0]).toMatchObject({ quantity: 'building.tilt', sensorIds: [`${id}.tilt`], amount: { yellow: 10, orange: 14, red: 20 }, standing: 'provisional' });
    const rules = await call('GET', `/rules?q=${encodeURIComponent(plan.buildingName)}`);
    expect(rules.body.items).toHaveLength(2);
    expect(rules.body.items.map((each: { condition: { type: string } }) => each.condition.type).sort()).toEqual(['threshold', 'trend']);
    const tilt = rules.body.items.find((each: Json) => each.condition.type === 'threshold');
    expect(tilt).toMatchObject({ enabled: true, appliesTo: { sensorIds: [`${id}.tilt`] }, source: { kind: 'assumption' } });
    expect(tilt.condition.limits).toContainEqual({ severity: 'red', above: 20, clearBelow: 18 });
  }); // prettier-ignore

  it('is for C and D, once', async () => {
    const { id } = await watched();
    expectRefused(await post('/watch-plans', { buildingId: id }), 'WAT-001', 'plan.twice');
    expectRefused(await post('/watch-plans', { buildingId: await building('B') }), 'WAT-001', 'plan.grade');
    const bare = await building('D');
    const list = await call('GET', '/watch-plans/unwatched', undefined, 'vera');
    expect(list.body.items).toContainEqual({ buildingId: bare, buildingName: `楼 ${bare}`, grade: 'D' });
    expect(list.body.items.map((each: Record<string, unknown>) => each.buildingId)).not.toContain(id);
  });

  it('is edited, and its rules follow', async () => {
    const { plan } = await watched();
    const edit = editOf(plan);
    edit.items[0].amount = { yellow: 5, orange: 7, red: 9 };
    edit.items[0].rate = null;
    const put = await call('PUT', `/watch-plans/${plan.id}`, edit);
    expect([put.status, put.body.version]).toEqual([200, 2]);
    const rules = (await call('GET', `/rules?q=${encodeURIComponent(plan.buildingName)}`)).body.items;
    const by = (type: string): Json => rules.find((each: Json) => each.condition.type === type);
    expect(by('threshold').condition.limits).toContainEqual({ severity: 'red', above: 9, clearBelow: 8.1 });
    expect(by('trend').enabled).toBe(false);
    const stale = await bed.call('PUT', `${API}/watch-plans/${plan.id}`, { as: 'enno', body: edit, headers: { 'if-match': '"1"' } });
    expect([stale.status, stale.body.code]).toEqual([412, 'PGR-006']);
  }); // prettier-ignore

  it('takes no broken limits, no sensors of others, no demolition of what is protected', async () => {
    const { plan } = await watched('C', 'heritage');
    const edit = (over: Json): Promise<Reply> =>
      call('PUT', `/watch-plans/${plan.id}`, { ...editOf(plan), ...over });
    const [item] = plan.items;
    expectRefused(await edit({ items: [{ ...item, amount: { yellow: 3, orange: 2, red: 1 } }] }), 'WAT-001', 'plan.limits');
    const strange = await edit({ items: [{ ...item, sensorIds: ['elsewhere'] }] });
    expect([strange.status, strange.body.code]).toEqual([422, 'WAT-004']);
    const at = new Date(bed.clock.now()).toISOString();
    const measure = { id: 'm1', kind: 'demolition', title: '拆除', plannedFrom: at, plannedTo: at, progressPercent: 0, note: '', approvalFileIds: [] };
    expectRefused(await edit({ measures: [measure] }), 'WAT-001', 'measure.protected');
    expect((await edit({ measures: [{ ...measure, kind: 'reinforcement', progressPercent: 40 }] })).status).toBe(200);
  }); // prettier-ignore

  it('ends only by a new report', async () => {
    const { id, plan } = await watched();
    expectRefused(await post(`/watch-plans/${plan.id}/end`), 'WAT-001', 'end.noAppraisal');
    bed.clock.advance(1_000);
    await post('/appraisals', report(id, { grade: 'C' }));
    expectRefused(await post(`/watch-plans/${plan.id}/end`), 'WAT-001', 'end.stillDangerous');
    bed.clock.advance(1_000);
    const relief = await post('/appraisals', report(id, { grade: 'B', handling: null }));
    expect(relief.body).toMatchObject({ gradeAfter: 'B', endedPlanId: plan.id });
    const ended = await call('GET', `/watch-plans/${plan.id}`);
    expect(ended.body.endedByAppraisalId).toBe(relief.body.id);
    const rules = (await call('GET', `/rules?q=${encodeURIComponent(plan.buildingName)}`)).body.items;
    expect(rules.map((each: Record<string, unknown>) => each.enabled)).toEqual([false, false]);
    expectRefused(await post(`/watch-plans/${plan.id}/end`), 'WAT-001', 'plan.ended');
  });

  it('reports what was seen, and says when too little was', async () => {
    const { id, plan } = await watched();
    const at = bed.clock.now();
    const readings = [0, 1, 2].map(i => ({ sensorId: `${id}.tilt`, at: at + i * 100_000, value: 12 + i, quality: 1 as const }));
    await bed.store.append(readings);
    bed.clock.advance(600_000);
    const { body } = await call('GET', `/watch-plans/${plan.id}/report?month=2026-11`, undefined, 'vera');
    expect(body).toMatchObject({ verdict: 'warning', worst: 'orange', unwatched: ['settlement'] });
    expect(body.sensors[0]).toMatchObject({ readings: 3, expected: 1, coverage: 1, max: { value: 14 } });
    expect((await call('GET', `/watch-plans/${plan.id}/report?month=2026-10`)).body.code).toBe('WAT-003');
    expect((await call('GET', `/watch-plans/${plan.id}/report`)).body.verdict).toBe('warning');
    expect((await call('GET', `/watch-plans/${plan.id}/report?month=2026-11&week=2026-11-22`)).status).toBe(400);
    const pdf = await bed.call('GET', `${API}/reports/watch/${id}.pdf?month=2026-11`, { as: 'vera' });
    expect([pdf.status, pdf.headers.get('content-type'), pdf.text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await call('GET', `/reports/watch/${id}.pdf?month=2026-10`)).body.code).toBe('WAT-003');
    expect((await call('GET', '/reports/watch/nothing.pdf')).status).toBe(404);
  }); // prettier-ignore

  it('demands a special check-up for an earthquake, once', async () => {
    const { id } = await watched();
    const quake = { buildingId: id, cause: 'earthquake', reason: '4.5 级' };
    const first = await post('/checkup-demands', quake, 'ines');
    expect([first.status, (await post('/checkup-demands', quake, 'ines')).body.id]).toEqual([
      201,
      first.body.id,
    ]);
    const open = await call('GET', `/checkup-demands?buildingId=${id}`, undefined, 'vera');
    expect(open.body.items).toMatchObject([{ cause: 'earthquake', metAt: null }]);
  });
});
