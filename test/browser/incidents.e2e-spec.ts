import type { Page } from 'playwright-core';
import type { FakeApi, FakeOptions } from './fake-api';
import { ONE_RED, SOME, type FakeAlarm } from './fake-alarms';
import { fakePages, SMALL } from './open-page';

/** Incidents as an operator works on them, in a real browser against a fake platform. */
const pages = fakePages({ alarms: () => [...ONE_RED, ...SOME] });
const enter = (options?: Partial<FakeOptions>, path = '/'): Promise<{ api: FakeApi; page: Page }> =>
  pages.enter(path, options);
const row = (page: Page, id: string) => page.locator(`[data-testid=incident-row][data-incident-id="${id}"]`);

it('shows incidents first, the worst on top, and every alarm one click away', async () => {
  const { page } = await enter();
  await row(page, 'in-gas').getByText('疑似管网泄漏').waitFor();
  const ids = await page
    .getByTestId('incident-row')
    .evaluateAll(rows => rows.map(each => each.getAttribute('data-incident-id')));
  expect(ids[0]).toBe('in-gas');
  expect(ids.at(-1)).toBe('in-water');
  await row(page, 'in-gas').locator('.unfold').click();
  // Its alarms are asked for only now.
  await expect.poll(() => page.getByTestId('alarm-row').count()).toBe(2);
  await page.getByTestId('alarm-row').first().click();
  await page.getByTestId('alarm-detail').waitFor();
  await page.getByText('返回事件').click();
  await page.getByTestId('incident-detail').waitFor();
  await page.locator('.list-switch').getByText('报警', { exact: true }).click();
  await expect.poll(() => page.locator('.alarm-pane').getByTestId('alarm-row').count()).toBe(5);
  expect(new URL(page.url()).searchParams.get('list')).toBe('alarms');
});

it('takes an incident through its steps, and says in words why an end is refused', async () => {
  const { page } = await enter({}, '/?incident=in-gas');
  await page.getByTestId('incident-detail').getByText('研判 逾期').waitFor();
  await page.getByTestId('incident-detail').getByText('属实').first().click();
  await page.getByTestId('step-send').click();
  await page.locator('[data-testid=incident-detail][data-stage=assessed]').waitFor();
  await page.locator('[data-testid=incident-row][data-stage=assessed]').waitFor();
  await page.getByTestId('step-release').click();
  await page.getByTestId('step-send').click();
  const refusal = page.locator('[data-testid=refusal][data-code="release.sensors"]');
  await refusal.getByText('还有测点没有恢复正常').waitFor();
  await refusal.getByText('没有数据不等于正常').waitFor();
  expect(await refusal.getByText('3/5').count()).toBe(1);
});

it('shows a new incident at once, without moving what is read', async () => {
  const { api, page } = await enter({ alarms: () => SOME });
  await row(page, 'in-gas').hover();
  const place = await row(page, 'in-building').boundingBox();
  const level: FakeAlarm = { ...SOME[3]!, severity: 'red', condition: 'active', ruleId: 'level' };
  api.raise({ ...level, minutesAgo: 0 });
  api.regroup();
  await page.locator('[data-testid=incident-row][data-incident-id=in-storm][data-severity=red]').waitFor();
  expect((await row(page, 'in-building').boundingBox())?.y).toBe(place?.y);
});

it('keeps its buttons from those who may not act', async () => {
  const { page } = await enter({ role: 'viewer' }, '/?incident=in-gas');
  await page.getByText('只读用户不能处置事件').waitFor();
  expect(await page.getByTestId('step-forms').count()).toBe(0);
});

it('says that alarms flood, and since when', async () => {
  const { page } = await enter({ health: { flood: { since: new Date().toISOString(), count: 214 } } });
  await page.getByTestId('flood-banner').getByText('214 条报警').waitFor();
  const { page: calm } = await enter();
  expect(await calm.getByTestId('flood-banner').count()).toBe(0);
});

it('never shows a figure that is missing as a good one', async () => {
  const { page } = await enter({}, '/kpi');
  const online = page.locator('[data-testid=kpi-row][data-kpi=online]');
  await online.waitFor();
  expect(await online.getAttribute('data-status')).toBe('noData');
  expect(await online.getByText('无数据').count()).toBe(2);
  expect(await online.getByText('达标').count()).toBe(0);
  await page.locator('[data-kpi=rate]').getByText('C 二手资料').waitFor();
});

it('counts down what is owed, says what is late in the list and in the track, and leads there', async () => {
  const red = { ...ONE_RED[0]!, minutesAgo: 8.5 };
  const { page } = await enter({ alarms: () => [red, ...SOME.slice(4)] });
  await row(page, 'in-gas').locator('[data-urgency=overdue]').getByText('研判 逾期').waitFor();
  const reminder = page.getByTestId('duty-reminder');
  await reminder.getByText('起事件逾期未处置').waitFor();
  await reminder.click();
  const track = page.getByTestId('incident-detail');
  await track.locator('[data-urgency=overdue]').getByText('研判 逾期').waitFor();
  const soon = track.locator('[data-urgency=soon]').getByText(/响应 还剩 [01]:[0-5][0-9]/);
  await soon.waitFor();
  const before = await soon.innerText();
  await expect.poll(() => soon.innerText()).not.toBe(before);
});

it('leads from the address of a message to the incident', async () => {
  const { page } = await enter({}, '/incidents/in-gas');
  await page.locator('[data-testid=incident-detail][data-incident-id=in-gas]').waitFor();
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/?incident=in-gas');
});

it('gives a telephone the incidents first, to read, and the alarms behind them', async () => {
  const { page } = await pages.enter('/', {}, { viewport: SMALL });
  await row(page, 'in-gas').click();
  const detail = page.locator('[data-testid=incident-detail][data-incident-id=in-gas]');
  await detail.waitFor();
  expect(await page.getByTestId('step-forms').count()).toBe(0);
  await detail.getByTestId('alarm-row').first().click();
  await page.getByTestId('alarm-detail').waitFor();
  await page.locator('.narrow-detail .back').click();
  await detail.waitFor();
  await page.locator('.narrow-detail .back').click();
  await row(page, 'in-gas').waitFor();
  await page.locator('.list-switch').getByText('报警', { exact: true }).click();
  await page.locator('.alarm-pane').getByTestId('alarm-row').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
