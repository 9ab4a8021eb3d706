import type { Page } from 'playwright-core';
import type { FakeOptions } from './fake-api';
import { fakePages } from './open-page';

/** Rules made from nothing, changed in scope, type and source, taken over and removed, against a fake platform. */
const pages = fakePages({ role: 'engineer' });
const enter = async (path: string, options?: Partial<FakeOptions>): Promise<Page> =>
  (await pages.enter(path, options)).page;
const field = (page: Page, path: string) => page.locator(`input[data-path="${path}"]`);
const pick = async (page: Page, label: string, text: string): Promise<void> => {
  await page.getByLabel(label, { exact: true }).click();
  await page
    // Not one that is still on its way out.
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden):not(.ant-slide-up-leave)')
    .last()
    .getByText(text, { exact: true })
    .click();
};
const activate = (page: Page) => page.getByTestId('rule-activate');

it('makes a rule of a type: figures from a person, faults at their fields, a try before it is in force', async () => {
  const page = await enter('/rules?tab=new');
  await page.locator('[data-type=threshold]').click();
  await page.getByTestId('rule-untested').click();
  await activate(page).click();
  await page.locator('[data-fault="limits.0.above"]').getByText('give `above` or `below`').waitFor();
  await page.getByTestId('rule-fields').getByRole('alert').first().waitFor();
  await page.getByTestId('rule-untested').click();
  await page.getByLabel('规则名称').fill('井内硫化氢');
  await page.getByLabel('为何这样定').fill('按经验');
  await pick(page, '对象类型', '排水检查井');
  await field(page, 'limits.0.above').fill('10');
  expect(await activate(page).isDisabled()).toBe(true);
  await page.getByTestId('backtest-run').click();
  await page.getByTestId('backtest-result').waitFor();
  await activate(page).click();
  await page.locator('[data-testid=rule-detail][data-rule-id=rule-new]').getByText('排水检查井').waitFor();
  await page.getByTestId('rule-detail').getByText('暂定').first().waitFor();
});

it('builds a composite of other rules, in each of its forms', async () => {
  const page = await enter('/rules?tab=new');
  await page.locator('[data-type=composite]').click();
  await page.getByLabel('规则名称').fill('降压且流量升高');
  await page.getByLabel('为何这样定').fill('爆管特征');
  await page.getByTestId('part-add').click();
  await pick(page, '第 1 条规则', '压力骤降 pressure-drop');
  await page.getByTestId('part-add').click();
  await pick(page, '第 2 条规则', '流量偏离常态 flow-usual');
  await pick(page, '关系的形式', '一定距离以内');
  await field(page, 'related.withinMeters').fill('500');
  await page.getByTestId('rule-untested').click();
  await activate(page).click();
  await page
    .locator('[data-testid=rule-detail][data-rule-id=rule-new]')
    .getByText('pressure-drop + flow-usual：全部出现，相距 500 米以内，900 秒之内')
    .first()
    .waitFor();
});

it('changes scope and source of a rule; a better source alone needs no test', async () => {
  const page = await enter('/rules/gas-adjacent');
  await page.getByTestId('rule-edit').click();
  await pick(page, '依据', '工程师签发');
  await page.getByLabel('签发人').fill('王工');
  expect(await page.getByTestId('rule-untested').count()).toBe(0);
  expect(await activate(page).isEnabled()).toBe(true);
  await pick(page, '房屋等级', '房屋等级 D 级');
  expect(await activate(page).isDisabled()).toBe(true);
  await page.getByTestId('backtest-run').click();
  await page.getByTestId('backtest-result').waitFor();
  await activate(page).click();
  await page.getByText('版已生效').waitFor();
  await page.getByTestId('rule-detail').getByText('王工').first().waitFor();
});

it('takes over default rules that are chosen, and leaves what somebody removed', async () => {
  const page = await enter('/rules?tab=defaults');
  await page.locator('[data-default-id][data-state=removed]').waitFor();
  const row = page.locator('[data-default-id][data-state=missing]').first();
  const id = (await row.getAttribute('data-default-id'))!;
  await row.locator('input[type=checkbox]').check();
  await page.getByTestId('take-defaults').click();
  await page.getByTestId('defaults-taken').getByText('新采用 1 条').waitFor();
  await page.locator(`[data-default-id="${id}"][data-state=inForce]`).getByText('已采用').click();
  await page.locator(`[data-testid=rule-detail][data-rule-id="${id}"]`).waitFor();
});

it('removes a rule only after one more word', async () => {
  const page = await enter('/rules/tilt');
  await page.getByTestId('rule-remove').click();
  await page.getByText('不再由它报警').waitFor();
  await page.locator('.ant-popconfirm-buttons .ant-btn-primary').click();
  await page.getByTestId('rules-page').locator('[data-rule-id=gas-adjacent]').waitFor();
  expect(await page.locator('[data-rule-id=tilt]').count()).toBe(0);
});

it('lets others look at the defaults, and nothing more', async () => {
  const page = await enter('/rules?tab=defaults', { role: 'viewer' });
  await page.locator('[data-default-id]').first().waitFor();
  expect(await page.getByTestId('take-defaults').count()).toBe(0);
  expect(await page.getByTestId('page-tabs').getByText('新建规则').count()).toBe(0);
});
