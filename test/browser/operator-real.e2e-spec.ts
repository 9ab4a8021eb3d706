import type { Page } from 'playwright-core';
import type {
  AlarmShape,
  AlarmSettingsShape,
  Page as List,
  RoutesShape,
  ServiceWindowShape,
} from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send } from '../support/device';
import { eventually } from '../support/eventually';
import { ADMIN_PASSWORD, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { browsing, enterReal } from './open-page';

/** Plans and notifications, page and program together: what is saved holds, and alarms do what it says. */
let server: ServerProcess;
let api: ApiClient;
const { newPage } = browsing();

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  const device = await register(api, 'w1', [{ channel: 'ch4' }]);
  await api.must('/rules', {
    id: 'gas',
    name: '井内可燃气体',
    appliesTo: { quantity: 'gas.combustible' },
    condition: { type: 'threshold', limits: [{ severity: 'yellow', above: 20, clearBelow: 18 }] },
    source: { kind: 'assumption', why: '演示', reviewBy: '2027-06-30' },
  });
  const client = await connectDevice(server.mqtt, device);
  await send(client, 'w1', Date.now(), { ch4: 30 });
  await client.endAsync();
  await eventually(async () => (await alarm()) !== undefined);
});
afterAll(async () => {
  await server?.kill();
  removeDataDirs();
});

const alarm = async (): Promise<AlarmShape | undefined> =>
  (await api.get<List<AlarmShape>>('/alarms')).body.items[0];
const enter = async (path: string): Promise<Page> =>
  enterReal(await newPage(), server.http + path, 'admin', ADMIN_PASSWORD);

it('puts the alarms of an asset out of service by a window planned in the page, and back when it ends', async () => {
  const page = await enter('/plans');
  await page.getByTestId('window-new').click();
  await page.getByLabel('作业内容').fill('探头标定');
  await page.getByLabel('对象', { exact: true }).fill('w1');
  await page.keyboard.press('Enter');
  await page.locator('.plan-form h3').first().click();
  await page.getByLabel('开始日期').fill('2026-01-01');
  await page.getByLabel('开始时间').fill('00:00');
  await page.getByLabel('每次时长', { exact: true }).fill('24');
  await page.getByTestId('repeat-kind').getByText('每天').click();
  await page.locator('[data-testid=turns][data-count="5"]').waitFor();
  await page.getByTestId('window-save').click();
  await page.locator('[data-window-id] [data-state=now]').waitFor();
  const { body } = await api.get<List<ServiceWindowShape>>('/service-windows');
  expect(body.items).toMatchObject([
    { assetIds: ['w1'], rrule: 'FREQ=DAILY', startAt: '2025-12-31T16:00:00.000Z', durationMs: 86_400_000 },
  ]);
  await eventually(async () => (await alarm())?.outOfService?.reason === '探头标定');

  await page.getByTestId('window-edit').click();
  await page.getByTestId('who-planned').getByText('admin').waitFor();
  await page.getByTestId('window-form').getByRole('button', { name: '取消' }).click();
  await page.getByTestId('window-remove').click();
  await page.locator('.ant-popconfirm-buttons').getByText('立即结束').click();
  await page.getByText('没有计划中的停用窗口').waitFor();
  await eventually(async () => ((await alarm())?.outOfService ?? null) === null);
});

it('makes an inhibition and edits the settings of alarms, each on the version that was shown', async () => {
  const page = await enter('/plans?tab=inhibitions');
  await page.getByTestId('inhibition-new').click();
  await page.getByLabel('原因报警 规则').fill('gas');
  await page.keyboard.press('Enter');
  await page.locator('.plan-form h3').first().click();
  await page.getByLabel('说明').fill('同井其他报警由它引起');
  await page.getByTestId('inhibition-save').click();
  await page.locator('[data-inhibition-id]').getByText('同井其他报警由它引起').waitFor();
  await page.getByTestId('page-tabs').getByText('报警生命周期').click();
  await page.getByText('尚无人审定').waitFor();
  await page.getByLabel('最长搁置 红', { exact: true }).fill('20');
  await page.getByTestId('settings-save').click();
  await page.locator('[data-testid=settings-form][data-version="2"]').waitFor();
  await page.getByLabel('响应', { exact: true }).fill('0.5');
  await page.getByTestId('settings-save').click();
  await page.locator('[data-path="dutyMs.respond"]').getByRole('alert').waitFor();
  const { body } = await api.get<AlarmSettingsShape>('/alarm-settings');
  expect([body.version, body.shelveMsMax.red, body.dutyMs.respond]).toEqual([2, 1_200_000, 600_000]);
});

it('sets who is told, who is on duty and how one is reached, and says what a channel answers', async () => {
  const page = await enter('/notify?tab=rota');
  await page.getByTestId('rota-new').click();
  await page.getByLabel('名称').fill('值班台');
  await page.getByTestId('shift-row').getByLabel('值班人（用户名）').fill('admin');
  await page.keyboard.press('Enter');
  await page.locator('.plan-form h3').first().click();
  await page.getByTestId('rota-save').click();
  // By day only: the nights have nobody.
  await page.getByTestId('rota-gaps').waitFor();
  await page.getByTestId('page-tabs').getByText('通知对象').click();
  await page.getByTestId('route-new').click();
  await page.getByLabel('值班表与角色').fill('值班台');
  await page.keyboard.press('Enter');
  await page.locator('.plan-form h3').first().click();
  await page.getByTestId('route-save').click();
  await page.locator('[data-route-id=route-1]').getByText('值班表“值班台”').waitFor();
  const { body } = await api.get<RoutesShape>('/notify/routes');
  expect(body.items).toMatchObject([
    { id: 'route-1', tiers: [{ afterSeconds: 0, audiences: [{ kind: 'rota', rotaId: 'rota-1' }] }] },
  ]);

  await page.getByTestId('page-tabs').getByText('联系方式').click();
  await page.getByTestId('contact-add').click();
  await page.getByTestId('contact-row').getByLabel('地址或号码').fill('admin@example.cn');
  await page.getByTestId('contact-save').click();
  await page.locator('[data-testid=contact-form][data-version="1"]').waitFor();
  // The program runs without a mail server.
  await page.getByTestId('contact-row').getByText('本平台没有此渠道').waitFor();
  await page.getByTestId('page-tabs').getByText('发送情况').click();
  await page.getByTestId('test-send').click();
  await page.getByTestId('send-test').getByRole('alert').getByText('NTF-005').waitFor();
});
