import type { Page } from 'playwright-core';
import type { FakeOptions } from './fake-api';
import { ASIDE, ONE_RED } from './fake-alarms';
import { fakePages } from './open-page';

/** Planned work, inhibitions and the settings of alarms in a real browser against a fake platform. */
const pages = fakePages({ role: 'engineer', alarms: () => [...ONE_RED, ...ASIDE] });
const enter = async (path: string, options?: Partial<FakeOptions>): Promise<Page> =>
  (await pages.enter(path, options)).page;
const windowRow = (page: Page, id: string) => page.locator(`[data-window-id="${id}"]`);
/** Chooses in a field with several values, and leaves it. */
async function choose(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.plan-form h3').first().click();
}

it('is in the menu, in the group of rules and plans', async () => {
  const page = await enter('/');
  await page.locator('.page-menu').click();
  const menu = page.locator('.ant-dropdown-menu');
  expect(await menu.locator('.ant-dropdown-menu-item-group-title').allInnerTexts()).toEqual(
    expect.arrayContaining(['监测', '规则与计划']),
  );
  await menu.getByText('报警计划').click();
  await page.getByTestId('plans-page').waitFor();
});

it('lists what is out of service now first, and shows the next turns before anything is saved', async () => {
  const page = await enter('/plans');
  await windowRow(page, 'w-probe').locator('[data-state=now]').waitFor();
  const ids = await page
    .locator('[data-window-id]')
    .evaluateAll(rows => rows.map(row => row.getAttribute('data-window-id')));
  expect(ids).toEqual(['w-probe', 'w-flush', 'w-old']);
  await windowRow(page, 'w-flush').getByText('每周 周二、周五').waitFor();

  await page.getByTestId('window-new').click();
  const save = page.getByTestId('window-save');
  expect(await save.isDisabled()).toBe(true);
  await page.getByText('请写明作业内容').waitFor();
  await page.getByLabel('作业内容').fill('阀井抽水');
  await choose(page, '对象', 'well-0002');
  await page.getByLabel('开始日期').fill('2027-03-01');
  await page.getByLabel('开始时间').fill('08:00');
  await page.getByTestId('repeat-kind').getByText('每月').click();
  await page
    .locator('[data-testid=turns][data-count="5"]')
    .getByText('2027-04-01 08:00 起，2 小时')
    .waitFor();
  await save.click();
  await windowRow(page, 'window-4').getByText('阀井抽水').waitFor();
  await windowRow(page, 'window-4').getByText('2027-03-01 08:00 起').waitFor();
  expect(await page.getByTestId('window-form').count()).toBe(0);
});

it('takes no rule that nobody would understand, and says why', async () => {
  const page = await enter('/plans');
  await windowRow(page, 'w-flush').getByTestId('window-edit').click();
  await page.getByTestId('repeat-kind').getByText('自定规则').click();
  await page.getByLabel('RRULE').fill('FREQ=YEARLY');
  await page.getByTestId('turns').getByText('FREQ has to be').waitFor();
  expect(await page.getByTestId('window-save').isDisabled()).toBe(true);
});

it('ends a window only after one more word', async () => {
  const page = await enter('/plans');
  await windowRow(page, 'w-probe').getByTestId('window-remove').click();
  await page.getByText('被停用的报警马上恢复呼叫').waitFor();
  await page.locator('.ant-popconfirm-buttons').getByText('立即结束').click();
  await windowRow(page, 'w-probe').waitFor({ state: 'detached' });
});

it('tells what an inhibition hides at this moment, and leads to the alarm and to its cause', async () => {
  const page = await enter('/plans?tab=inhibitions');
  const row = page.locator('[data-inhibition-id=power-hides]');
  await row.getByText('相邻 2 级以内').waitFor();
  await row.locator('.hidden-now li').waitFor();
  await page.locator('[data-inhibition-id=inhibit-main]').getByText('没有').waitFor();
  await row.locator('.hidden-now').getByText('原因').click();
  await page.locator('[data-testid=alarm-detail]').waitFor();
  expect(new URL(page.url()).searchParams.get('alarm')).toBe('al-well-0003.ch4-gas-adjacent');
});

it('makes an inhibition whose cause is narrowed, and no other', async () => {
  const page = await enter('/plans?tab=inhibitions');
  await page.getByTestId('inhibition-new').click();
  await page.getByText('否则任何报警都成了原因').waitFor();
  await choose(page, '原因报警 规则', '数据中断');
  await page.getByLabel('说明').fill('电源故障时各测点失联');
  await page.getByTestId('inhibition-save').click();
  await page.locator('[data-inhibition-id=inhibition-3]').getByText('电源故障时各测点失联').waitFor();
});

it('saves settings by the version that was shown, and says when somebody else was faster', async () => {
  const { api, page } = await pages.enter('/plans?tab=settings');
  const red = page.getByLabel('再次呼叫 红', { exact: true });
  await red.fill('15');
  await page.getByText('修改了 1 项').waitFor();
  await page.locator('[data-path="reAlarmMs.red"]').getByText('暂定').waitFor({ state: 'detached' });
  await page.getByTestId('settings-save').click();
  await page.locator('[data-testid=settings-form][data-version="2"]').waitFor();

  const { version: _, ...settings } = (await (await fetch(`${api.url}/api/v1/alarm-settings`)).json()) as {
    version: number;
  };
  await fetch(`${api.url}/api/v1/alarm-settings`, {
    method: 'PUT',
    headers: { 'if-match': '"2"' },
    body: JSON.stringify(settings),
  });
  await red.fill('20');
  await page.getByTestId('settings-save').click();
  await page.locator('[data-testid=save-problem][data-conflict=true]').getByText('刚被别人修改').waitFor();
  await page.getByTestId('reload').click();
  await page.locator('[data-testid=settings-form][data-version="3"]').waitFor();
  expect(await red.inputValue()).toBe('15');
});

it('shows a refused figure at its field', async () => {
  const page = await enter('/plans?tab=settings');
  await page.getByLabel('响应', { exact: true }).fill('0.5');
  await page.getByTestId('settings-save').click();
  await page.locator('[data-path="dutyMs.respond"]').getByRole('alert').waitFor();
});

it('lets others look, and says who may change it', async () => {
  const page = await enter('/plans', { role: 'operator' });
  await page.getByText('值守员只能查看').waitFor();
  await windowRow(page, 'w-probe').waitFor();
  expect(await page.getByTestId('window-new').count()).toBe(0);
  expect(await page.getByTestId('window-edit').count()).toBe(0);
  await page.getByTestId('page-tabs').getByText('报警生命周期').click();
  expect(await page.getByLabel('再次呼叫 红', { exact: true }).isDisabled()).toBe(true);
  expect(await page.getByTestId('settings-save').count()).toBe(0);
});
