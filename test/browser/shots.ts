import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startFakeApi, type FakeApi, type FakeOptions } from './fake-api';
import { BLIND, flood, ONE_RED, SOME } from './fake-alarms';

/**
 * Pictures of the page in each state, to be looked at by a person. `shots.ts [folder] [only]`; needs `dist/web`.
 */
const folder = process.argv[2] ?? 'data/shots';
const only = process.argv[3] ?? '';
const pageFolder = resolve('dist/web');
const CHROMIUM = process.env['ANMAI_CHROMIUM'] ?? '/usr/bin/chromium';

type Lang = 'zh' | 'en';
type Theme = 'dark' | 'light';
interface Shot {
  readonly name: string;
  readonly options: Omit<FakeOptions, 'pageFolder'>;
  readonly size?: readonly [number, number];
  readonly lang?: Lang;
  readonly theme?: Theme;
  readonly path?: string;
  readonly withoutWebgl?: boolean;
  readonly settleMs?: number;
  readonly then?: (page: Page, api: FakeApi) => Promise<void>;
}

const some = { alarms: () => SOME };
const red = { alarms: () => [...ONE_RED, ...SOME] };
const blind = { alarms: () => [...BLIND, ...SOME], health: { sensorsBlind: 17, devicesOffline: 9 } };
const many = { alarms: (city: Parameters<typeof flood>[0]) => flood(city, 200) };
const RED = '/?list=alarms&alarm=al-well-0003.ch4-gas-adjacent';
const LARGE = [1920, 1080] as const;
const MIDDLE = [1280, 800] as const;
const SMALL = [360, 740] as const;

const lose = async (page: Page, api: FakeApi): Promise<void> => {
  api.cutStreams();
  await page.getByTestId('stream-lost-banner').waitFor();
};
const quarantine = async (page: Page): Promise<void> => page.locator('.page .ant-btn').first().click();

const unfold = async (page: Page): Promise<void> => page.locator('.unfold').first().click();
/** A release while the alarm is still on. */
const refuse = async (page: Page): Promise<void> => {
  await page.getByText('属实').first().click();
  await page.getByTestId('step-send').click();
  await page.getByTestId('step-release').click();
  await page.getByTestId('step-send').click();
  await page.getByTestId('refusal').waitFor();
};

const SHOTS: readonly Shot[] = [
  { name: 'login', options: some, path: 'login' },
  {
    name: 'incidents',
    options: { ...red, health: { flood: { since: new Date().toISOString(), count: 214 } } },
    path: '/?incident=in-gas',
  },
  { name: 'incidents-light', options: red, path: '/?incident=in-gas', theme: 'light', then: unfold },
  { name: 'incidents-en', options: many, path: '/?incident=in-storm', lang: 'en' },
  {
    name: 'incidents-middle-en-light',
    options: many,
    size: MIDDLE,
    path: '/?incident=in-gas',
    lang: 'en',
    theme: 'light',
  },
  { name: 'incidents-middle', options: many, size: MIDDLE, path: '/', then: unfold },
  { name: 'incidents-refused', options: red, path: '/?incident=in-gas', then: refuse },
  {
    name: 'incidents-warn',
    options: red,
    path: '/?incident=in-water',
    theme: 'light',
    then: async page => page.getByTestId('step-warn').click(),
  },
  { name: 'kpi', options: some, path: '/kpi' },
  { name: 'kpi-middle-en-light', options: some, path: '/kpi', size: MIDDLE, lang: 'en', theme: 'light' },
  { name: 'normal', options: { alarms: () => [] } },
  { name: 'normal-light-en', options: { alarms: () => [] }, theme: 'light', lang: 'en' },
  { name: 'red', options: red, path: RED },
  { name: 'red-light', options: red, path: RED, theme: 'light' },
  { name: 'red-en', options: red, path: RED, lang: 'en' },
  { name: 'red-middle', options: red, path: RED, size: MIDDLE },
  { name: 'red-middle-en-light', options: red, path: RED, size: MIDDLE, lang: 'en', theme: 'light' },
  { name: 'flood', options: many },
  { name: 'flood-light', options: many, theme: 'light' },
  { name: 'flood-small', options: many, size: SMALL },
  { name: 'blind', options: blind, path: RED },
  { name: 'blind-light', options: blind, path: RED, theme: 'light' },
  { name: 'lost', options: red, then: lose },
  { name: 'lost-light-en', options: red, path: RED, theme: 'light', lang: 'en', then: lose },
  { name: 'lost-small', options: red, size: SMALL, then: lose },
  {
    name: 'part-down',
    options: {
      ...some,
      health: {
        parts: { broker: 'down', journal: 'up', readings: 'catching-up', records: 'up', monitor: 'up' },
      },
    },
  },
  { name: 'empty', options: { alarms: () => [], withoutAssets: true } },
  { name: 'slow', options: { ...some, delayMs: 20_000 }, settleMs: 1_500 },
  { name: 'viewer', options: { ...red, role: 'viewer' }, path: RED },
  { name: 'asset', options: red, path: '/?asset=well-0003' },
  { name: 'house', options: red, path: '/?asset=house-0004', theme: 'light' },
  { name: 'no-webgl', options: red, withoutWebgl: true },
  { name: 'small-detail', options: red, path: RED, size: SMALL, theme: 'light' },
  { name: 'small', options: red, size: SMALL, theme: 'light' },
  { name: 'devices', options: some, path: '/devices' },
  { name: 'quarantine', options: some, path: '/quarantine', then: quarantine },
  { name: 'help', options: some, then: async page => page.keyboard.press('?') },
];

async function take(browser: Browser, shot: Shot): Promise<void> {
  const api = await startFakeApi({ ...shot.options, pageFolder });
  const [width, height] = shot.size ?? LARGE;
  const context = await browser.newContext({ viewport: { width, height }, timezoneId: 'Asia/Shanghai' });
  await context.addInitScript(
    ([lang, theme, loggedIn]) => {
      localStorage.setItem('anmai.lang', lang);
      localStorage.setItem('anmai.theme', theme);
      const tokens = { accessToken: 'access', refreshToken: 'refresh', endsAt: Date.now() + 900_000 };
      if (loggedIn === 'yes') sessionStorage.setItem('anmai.session', JSON.stringify(tokens));
    },
    [shot.lang ?? 'zh', shot.theme ?? 'dark', shot.path === 'login' ? 'no' : 'yes'] as const,
  );
  if (shot.withoutWebgl) {
    await context.addInitScript(() => {
      const original: (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) => unknown =
        HTMLCanvasElement.prototype.getContext;
      const blindfolded = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]): unknown {
        return kind.startsWith('webgl') ? null : original.call(this, kind, ...rest);
      };
      HTMLCanvasElement.prototype.getContext = blindfolded as typeof HTMLCanvasElement.prototype.getContext;
    });
  }
  const page = await context.newPage();
  page.on(
    'console',
    message => message.type() === 'error' && console.log(`  [${shot.name}] ${message.text()}`),
  );
  page.on('pageerror', error => console.log(`  [${shot.name}] ${error.message}`));
  await page.goto(api.url + (shot.path === 'login' ? '/' : (shot.path ?? '/')));
  await page.waitForTimeout(shot.settleMs ?? 4_000);
  await shot.then?.(page, api);
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/${shot.name}.png` });
  console.log(shot.name);
  await context.close();
  await api.close();
}

mkdirSync(folder, { recursive: true });
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [...args, '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
for (const shot of SHOTS.filter(item => item.name.includes(only))) await take(browser, shot);
await browser.close();
