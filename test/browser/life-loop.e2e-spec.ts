import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import type { MqttClient } from 'mqtt';
import { CHECKUP_FORMS } from '@anmai/lifecycle';
import { asDraft, attachmentsOf, filled } from '@anmai/lifecycle/testing/filled';
import type {
  AlarmShape,
  CheckupDemandShape,
  HazardShape,
  Page as List,
  TimelineEntryShape,
  WatchPlanShape,
} from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, send } from '../support/device';
import { eventually } from '../support/eventually';
import { ADMIN_PASSWORD, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { browsing, enterReal } from './open-page';

/**
 * The whole loop on one building: a report calls it C, it comes under watch, a sensor alarms, a special check-up is done, a
 * hazard is controlled, repaired, accepted and closed, and a new report ends the watch. Page and program together.
 */
const BUILDING = 'lou-17';
const NAME = '百花里 17 号楼';
const PASSWORD = 'only-for-the-tests-2';
const FORM = CHECKUP_FORMS.masonry;
const run = promisify(execFile);

let server: ServerProcess;
let admin: ApiClient;
let device: MqttClient;
const { newPage } = browsing();
const folder = mkdtempSync(join(tmpdir(), 'anmai-loop-'));
const reportFile = join(folder, 'report.pdf');
const photoFile = join(folder, 'after.png');

beforeAll(async () => {
  // The smallest files that say what they are.
  writeFileSync(reportFile, '%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
  writeFileSync(photoFile, Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')); // prettier-ignore
  server = await startServer();
  admin = await ApiClient.login(server.http);
  await people();
  await house();
});
afterAll(async () => {
  await device?.endAsync();
  await server?.kill();
  removeDataDirs();
  rmSync(folder, { recursive: true });
});

async function people(): Promise<void> {
  await admin.must('/orgs', { id: 'agency', name: '市房屋安全鉴定所', parentId: 'city' });
  const user = (username: string, role: string, orgId: string) =>
    admin.must('/users', { username, displayName: username, role, orgId, password: PASSWORD });
  await user('enno', 'engineer', 'city');
  await user('ina', 'inspector', 'agency');
  await user('ivo', 'inspector', 'agency');
  const choices = { items: [{ from: '2026-01-01', ruleSetId: 'nantong', ruleSetVersion: 1 }] };
  expect((await admin.call('PUT', '/checkups/regimes/city', choices)).status).toBe(200);
  const agency = { orgId: 'agency', name: '市房屋安全鉴定所', qualifications: ['building-design'], streets: [], capacityByMonth: Array.from({ length: 12 }, () => 9) };
  expect((await admin.call('PUT', '/checkups/agencies/agency', agency)).status).toBeLessThan(300);
} // prettier-ignore

async function house(): Promise<void> {
  await admin.must('/buildings', {
    ...{ id: BUILDING, orgId: 'city', name: NAME, structure: 'masonry', storeys: 4, heightM: 12, protection: 'none' },
    address: { district: '中原区', street: '林山寨街道', road: '伏牛路', number: '88 号' },
  });
  await admin.must('/devices', { id: 'node-17', name: '倾角计', assetId: BUILDING, model: 'T1' });
  await admin.must('/sensors', {
    ...{ id: 'lou-17.tilt', assetId: BUILDING, deviceId: 'node-17', channel: 'tilt', name: '东墙倾角' },
    ...{ quantity: 'building.tilt', unit: 'mm/m', expectedEverySeconds: 600 },
  });
  const login = await admin.must<{ username: string; password: string }>('/devices/node-17/credentials');
  device = await connectDevice(server.mqtt, { deviceId: 'node-17', ...login });
} // prettier-ignore

const enter = async (path: string, user = 'admin', password = ADMIN_PASSWORD): Promise<Page> =>
  enterReal(await newPage(), server.http + path, user, password);
/** What a person keeps of a moment, when somebody wants to look. */
async function shot(page: Page, name: string): Promise<void> {
  const keep = process.env['ANMAI_KEEP_SHOTS'];
  if (keep !== undefined) await page.screenshot({ path: join(keep, `${name}.png`) });
}

/** Files an appraisal report on the building's page. */
async function fileReport(page: Page, grade: 'B' | 'C', reportNumber: string): Promise<void> {
  await page.goto(`${server.http}/buildings/${BUILDING}?view=grading`);
  await page.getByTestId('appraisal-new').click();
  const form = page.getByTestId('appraisal-form');
  await form.getByTestId('apr-agency').fill('市房屋安全鉴定所');
  await form.getByTestId('apr-reportNumber').fill(reportNumber);
  await form.getByTestId('apr-day').fill(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
  await form.getByTestId('apr-grade').click();
  await page.locator('.ant-select-item-option').getByText(grade, { exact: true }).click();
  await form.getByTestId('apr-report').setInputFiles(reportFile);
  await form.getByTestId('apr-report-in').waitFor();
  await shot(page, `report-${grade}`);
  await form.getByTestId('apr-file').click();
  await page.locator('.appraisal').getByText(reportNumber).waitFor();
}

const step = async (page: Page, kind: string, fill: (form: ReturnType<Page['getByTestId']>) => Promise<void> = async () => undefined): Promise<void> => {
  const form = page.getByTestId('hazard-step');
  await form.locator(`[data-step="${kind}"]`).click();
  await form.getByTestId('step-note').fill('现场核实');
  await fill(form);
  await form.getByTestId('step-go').click();
}; // prettier-ignore
const stageIs = (page: Page, stage: string) =>
  page.locator(`[data-testid=hazard][data-stage="${stage}"]`).waitFor();

async function specialCheckup(): Promise<void> {
  const demand = await eventually(async () => {
    const { body } = await admin.get<{ items: CheckupDemandShape[] }>(`/checkup-demands?buildingId=${BUILDING}`);
    return body.items[0] ?? false;
  });
  expect(demand).toMatchObject({ cause: 'alarm', severity: 'red', metAt: null });
  const dueOn = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await admin.must('/checkups', {
    ...{ id: 'special-1', buildingId: BUILDING, kind: 'special', agencyId: 'agency', inspectors: ['ina', 'ivo'], dueOn },
    form: { id: FORM.id, version: FORM.version },
    demand: { cause: 'alarm', reason: '倾斜红色报警', refId: demand.alarmIds[0] },
  });
  const ina = await ApiClient.login(server.http, 'ina', PASSWORD);
  const now = Date.now();
  const sign = (username: string) => ({ username, name: username, certificate: null, fileId: `sig-${username}`, signedAt: now });
  await ina.must('/checkups/special-1/submit', {
    ...{ deviceId: 'phone-1', deviceAt: now, form: { id: FORM.id, version: FORM.version } },
    fields: asDraft(filled(FORM), { deviceId: 'phone-1', by: 'ina', at: now }),
    ...{ signatures: [sign('ina'), sign('ivo')], attachments: attachmentsOf(filled(FORM), ['sig-ina', 'sig-ivo']), startedAt: now - 3_600_000, finishedAt: now },
  });
} // prettier-ignore

/** Repair, acceptance by another pair of eyes, closure: nothing of it may be skipped. */
async function closeHazard(page: Page, id: string): Promise<void> {
  await step(page, 'repairStarted', async form => form.getByLabel('整改方案').fill('压力注浆及面层加固'));
  await stageIs(page, 'repairing');
  await step(page, 'repaired', async form => {
    await form.getByTestId('step-files').setInputFiles(photoFile);
    await form.getByTestId('step-files-in').waitFor();
  });
  await stageIs(page, 'repaired');
  await step(page, 'accepted');
  await page.locator('[data-testid=safety-refusal][data-code="accept.sameHands"]').waitFor();
  await shot(page, 'refused');
  const early = await admin.post(`/hazards/${id}/transition`, { kind: 'closed' });
  expect(early).toMatchObject({ status: 409, body: { refusal: { code: 'close.notAccepted' } } });
  const enno = await enter(`/hazards?view=${id}`, 'enno', PASSWORD);
  await step(enno, 'accepted');
  await stageIs(enno, 'accepted');
  await step(enno, 'controlLifted', async form => {
    await form.getByLabel('措施').click({ force: true });
    await enno.locator('.ant-select-item-option').getByText('搬离').click();
  });
  await enno.locator('[data-testid=hazard] .hazard-control').waitFor({ state: 'detached' });
  await step(enno, 'closed');
  await stageIs(enno, 'closed');
  await shot(enno, 'closed');
}

it('goes from an alarm to the end of the watch, and the timeline tells it in order', async () => {
  const page = await enter('/');
  await fileReport(page, 'C', '鉴-2026-018');
  await page.goto(`${server.http}/buildings/${BUILDING}?view=watch`);
  await page.getByTestId('not-watched').waitFor();
  await page.getByTestId('watch-start').click();
  await page.getByTestId('watch-edit').click();
  await page.getByTestId('duty-add').click();
  await page.getByTestId('duty-name').fill('张主任');
  await page.getByTestId('duty-phone').fill('0371-6789012');
  await page.getByTestId('measure-add').click();
  await page.getByTestId('measure-title').fill('承重墙加固');
  await shot(page, 'plan-form');
  await page.getByTestId('watch-save').click();
  await page.locator('[data-measure="m-1"]').waitFor();

  await send(device, 'node-17', Date.now(), { tilt: 2 });
  await send(device, 'node-17', Date.now(), { tilt: 21 });
  const alarm = await eventually(
    async () => (await admin.get<List<AlarmShape>>(`/alarms?asset=${BUILDING}`)).body.items[0] ?? false,
  );
  expect(alarm.severity).toBe('red');
  const duty = page.getByTestId('duty-round');
  await duty.waitFor();
  await page.getByTestId('checkup-demands').getByText('需要动态体检').waitFor();
  await shot(page, 'duty');
  await duty.locator('[data-person="p-1"] [data-outcome="left"]').click();
  await page.locator('[data-testid=duty-round][data-complete="true"]').waitFor();
  await duty.getByTestId('duty-end').click();
  await duty.waitFor({ state: 'detached' });
  await specialCheckup();
  await page.getByTestId('checkup-demands').waitFor({ state: 'detached' });

  await page.goto(`${server.http}/buildings/${BUILDING}?view=hazards`);
  await page.getByTestId('hazard-new').click();
  await page.getByTestId('hazard-title').fill('东墙外倾');
  await page.getByTestId('hazard-where').fill('一至四层东山墙');
  await page.getByTestId('hazard-send').click();
  await stageIs(page, 'found');
  await step(page, 'registered');
  await stageIs(page, 'registered');
  await step(page, 'controlled', async form => {
    await form.getByLabel('措施').click({ force: true });
    await page.locator('.ant-select-item-option').getByText('搬离').click();
  });
  await page.locator('[data-testid=hazard] dd').getByText('执行中').waitFor();
  await step(page, 'dispatched', async form => {
    await form.getByTestId('step-org').click();
    await page.locator('.ant-select-item-option').first().click();
  });
  await stageIs(page, 'dispatched');
  await shot(page, 'hazard');
  const { body } = await admin.get<List<HazardShape>>(`/hazards?buildingId=${BUILDING}`);
  await closeHazard(page, body.items[0]!.id);

  await page.goto(`${server.http}/buildings/${BUILDING}?view=watch`);
  await page.getByTestId('watch-end').click();
  await page.locator('[data-testid=safety-refusal][data-code="end.noAppraisal"]').waitFor();
  await fileReport(page, 'B', '鉴-2026-042');
  await page.goto(`${server.http}/buildings/${BUILDING}?view=watch`);
  await page.locator('[data-testid=watch-plan][data-ended="true"]').waitFor();
  await shot(page, 'ended');
  const plans = await admin.get<List<WatchPlanShape>>(`/watch-plans?state=open&buildingId=${BUILDING}`);
  expect(plans.body.items).toEqual([]);
  const asset = await admin.get<{ properties: { grade: string } }>(`/assets/${BUILDING}`);
  expect(asset.body.properties.grade).toBe('B');
  await page.goto(`${server.http}/buildings/${BUILDING}?view=timeline`);
  await page.locator('[data-testid=timeline] li[data-change="ended"]').waitFor();
  await shot(page, 'timeline');
  expect(await told()).toEqual(STORY);
}, 240_000);

/** What happened to the building, oldest first. */
async function told(): Promise<string[]> {
  const { body } = await admin.get<List<TimelineEntryShape>>(`/buildings/${BUILDING}/timeline?limit=200`);
  const lines = body.items.toReversed().map(entry => `${entry.kind} ${entry.change}`);
  // What the monitor says of its own alarm and incident stands among it, when it comes.
  return lines.filter(line => !/^(incident|checkup planned|alarm (cleared|closed))/.test(line));
}
const STORY = [
  'file created', 'appraisal filed', 'watch started', 'watch changed', 'alarm raised', 'watch dutyStarted', 'watch checkupDemanded',
  'watch called', 'watch evacuated', 'watch stoodDown', 'checkup submitted', 'watch checkupDemandMet', 'hazard found',
  'hazard registered', 'hazard controlled', 'hazard dispatched', 'hazard repairStarted', 'hazard repaired', 'hazard accepted',
  'hazard controlLifted', 'hazard closed', 'appraisal relieved', 'watch ended',
]; // prettier-ignore

it('gives the month of it as a report fit to be handed over', async () => {
  const reply = await fetch(`${server.http}/api/v1/reports/watch/${BUILDING}.pdf`, {
    headers: { authorization: `Bearer ${admin.token}` },
  });
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const path = join(folder, 'month.pdf');
  writeFileSync(path, Buffer.from(await reply.arrayBuffer()));
  const text = (await run('pdftotext', [path, '-'])).stdout.replace(/\s+/g, '');
  for (const part of [
    'C级房屋安全监测月报',
    '百花里17号楼',
    '危险',
    '1/1',
    '承重墙加固',
    '不改变房屋鉴定等级',
  ])
    expect(text).toContain(part);
  const keep = process.env['ANMAI_KEEP_SHOTS'];
  if (keep !== undefined) await run('pdftoppm', ['-r', '70', '-png', path, join(keep, 'month')]);
});
