import type { MqttClient } from 'mqtt';
import type { Page } from 'playwright-core';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send, type Registered } from '../support/device';
import { ADMIN_PASSWORD, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { coloursOf } from './colours';
import { browsing, enterReal, SMALL, WITH_MAP, type PageOptions } from './open-page';

/** The page in a real browser against the real program: from a message of a device to what an operator sees and does. */
const WAIT_MS = 10_000;
/** From the device's message to the row in the list. */
const SEEN_MS_MAX = 2_000;
const VIEWER_PASSWORD = 'only-looking-2';

const well = (id: string, kind: string, quantity: string) => ({
  id,
  name: '有限空间可燃气体',
  appliesTo: { quantity, assetKind: kind },
  condition: {
    type: 'threshold',
    limits: [
      { severity: 'yellow', above: 20, clearBelow: 18 },
      { severity: 'orange', above: 50, clearBelow: 45 },
    ],
    raiseAfter: { samples: 1 },
    clearAfter: { samples: 1 },
  },
  source: { kind: 'standard', ref: 'GB/T 50493-2019', clause: '5.5.2' },
});
const SILENCE = {
  id: 'no-data',
  name: '数据中断',
  appliesTo: { sensorIds: ['w2.ch4'] },
  condition: { type: 'noData', after: { missed: 2 }, severity: 'yellow' },
  source: { kind: 'assumption', why: '演示', reviewBy: '2027-06-30' },
};

let server: ServerProcess;
let api: ApiClient;
let device: Registered;
let client: MqttClient;
const { newPage, faults } = browsing();
/** Only one test draws the map. */
const drawing = browsing(WITH_MAP);

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  await api.must('/rules', well('gas', 'gas.well', 'gas.combustible'));
  device = await register(api, 'w1', [{ channel: 'ch4' }]);
  await api.call('PATCH', '/assets/w1', { geometry: { type: 'Point', coordinates: [114.31, 34.8] } });
  await api.must('/users', {
    username: 'guest',
    displayName: '访客',
    role: 'viewer',
    orgId: 'city',
    password: VIEWER_PASSWORD,
  });
  client = await connectDevice(server.mqtt, device);
});
afterAll(async () => {
  await client?.endAsync(true);
  await server?.kill();
  removeDataDirs();
});

interface Enter {
  readonly username?: string;
  readonly password?: string;
  readonly viewport?: PageOptions['viewport'];
  readonly path?: string;
  readonly withMap?: boolean;
}

async function enter(options: Enter = {}): Promise<Page> {
  const { username = 'admin', password = ADMIN_PASSWORD, viewport, path = '/?list=alarms' } = options;
  // A browser far away from the city: its own zone must show nowhere.
  const page = await (options.withMap ? drawing.newPage : newPage)({
    ...(viewport === undefined ? {} : { viewport }),
    timezoneId: 'America/St_Johns',
    strict: true,
  });
  return enterReal(page, server.http + path, username, password);
}

let at = Date.now();
/** Device times of one sensor have to go up. */
const tell = (value: number): Promise<void> => {
  at = Math.max(at + 1, Date.now());
  return send(client, 'w1', at, { ch4: value });
};
const row = (page: Page, more = '') =>
  page.locator(`[data-testid=alarm-row]${more}`).filter({ hasText: 'w1 号井' });

it('shows an alarm within two seconds, explains it, and lets operators act on it together', async () => {
  const [page, other] = await Promise.all([enter(), enter()]);
  await page.getByText('没有未关闭的报警').waitFor();
  await tell(5);
  const since = performance.now();
  await tell(25);
  await row(page, '[data-severity=yellow][data-acknowledged=false]').waitFor();
  expect(performance.now() - since).toBeLessThan(SEEN_MS_MAX);

  await row(page).click();
  const detail = page.getByTestId('alarm-detail');
  await detail.getByText('25.00').first().waitFor();
  await detail.getByText('≥ 20 %LEL').waitFor();
  await detail.getByText('有限空间可燃气体').waitFor();
  await page.locator('[data-testid=evidence-source][data-kind=standard]').waitFor();
  expect(await page.getByTestId('evidence-source').innerText()).toMatch(/GB\/T 50493-2019\s+5\.5\.2/);
  await detail.getByText('达到限值').waitFor();
  await page.getByTestId('sensor-chart').locator('canvas').waitFor();

  await page.getByTestId('acknowledge-button').click();
  await row(other, '[data-acknowledged=true]').waitFor({ timeout: SEEN_MS_MAX });

  await tell(55);
  await row(page, '[data-severity=orange][data-acknowledged=false]').waitFor();
  await other.keyboard.press('j');
  await other.getByTestId('acknowledge-button').waitFor();
  await other.keyboard.press('a');
  await row(page, '[data-acknowledged=true]').waitFor({ timeout: SEEN_MS_MAX });

  await page.mouse.move(960, 900);
  await tell(3);
  await row(page).waitFor({ state: 'detached' });
  await detail.getByText('已关闭').waitFor();
  await page.locator('.list-head').getByText('已关闭').click();
  await row(page, '[data-condition=cleared]').waitFor();
});

it('draws the map, and speaks both languages in both themes', async () => {
  await tell(26);
  const page = await enter({ withMap: true });
  await row(page).waitFor();
  const map = page.getByTestId('map');
  expect(await map.getAttribute('data-view')).toBe('map');
  await map.locator('canvas.maplibregl-canvas').waitFor();
  // Ground, grid, mark and its edge at the least.
  await expect
    .poll(async () => coloursOf(page, await map.screenshot()), { timeout: WAIT_MS })
    .toBeGreaterThan(20);
  for (const [language, heading] of [
    ['en', 'Alarms'],
    ['zh-CN', '报警'],
  ] as const) {
    // prettier-ignore
    await page.getByTestId('lang-switch').click();
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    const before = await page.locator('html').getAttribute('data-theme');
    await page.getByTestId('theme-switch').click();
    await page.locator(`html[data-theme=${before === 'dark' ? 'light' : 'dark'}]`).waitFor();
    await expect
      .poll(async () => coloursOf(page, await map.screenshot()), { timeout: WAIT_MS })
      .toBeGreaterThan(20);
  }
});

it('keeps the button from a viewer and gives a telephone a list to read', async () => {
  const login = { username: 'guest', password: VIEWER_PASSWORD };
  const [page, small] = await Promise.all([enter(login), enter({ viewport: SMALL, path: '/?list=alarms' })]);
  await row(page).click();
  await page.getByText('只读用户不能确认报警').waitFor();
  expect(await page.getByTestId('acknowledge-button').count()).toBe(0);

  await row(small).click();
  await small.getByTestId('alarm-detail').getByText('此页面只读').waitFor();
  expect(await small.getByTestId('acknowledge-button').count()).toBe(0);
  expect(await small.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

it('shows a sensor that fell silent as not seen, never as normal', async () => {
  await api.must('/rules', SILENCE);
  const silent = await register(api, 'w2', [{ channel: 'ch4', expectedEverySeconds: 1 }]);
  const its = await connectDevice(server.mqtt, silent);
  const page = await enter();
  await send(its, 'w2', Date.now(), { ch4: 30 });
  const of = (more: string) => page.locator(`[data-testid=alarm-row]${more}`).filter({ hasText: 'w2 号井' });
  await of('[data-condition=active]').first().waitFor();
  await of('[data-condition=blind].hatched').waitFor();
  await page.locator('.figure.notable').filter({ hasText: '失察测点' }).click();
  await expect.poll(() => page.getByTestId('alarm-row').count()).toBe(2);
  await of('[data-condition=blind]').click();
  await page.getByText('当前真实情况未知').waitFor();
  expect(await page.getByTestId('map').getAttribute('data-view')).toBe('table');
  await page.getByTestId('map').getByRole('row').filter({ hasText: 'w2 号井' }).getByText('失察').waitFor();
  await its.endAsync();
});

it('lists what was refused and adopts an unknown channel', async () => {
  await send(client, 'w1', Date.now(), { ch4: 26, temp: 17 });
  const page = await enter({ path: '/quarantine' });
  const fault = page.getByRole('row').filter({ hasText: '通道未登记' });
  await fault.getByRole('button', { name: '收编' }).click();
  const channel = page.getByLabel('通道', { exact: true });
  await channel.first().waitFor();
  expect([await channel.count(), await channel.first().inputValue()]).toEqual([1, 'temp']);
  await page.getByLabel('量', { exact: true }).fill('environment.temperature');
  await page.getByLabel('单位', { exact: true }).fill('Cel');
  await page.getByTestId('adopt-submit').click();
  await page.getByText('已收编').waitFor();
  await send(client, 'w1', Date.now(), { temp: 18 });
  await page.goto(`${server.http}/?asset=w1`);
  await page.locator('[data-sensor-id="w1.temp"]').getByText('18.00').waitFor();
});

it('says at once that the stream is lost, and is right again when the program is back', async () => {
  await tell(27);
  const page = await enter();
  await row(page, '[data-severity=yellow]').waitFor();
  const banner = page.getByTestId('stream-lost-banner');

  process.kill(server.pid, 'SIGSTOP');
  await banner.waitFor({ timeout: 13_000 });
  process.kill(server.pid, 'SIGCONT');
  await banner.waitFor({ state: 'detached' });

  const { dataDir, http, mqtt } = server;
  await client.endAsync();
  const stopped = server.stop();
  await banner.waitFor({ timeout: 2_000 });
  expect(await page.locator('.centre.doubtful').count()).toBe(1);
  expect(await stopped).toBe(0);
  server = await startServer({
    dataDir,
    env: { ANMAI_HTTP_PORT: new URL(http).port, ANMAI_MQTT_PORT: new URL(mqtt).port },
  });
  client = await connectDevice(server.mqtt, device);
  await tell(58);
  await banner.waitFor({ state: 'detached', timeout: 15_000 });
  await row(page, '[data-severity=orange]').waitFor();
  // A program that is away cannot be reached: the browser says so on its console.
  const others = faults.splice(0).filter(text => !/net::ERR_|50[0-9] \(/.test(text));
  expect(others).toEqual([]);
});
