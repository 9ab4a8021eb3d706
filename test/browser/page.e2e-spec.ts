import type { Page } from 'playwright-core';
import type { FakeApi, FakeOptions } from './fake-api';
import { flood, ONE_RED, SOME, type FakeAlarm } from './fake-alarms';
import { fakePages, logIn } from './open-page';

/** The page in a real browser against a fake platform: what an operator does, and what must never look normal. */
const RED_ID = 'al-well-0003.ch4-gas-adjacent';

const pages = fakePages();
const enter = (
  options?: Partial<FakeOptions>,
  path = '/?list=alarms',
): Promise<{ api: FakeApi; page: Page }> => pages.enter(path, options);

const row = (page: Page, id: string) => page.locator(`[data-testid=alarm-row][data-alarm-id="${id}"]`);
const ids = (page: Page): Promise<(string | null)[]> =>
  page.getByTestId('alarm-row').evaluateAll(rows => rows.map(item => item.getAttribute('data-alarm-id')));
const red = ONE_RED[0] as FakeAlarm;

it('refuses a wrong password in words', async () => {
  const { page } = await pages.open('/', { alarms: () => [] });
  await logIn(page, 'li', 'wrong');
  await page.getByRole('alert').getByText('AUT-001').waitFor();
});

it('shows a new red at once, lets the operator acknowledge it, and says who did', async () => {
  const { api, page } = await enter();
  await row(page, 'al-well-0007.ch4-gas-adjacent').waitFor();
  api.raise(red);
  const alarm = row(page, RED_ID);
  await alarm.waitFor();
  expect(await alarm.getAttribute('data-acknowledged')).toBe('false');
  await alarm.click();
  await page.getByTestId('evidence-source').getByText('暂定', { exact: true }).waitFor();
  await page.getByTestId('sensor-chart').locator('canvas').waitFor();
  await page.getByTestId('acknowledge-button').click();
  await page.locator(`[data-alarm-id="${RED_ID}"][data-acknowledged=true]`).waitFor();
  await page.getByTestId('alarm-detail').getByText('已由 李值守').waitFor();
});

it('walks and acknowledges by keys', async () => {
  const { page } = await enter({ alarms: () => [...ONE_RED, ...SOME] });
  await row(page, RED_ID).waitFor();
  await page.keyboard.press('j');
  await page.locator(`[data-testid=alarm-detail][data-alarm-id="${RED_ID}"]`).waitFor();
  await page.getByTestId('acknowledge-button').waitFor();
  await page.keyboard.press('a');
  await page.locator(`[data-testid=alarm-row][data-alarm-id="${RED_ID}"][data-acknowledged=true]`).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('不存在的名称');
  await page.getByText('没有符合条件的报警').waitFor();
});

it('moves nothing under the pointer: new alarms enter above and are counted', async () => {
  const { api, page } = await enter({ alarms: city => flood(city, 60) });
  await page.getByTestId('alarm-row').nth(3).hover();
  const before = await ids(page);
  const place = await page.getByTestId('alarm-row').nth(3).boundingBox();
  api.raise({ ...red, ruleId: 'x1' });
  api.raise({ ...red, ruleId: 'x2' });
  await page.getByText('2 条新报警').waitFor();
  expect((await ids(page)).slice(2)).toEqual(before);
  expect((await row(page, before[3] ?? '').boundingBox())?.y).toBeCloseTo(place?.y ?? 0, 0);
  await page.getByText('2 条新报警').click();
  await page.getByText('2 条新报警').waitFor({ state: 'detached' });
});

it('stays fluid with thousands of alarms: only what is in sight is drawn', async () => {
  const { api, page } = await enter({ alarms: city => flood(city, 3_000) });
  await page.locator('[data-testid=alarm-list][data-count="3000"]').waitFor();
  expect(await page.getByTestId('alarm-row').count()).toBeLessThan(80);
  for (let i = 0; i < 20; i += 1) await page.keyboard.press('j');
  const selected = page.locator('[data-testid=alarm-row][aria-selected=true]');
  await selected.waitFor();
  expect(await selected.boundingBox()).toMatchObject({ height: 52 });
  const since = performance.now();
  for (let i = 0; i < 50; i += 1) api.raise({ ...red, ruleId: `x${i}` });
  await page.locator('[data-testid=alarm-list][data-count="3050"]').waitFor();
  expect(performance.now() - since).toBeLessThan(3_000);
  await page.locator('.list-scroll').evaluate(list => list.scrollTo(0, list.scrollHeight));
  await expect
    .poll(async () => (await page.getByTestId('alarm-row').last().boundingBox())?.y ?? 0)
    .toBeLessThan(1_080);
});

it('says of a store of readings that is down that trends are missing, alarms are not', async () => {
  const parts = { broker: 'up', journal: 'up', readings: 'down', records: 'up', monitor: 'up' } as const;
  const { page } = await enter({ health: { parts } });
  await page.locator('[data-testid=trust-banner][data-kind=historyDown]').getByText('报警不受影响').waitFor();
  expect(await page.locator('.centre.doubtful').count()).toBe(0);
});

it('says at once that the stream is lost, looks untrusted, and comes back by itself', async () => {
  const { api, page } = await enter();
  await page.locator('[data-trust=live]').waitFor();
  api.cutStreams();
  await page.getByTestId('stream-lost-banner').getByText('实时数据已中断').waitFor();
  expect(await page.locator('.centre.doubtful').count()).toBe(1);
  api.mendStreams();
  await page.locator('[data-trust=live]').waitFor();
  expect(await page.getByTestId('stream-lost-banner').count()).toBe(0);
});

it('lists the assets instead of a blank where there is no WebGL', async () => {
  const { page } = await enter();
  expect(await page.getByTestId('map').getAttribute('data-view')).toBe('table');
  await page.getByTestId('map').getByText('没有 WebGL').waitFor();
  await page.getByTestId('map').getByText('well-0003').waitFor();
});

it('keeps the button from a viewer and says why', async () => {
  const { page } = await enter({ role: 'viewer', alarms: () => ONE_RED }, `/?alarm=${RED_ID}`);
  await page.getByText('只读用户不能确认报警').waitFor();
  expect(await page.getByTestId('acknowledge-button').count()).toBe(0);
});

it('switches language and theme and keeps both', async () => {
  const { page } = await enter();
  await page.getByTestId('lang-switch').click();
  await page.getByTestId('theme-switch').click();
  await page.getByText('Alarms').first().waitFor();
  await page.reload();
  await page.getByText('Alarms').first().waitFor();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
});

it('asks for raw rows of the window that was zoomed into', async () => {
  const { page } = await enter({ alarms: () => ONE_RED }, `/?alarm=${RED_ID}`);
  await page.getByText('7 天').click();
  const chart = page.getByTestId('sensor-chart');
  await chart.locator('canvas').waitFor();
  await page.getByText('汇总').waitFor();
  const box = await chart.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 250, (box?.y ?? 0) + 100);
  for (let i = 0; i < 12; i += 1) await page.mouse.wheel(0, -200);
  await page.getByText('原始数据').waitFor();
});
