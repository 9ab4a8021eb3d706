import type { Page } from 'playwright-core';
import type { FakeOptions } from './fake-api';
import { ONE_RED } from './fake-alarms';
import { fakePages } from './open-page';

/** Who is told of what, and what became of each message, in a real browser against a fake platform. */
const pages = fakePages({ role: 'engineer', alarms: () => ONE_RED });
const enter = async (path: string, options?: Partial<FakeOptions>): Promise<Page> =>
  (await pages.enter(path, options)).page;
const message = (page: Page, id: string) => page.locator(`[data-message-id="${id}"]`);
const state = (page: Page, name: string) => page.getByTestId('outbox-state').getByText(name);

it('says first what nobody was told of, and what was given up, why, and sends it again', async () => {
  const page = await enter('/notify');
  await page.getByTestId('notify-gaps').getByText('当时没有人值班').waitFor();
  await page.locator('[data-channel=wecom]').getByText('本平台没有此渠道').waitFor();
  await message(page, 'm-dead').getByText('网关返回 HTTP 502').waitFor();
  await state(page, '已放弃 2').waitFor();
  expect(await message(page, 'm-sent').count()).toBe(0);
  await message(page, 'm-dead').getByTestId('requeue').click();
  await message(page, 'm-dead').waitFor({ state: 'detached' });
  await state(page, '待发 3').click();
  await message(page, 'm-dead').getByText('待发').waitFor();
  await message(page, 'm-quiet').getByText('免打扰时段').waitFor();
  expect(await message(page, 'm-quiet').getByTestId('requeue').count()).toBe(0);
});

it('sends a test and says what became of it', async () => {
  const page = await enter('/notify');
  const test = page.getByTestId('send-test');
  await test.getByTestId('test-send').click();
  await page.locator('[data-testid=test-result][data-sent=true]').waitFor();
  await test.getByLabel('渠道').fill('wecom');
  await test.getByTestId('test-send').click();
  await test.getByRole('alert').getByText('NTF-005').waitFor();
});

it('edits a route as part of the whole list, and lets nobody save one that tells nobody', async () => {
  const page = await enter('/notify?tab=routes');
  await page.locator('[data-route-id=city-gas]').getByText('值班表“运行中心值班台”').waitFor();
  await page.getByText('没有兜底').waitFor();
  await page.getByTestId('route-new').click();
  await page.getByText('每一级都要有通知对象').waitFor();
  expect(await page.getByTestId('route-save').isDisabled()).toBe(true);
  await page.getByLabel('个人（用户名）').fill('enno');
  await page.keyboard.press('Enter');
  await page.getByTestId('route-save').click();
  await page.locator('[data-route-id=route-3]').getByText('立即 enno').waitFor();
  await page.locator('[data-testid=routes][data-version="5"]').waitFor();
  // The others are still there.
  expect(await page.locator('[data-route-id]').count()).toBe(3);
});

it('says when somebody else changed the list meanwhile', async () => {
  const { api, page } = await pages.enter('/notify?tab=routes');
  await page.locator('[data-route-id=housing]').getByTestId('route-edit').click();
  await fetch(`${api.url}/api/v1/notify/routes`, {
    method: 'PUT',
    headers: { 'if-match': '"4"' },
    body: JSON.stringify({ items: [] }),
  });
  await page.getByTestId('tier-add').click();
  await page.getByTestId('route-save').click();
  await page.locator('[data-testid=save-problem][data-conflict=true]').waitFor();
  await page.getByTestId('reload').click();
  await page.getByText('不会通知任何人').first().waitFor();
  expect(await page.locator('[data-route-id]').count()).toBe(0);
});

it('shows a week of duty, says when nobody is, and takes a shift into the night', async () => {
  const page = await enter('/notify?tab=rota');
  await page.getByTestId('rota-gaps').getByText('无人值班').waitFor();
  await page.locator('.rota-week').getByText('20:00–08:00').waitFor();
  await page.getByTestId('rota-edit').click();
  expect(await page.getByTestId('shift-row').count()).toBe(2);
  await page.getByTestId('shift-add').click();
  await page.getByText('每个班次至少一人').waitFor();
  await page.getByTestId('shift-row').last().getByLabel('值班人（用户名）').fill('enno');
  await page.keyboard.press('Enter');
  await page.getByTestId('shift-row').last().getByLabel('从').fill('22:00');
  await page.getByTestId('shift-row').last().getByLabel('到').fill('06:00');
  await page.getByTestId('rota-save').click();
  await page.locator('[data-testid=rotas][data-version="3"] .rota-week').getByText('22:00–06:00').waitFor();
});

it('lets people change how they are reached, and those of others only an administrator', async () => {
  const page = await enter('/notify?tab=contacts', { role: 'viewer' });
  await page.getByText('他人的由管理员修改').waitFor();
  await page.getByTestId('contact-row').last().getByText('本平台没有此渠道').waitFor();
  await page.getByTestId('contact-add').click();
  expect(await page.getByTestId('contact-save').isDisabled()).toBe(true);
  await page.getByTestId('contact-row').last().getByLabel('地址或号码').fill('li2@example.cn');
  await page.getByTestId('quiet-add').click();
  await page.getByTestId('contact-save').click();
  await page.locator('[data-testid=contact-form][data-version="2"]').waitFor();
  expect(await page.getByTestId('quiet-row').count()).toBe(2);

  const other = await enter('/notify?tab=contacts', { role: 'admin' });
  await other.getByLabel('谁的联系方式').click();
  await other.getByText('王值守 wang').click();
  await other
    .locator('[data-testid=contact-form][data-username=wang]')
    .getByText('没有任何联系方式')
    .waitFor();
});

it('lets others look, and says who may change it', async () => {
  const page = await enter('/notify', { role: 'viewer' });
  await page.getByText('只读用户只能查看').waitFor();
  await message(page, 'm-dead').waitFor();
  await page.getByText('再次发送需要值守员权限').waitFor();
  expect(await page.getByTestId('requeue').count()).toBe(0);
  expect(await page.getByTestId('send-test').count()).toBe(0);
  await page.getByTestId('page-tabs').getByText('值班表').click();
  await page.locator('.rota-week').waitFor();
  expect(await page.getByTestId('rota-edit').count()).toBe(0);
});
