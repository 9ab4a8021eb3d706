import type { Page } from 'playwright-core';
import type { FakeOptions } from './fake-api';
import { ONE_RED } from './fake-alarms';
import { fakePages } from './open-page';

/** The rules page and "why not earlier" in a real browser against a fake platform. */
const pages = fakePages({ role: 'engineer' });
const enter = async (path: string, options?: Partial<FakeOptions>): Promise<Page> =>
  (await pages.enter(path, options)).page;
const field = (page: Page, path: string) => page.locator(`input[data-path="${path}"]`);
const activate = (page: Page) => page.getByTestId('rule-activate');

it('is reached from the bar and from the figure of unusable rules, and says why they are', async () => {
  const page = await enter('/', { health: { rulesUnusable: 1 } });
  await page.locator('.page-menu').click();
  await page.getByRole('menuitem', { name: '报警规则' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('health-strip').getByText('规则不可用').click();
  const first = page.getByTestId('rules-page').locator('tbody tr[data-row-key]').first();
  await first.getByText('24 个不可用').waitFor();
  await first.getByText('暂定').waitFor();
  await page.locator('[data-rule-id=pressure-drop]').click();
  await page.getByTestId('rule-faults').getByText('unit MPa does not convert').first().waitFor();
  await page.getByTestId('rule-faults').getByText('另有 22 个').waitFor();
  expect(new URL(page.url()).pathname).toBe('/rules/pressure-drop');
});

it('finds rules by type and by limit', async () => {
  const page = await enter('/rules');
  const rows = page.getByTestId('rules-page').locator('tbody tr[data-row-key]');
  await rows.first().waitFor();
  expect(await rows.count()).toBe(12);
  await page.getByPlaceholder('查找名称、类型、限值、范围').fill('趋势');
  await expect.poll(() => rows.count()).toBe(1);
  await page.getByPlaceholder('查找名称、类型、限值、范围').fill('没有这样的');
  await page.getByText('没有符合条件的规则').waitFor();
});

it('puts a draft in force only once its backtest was seen', async () => {
  const page = await enter('/rules/gas-adjacent');
  await page.getByTestId('rule-edit').click();
  expect(await activate(page).isDisabled()).toBe(true);
  await field(page, 'limits.0.above').fill('15');
  expect(await activate(page).isDisabled()).toBe(true);
  await page.getByTestId('backtest-run').click();
  await page.getByTestId('backtest-result').getByText('新增 2，消失 1，改变 1，不变 2').waitFor();
  await page.getByTestId('backtest-days').locator('canvas').waitFor();
  await page.locator('[data-testid=backtest-curve] canvas').waitFor();
  expect(await activate(page).isEnabled()).toBe(true);
  // Another draft than the one that was tried.
  await field(page, 'limits.0.above').fill('16');
  await page.getByText('草案已改动').waitFor();
  expect(await activate(page).isDisabled()).toBe(true);
  await field(page, 'limits.0.above').fill('15');
  await activate(page).click();
  await page.locator('[data-testid=rule-detail][data-version="3"]').waitFor();
  await page.getByText('第 3 版已生效').waitFor();
  await page.getByTestId('rule-versions').getByText('≥ 15').waitFor();
  await page.getByTestId('rule-versions').getByText('≥ 20').first().waitFor();
});

it('takes an explicit word for a draft without a test, as a composite has to', async () => {
  const page = await enter('/rules/together');
  await page.getByTestId('rule-edit').click();
  await page.getByText('组合规则看的是其他规则的报警').waitFor();
  expect(await page.getByTestId('backtest-run').count()).toBe(0);
  await field(page, 'need.atLeast').fill('3');
  expect(await activate(page).isDisabled()).toBe(true);
  await page.getByTestId('rule-untested').click();
  await activate(page).click();
  await page.getByText('第 2 版已生效').waitFor();
});

it('shows what the server refuses at the field', async () => {
  const page = await enter('/rules/gas-adjacent');
  await page.getByTestId('rule-edit').click();
  await field(page, 'limits.0.above').fill('-1');
  await page.getByTestId('backtest-run').click();
  await page.locator('[data-fault="limits.0.above"]').getByText('must be greater than 0').waitFor();
  expect(await activate(page).isDisabled()).toBe(true);
  await field(page, 'limits.0.above').fill('15');
  await page.locator('[data-fault]').waitFor({ state: 'detached' });
});

it('switches a rule off, as a version of its own', async () => {
  const page = await enter('/rules/tilt');
  await page.getByTestId('rule-detail').getByTestId('rule-enabled').click();
  await page.locator('[data-testid=rule-detail][data-version="4"]').getByText('已停用').first().waitFor();
});

it('lets others look, and nothing more', async () => {
  const page = await enter('/rules/tilt', { role: 'viewer' });
  await page.getByTestId('rule-versions').getByText('现行').waitFor();
  await page.getByText('只读用户只能查看规则').waitFor();
  expect(await page.getByTestId('rule-edit').count()).toBe(0);
  expect(await page.getByTestId('rule-enabled').isDisabled()).toBe(true);
});

it('says of an alarm why it came, and why not earlier', async () => {
  const alarm = 'al-well-0003.ch4-gas-adjacent';
  const page = await enter(`/?alarm=${alarm}`, { alarms: () => ONE_RED, role: 'viewer' });
  await page.getByTestId('explain-show').click();
  await page.locator('[data-testid=explain-chart][data-count="90"] canvas').waitFor();
  for (const reason of ['within', 'metAt', 'held'])
    await page.locator(`[data-testid=explain] [data-reason=${reason}]`).waitFor();
  await page.getByTestId('explain').getByText('3 分后报警').waitFor();
  await page.getByTestId('explain').getByText('从报警前 1 小时 15 分开始重算').waitFor();
});
