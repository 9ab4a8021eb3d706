import { mkdirSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { ApiClient } from '../support/api-client';
import { ADMIN_PASSWORD, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { coloursOf } from './colours';

/** Building files in a real browser against the real program: opened, changed, imported, found, merged, told. */
const CHROMIUM = process.env['ANMAI_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const WEBGL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const WAIT_MS = 20_000;
const VIEWER_PASSWORD = 'only-looking-2';
/** Set to keep pictures of what is shown, to be looked at by a person. */
const SHOTS = process.env['ANMAI_SHOTS'] ?? '';

let server: ServerProcess;
let api: ApiClient;
let browser: Browser;
const contexts: BrowserContext[] = [];
const faults: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer(),
    chromium.launch({ executablePath: CHROMIUM, args: [...ARGS, ...WEBGL] }),
  ]);
  api = await ApiClient.login(server.http);
  await api.must('/users', {
    ...{ username: 'guest', displayName: '访客', role: 'viewer', orgId: 'city', password: VIEWER_PASSWORD },
  });
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map(context => context.close()));
  expect(faults.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await server?.kill();
  removeDataDirs();
});

async function enter(path: string, username = 'admin', password = ADMIN_PASSWORD): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  page.on('console', message => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', error => faults.push(error.message));
  await page.goto(server.http + path);
  await page.getByTestId('login-username').fill(username);
  await page.getByTestId('login-password').fill(password);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('buildings-page').waitFor();
  return page;
}

async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS === '') return;
  mkdirSync(SHOTS, { recursive: true });
  for (const [width, height] of [[1920, 1080], [1280, 800]] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
} // prettier-ignore

const sheet = (rows: readonly string[]): Buffer => Buffer.from('\uFEFF' + rows.join('\r\n'), 'utf8');
async function sendSheet(page: Page, name: string, rows: readonly string[]): Promise<void> {
  await page.getByTestId('import-file').setInputFiles({ name, mimeType: 'text/csv', buffer: sheet(rows) });
  await page.getByTestId('import-start').click();
}
const count = (page: Page, key: string) => page.locator(`[data-count=${key}] dd`).innerText();

it('opens a file by hand, changes it, and tells its timeline', async () => {
  const page = await enter('/buildings');
  await page.getByText('还没有房屋档案').waitFor();
  await page.getByTestId('building-new').click();
  await page.getByTestId('file-name').fill('棉纺路 3 号院 1 号楼');
  await shot(page, 'new');
  await page.getByTestId('building-save').click();
  const building = page.getByTestId('building');
  await building.getByRole('heading', { name: '棉纺路 3 号院 1 号楼' }).waitFor();
  await building.getByText('未鉴定').waitFor();
  await page.getByTestId('building-edit').click();
  const form = page.getByTestId('file-form');
  await form.getByLabel('地上层数').fill('6');
  await form.getByLabel('道路').fill('棉纺路');
  await shot(page, 'form');
  await page.getByTestId('building-save').click();
  await page.locator('[data-testid=building][data-version="2"]').getByText('6 层').waitFor();
  await page.getByRole('tab', { name: '时间线' }).click();
  const lines = page.getByTestId('timeline').locator('li');
  await lines.nth(1).waitFor();
  expect(await lines.evaluateAll(all => all.map(each => each.getAttribute('data-change')))).toEqual([
    'changed',
    'created',
  ]);
  expect(await lines.first().innerText()).toContain('坐落、地上层数');
});

it('keeps what was typed when somebody else was faster', async () => {
  await api.must('/buildings', { id: 'race', orgId: 'city', name: '文化路 1 号楼' });
  const page = await enter('/buildings/race');
  await page.getByTestId('building-edit').click();
  await page.getByTestId('file-name').fill('文化路 2 号楼');
  await api.call('PUT', '/buildings/race', { orgId: 'city', name: '文化路 3 号楼' });
  await page.getByTestId('building-save').click();
  await page.getByText('内容刚被别人修改过').waitFor();
  expect(await page.getByTestId('file-name').inputValue()).toBe('文化路 2 号楼');
  // The browser says on its console that the server refused; that is what was wanted here.
  expect(faults.splice(0).filter(text => !text.includes('412'))).toEqual([]);
});

const HEAD = '名称,本地编号,区县,道路,门牌号,经度,纬度,结构类型,地上层数,建成年份,保护身份';
const good = Array.from(
  { length: 60 },
  (_, n) => `${n + 1} 号楼,R-${n + 1},中原区,建设路,${n + 1} 号,113.6${10 + n},34.75,砖混,6,${1960 + n},无`,
);

it('imports a sheet with its faults by row, then finds what it wrote', async () => {
  const page = await enter('/buildings?view=import');
  const bad = ['七十号楼,R-70,中原区,建设路,70 号,,,纸,六层半,很早,无', ',R-71,,,,,,,,,'];
  await sendSheet(page, '有错.csv', [HEAD, ...good, ...bad]);
  await page.locator('[data-testid=import-job][data-state=refused]').waitFor();
  expect([await count(page, 'created'), await count(page, 'faulty')]).toEqual(['0', '2']);
  await page
    .getByRole('row')
    .filter({ hasText: '62' })
    .filter({ hasText: '结构类型' })
    .getByText('纸')
    .waitFor();
  await shot(page, 'import-refused');
  await sendSheet(page, '台账.csv', [HEAD, ...good]);
  await page.locator('[data-testid=import-job][data-state=done]').waitFor();
  expect(await count(page, 'created')).toBe('60');
  await page.getByText('列表', { exact: true }).click();
  await page.getByTestId('building-search').fill('建设路33');
  const rows = page.locator('tr[data-building-id]');
  await expect.poll(() => rows.count(), { timeout: WAIT_MS }).toBe(1);
  await shot(page, 'list-search');
  await rows.first().click();
  await page.getByTestId('building').getByText('中原区建设路33 号').first().waitFor();
  await shot(page, 'building');
});

it('shows pairs that may be one building, and merges them when a person says why', async () => {
  const twin = { orgId: 'city', name: '双子楼', address: { road: '陇海路', number: '8 号' } };
  await api.must('/buildings', { id: 'twin-1', ...twin });
  await api.must('/buildings', { id: 'twin-2', ...twin, heightM: 18 });
  const page = await enter('/buildings?view=duplicates');
  const pair = page.getByTestId('duplicate').filter({ hasText: '双子楼' });
  await pair.getByText('名称和地址相同').waitFor();
  const keep = pair.getByRole('button', { name: '保留这份' }).first();
  expect(await keep.isDisabled()).toBe(true);
  await pair.getByLabel('理由').fill('现场核实为同一幢');
  await shot(page, 'duplicates');
  await keep.click();
  await pair.waitFor({ state: 'detached' });
  await page.goto(`${server.http}/buildings/twin-2`);
  await page.getByText('这份档案已并入 twin-1').waitFor();
  await page.getByRole('button', { name: '查看合并后的档案' }).click();
  await page.getByRole('tab', { name: '时间线' }).click();
  await page.getByTestId('timeline').getByText('并入一份档案').waitFor();
  await page.getByTestId('timeline').getByText('来自已并入的 twin-2').first().waitFor();
  await shot(page, 'timeline');
});

it('draws them on a map, in both themes and languages', async () => {
  const page = await enter('/buildings?view=map');
  await page.locator('[data-testid=building-map-note]').waitFor();
  const map = page.getByTestId('building-map');
  await map.locator('canvas').waitFor();
  await expect
    .poll(async () => coloursOf(page, await map.screenshot()), { timeout: WAIT_MS })
    .toBeGreaterThan(4);
  await shot(page, 'map');
  await page.getByTestId('theme-switch').click();
  await page.getByTestId('lang-switch').click();
  await page.getByRole('heading', { name: 'Building files' }).waitFor();
  await page.getByText('List', { exact: true }).click();
  await page.locator('tr[data-building-id]').first().waitFor();
  await shot(page, 'list-light-en');
  await page.locator('tr[data-building-id]').nth(3).click();
  await page.getByTestId('building').waitFor();
  await shot(page, 'building-light-en');
});

it('lets a viewer look, and keeps people’s data from them', async () => {
  const owner = { kind: 'person', name: '王小明', phone: '13800001234' };
  await api.must('/buildings', { id: 'private', orgId: 'city', name: '隐私楼', owner });
  const page = await enter('/buildings/private', 'guest', VIEWER_PASSWORD);
  await page.getByText('王**').waitFor();
  await page.getByText('138****1234').waitFor();
  await page.getByText('个人信息已隐去').waitFor();
  expect(await page.getByTestId('building-edit').count()).toBe(0);
  expect(await page.getByTestId('building-import').count()).toBe(0);
  expect(await page.content()).not.toContain('13800001234');
});
