import type { Page } from 'playwright-core';
import { ASIDE, ONE_RED } from './fake-alarms';
import type { FakeApi } from './fake-api';
import { fakePages } from './open-page';

/** What an operator does to an alarm beside acknowledging it, in a real browser against a fake platform. */
const RED_ID = 'al-well-0003.ch4-gas-adjacent';
const SHELVED_ID = 'al-well-0007.ch4-gas-adjacent';

const pages = fakePages({ alarms: () => [...ONE_RED, ...ASIDE] });
let api: FakeApi;
let page: Page;

beforeEach(async () => {
  ({ api, page } = await pages.enter('/?list=alarms'));
  await row(RED_ID).waitFor();
});

const row = (id: string) => page.locator(`[data-testid=alarm-row][data-alarm-id="${id}"]`);
const count = (aside: string): Promise<string> => page.getByTestId(`aside-${aside}`).locator('b').innerText();

it('leaves what is put aside out of the list, counts it, and shows it when asked', async () => {
  expect(await Promise.all(['shelved', 'suppressed', 'outOfService'].map(count))).toEqual(['1', '1', '1']);
  expect(await row(SHELVED_ID).count()).toBe(0);
  await page.getByTestId('aside-shelved').click();
  await row(SHELVED_ID).click();
  await page.getByTestId('life-shelved').getByText('井下正在清淤').waitFor();
  await page.getByTestId('aside-shelved').click();
  await row(RED_ID).waitFor();
});

it('shelves by keys with a reason, and says when the shelf has ended by itself', async () => {
  await row(RED_ID).click();
  await page.getByTestId('life-actions').waitFor();
  await page.keyboard.press('s');
  const form = page.getByTestId('shelve-form');
  await form.getByText('这一级最长 30 分').waitFor();
  expect(await page.getByTestId('shelve-button').isDisabled()).toBe(true);
  await page.keyboard.type('探头检修');
  await page.keyboard.press('Enter');
  await page.getByTestId('life-shelved').getByText('探头检修').waitFor();
  // Nothing moves while the pointer is in the list.
  expect(await row(RED_ID).locator('.row-state').innerText()).toBe('搁置中');
  await page.mouse.move(1_000, 20);
  await row(RED_ID).waitFor({ state: 'detached' });
  expect(await count('shelved')).toBe('2');
  api.endShelf(RED_ID);
  await row(RED_ID).waitFor();
  await page.getByTestId('life-over').getByText('报警恢复呼叫').waitFor();
  const last = page.locator('.history li').last();
  expect(await last.innerText()).toMatch(/搁置到期\s*系统/);
});

it('takes a shelf away again', async () => {
  await page.getByTestId('aside-shelved').click();
  await row(SHELVED_ID).click();
  await page.getByTestId('unshelve-button').click();
  await page.getByTestId('shelve-open').waitFor();
  await page.locator('.history').getByText('取消搁置').waitFor();
});

it('assesses with a verdict and words, and keeps who said so', async () => {
  await row(RED_ID).click();
  await page.getByTestId('assess-open').click();
  await page.getByTestId('verdict-other').click();
  const send = page.getByTestId('assess-button');
  expect(await send.isDisabled()).toBe(true);
  await page.getByTestId('assess-form').getByLabel('写明是什么').fill('车辆尾气');
  await send.click();
  await page.getByTestId('life-assessed').getByText('研判：其他').waitFor();
  await page.getByTestId('life-assessed').getByText('车辆尾气').waitFor();
});

it('says what a close still waits for', async () => {
  await row(RED_ID).click();
  await page.getByTestId('close-open').click();
  await page.getByText('报警条件尚未解除').waitFor();
  await page.getByTestId('close-button').click();
  const problem = page.getByTestId('close-form').getByRole('alert');
  await problem.getByText('现在还不能关闭：报警条件仍在；连续正常读数 0 / 3。').waitFor();
});

it('shows a chattering sensor as one line with its count, and the way to each of its alarms', async () => {
  const line = row('al-chatter-1');
  expect(await line.locator('.row-times').innerText()).toContain('×4');
  expect(await row('al-chatter-2').count()).toBe(0);
  await line.click();
  await page.locator('.life-note[data-kind=chatter] .link').first().click();
  await page.locator('[data-testid=alarm-detail][data-alarm-id="al-chatter-2"]').waitFor();
});
