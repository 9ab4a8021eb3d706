import type { Page } from 'playwright-core';
import { ApiClient } from '../support/api-client';
import { furnishCheckups, planCheckup, submissionOf } from '../support/checkup-city';
import { ADMIN_PASSWORD, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { browsing, enterReal } from './open-page';

/** The page of check-ups in a real browser against the real program. */
let server: ServerProcess;
let api: ApiClient;
const { newPage } = browsing();
const SHOTS = process.env['ANMAI_SHOTS'];

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  await furnishCheckups(api, 24);
  const ina = await ApiClient.login(server.http, 'ina', ADMIN_PASSWORD);
  const submit = async (id: string, buildingId: string, body: unknown): Promise<void> => {
    await planCheckup(api, id, buildingId);
    await ina.must(`/checkups/${id}/submit`, body);
  };
  await submit(
    'c-bad',
    'house-1',
    submissionOf(
      {
        'masonry.walls': { kind: 'choice', codes: ['serious'] },
        'masonry.joints': { kind: 'cannot', reason: '吊顶遮挡' },
        'ground.tilt': { kind: 'measure', value: 2.4 },
        storeys: { kind: 'measure', value: 6 },
        'cracks/c1': { kind: 'row', present: true },
        'cracks/c1/width': { kind: 'measure', value: 1.4 },
        'conclusion.note': { kind: 'text', text: '二层西侧墙体开裂，建议停用并立即鉴定。' },
      },
      { scale: 'checkup-pass', value: 'fail' },
    ),
  );
  await submit('c-good', 'house-2', submissionOf());
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

const enter = async (
  path: string,
  username = 'admin',
  viewport?: { width: number; height: number },
): Promise<Page> =>
  enterReal(
    await newPage({ strict: true, ...(viewport === undefined ? {} : { viewport }) }),
    server.http + path,
    username,
    ADMIN_PASSWORD,
  );
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` });
};

it('shows what is due by street, names what is missing, and leads to the building', async () => {
  const page = await enter('/checkups');
  await page.locator('[data-due=due]').first().waitFor();
  await shot(page, 'due-dark');
  await page.getByLabel('状态').click();
  await page.locator('.ant-select-item').getByText('无法判断').click();
  await page.locator('td [data-due=unknown]').first().waitFor();
  expect(await page.getByText('缺：建成年份').count()).toBeGreaterThan(0);
  await page.locator('[data-street=城东街道] button').click();
  await page.getByRole('button', { name: /城东街道 ✕/ }).waitFor();
  await page.getByTestId('theme-switch').click();
  await page.getByTestId('lang-switch').click();
  await page.getByText('missing: year built').first().waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  await shot(page, 'due-light-en-1280');
});

it('shows a record with its findings; the agency reviews, the authority accepts', async () => {
  const chief = await enter('/checkups?view=records', 'chief');
  await chief.locator('[data-checkup-id=c-bad] .as-link').click();
  const findings = chief.getByTestId('findings');
  await findings.locator('[data-level="2"]').first().waitFor();
  expect(await findings.locator('tr').count()).toBeGreaterThanOrEqual(4);
  await chief.getByText('尚未上传').first().waitFor();
  await shot(chief, 'record-dark');
  await chief.locator('[data-step=review]').click();
  await chief.locator('header [data-state=reviewed]').waitFor();
  // The agency does not accept its own: refused with a reason and a remedy, in Chinese.
  await chief.locator('[data-step=accept]').click();
  await chief.getByRole('alert').getByText('只有所在区域的主管部门才能接收').waitFor();
  const authority = await enter('/checkups?view=c-bad', 'admin', { width: 1280, height: 800 });
  await authority.locator('[data-step=accept]').click();
  await authority.locator('header [data-state=accepted]').waitFor();
  await authority.getByTestId('theme-switch').click();
  await shot(authority, 'record-light-1280');
  expect(await authority.getByTestId('judge-form').count()).toBe(0);
});

it('sends one back with a reason', async () => {
  const page = await enter('/checkups?view=c-good', 'chief');
  const back = page.locator('[data-step=return]');
  await back.waitFor();
  expect(await back.isDisabled()).toBe(true);
  await page.getByLabel('意见').fill('缺屋面照片');
  await back.click();
  await page.locator('header [data-state=returned]').waitFor();
  await page.locator('.merged-note').getByText('缺屋面照片').waitFor();
});

it('plans a round: looks at it first, then makes it', async () => {
  const page = await enter('/checkups?view=rounds');
  await page.getByTestId('round-preview').click();
  await page.getByTestId('plan-summary').waitFor();
  await page.locator('[data-agency=agency-1]').waitFor();
  await shot(page, 'round-dark');
  await page.getByTestId('round-make').click();
  await page.locator('[data-round]').waitFor();
  expect(await page.getByTestId('plan-summary').count()).toBe(0);
});
