import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startFakeApi, type FakeApi, type FakeOptions } from './fake-api';
import { ASIDE, BLIND, flood, ONE_RED, SOME } from './fake-alarms';

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
const aside = { alarms: () => [...ONE_RED, ...ASIDE] };
const many = { alarms: (city: Parameters<typeof flood>[0]) => flood(city, 200) };
const RED = '/?list=alarms&alarm=al-well-0003.ch4-gas-adjacent';
const SHELVED = '/?list=alarms&alarm=al-well-0007.ch4-gas-adjacent';
const SUPPRESSED = '/?list=alarms&alarm=al-house-0004.tilt-tilt';
const LATCHED = '/?list=alarms&alarm=al-dma-0002.p-water-end-pressure';
const LARGE = [1920, 1080] as const;
const MIDDLE = [1280, 800] as const;
const SMALL = [360, 740] as const;

const lose = async (page: Page, api: FakeApi): Promise<void> => {
  api.cutStreams();
  await page.getByTestId('stream-lost-banner').waitFor();
};
const showAside = (page: Page): Promise<void> => page.getByTestId('aside-suppressed').click();
const assess = async (page: Page): Promise<void> => {
  await page.getByTestId('assess-open').click();
  await page.getByTestId('verdict-other').click();
};
const refuseClose = async (page: Page): Promise<void> => {
  await page.getByTestId('close-open').click();
  await page.getByTestId('close-button').click();
  await page.getByText('ALM-018').waitFor();
};
const quarantine = async (page: Page): Promise<void> => page.locator('.page .ant-btn').first().click();

const engineer = { ...some, role: 'engineer', health: { rulesUnusable: 1 } } as const;
const openDraft = async (page: Page): Promise<void> => page.getByTestId('rule-edit').click();
const tryDraft = async (page: Page): Promise<void> => {
  await openDraft(page);
  await page.locator('input[data-path="limits.0.above"]').fill('15');
  await page.getByTestId('backtest-run').click();
  await page.getByTestId('backtest-curve').locator('canvas').waitFor();
};
const explain = async (page: Page): Promise<void> => {
  await page.getByTestId('explain-show').click();
  await page.getByTestId('explain-chart').locator('canvas').waitFor();
  await page.getByTestId('explain').scrollIntoViewIfNeeded();
};
const unfold = async (page: Page): Promise<void> => page.locator('.unfold').first().click();
/** A release while the alarm is still on. */
const refuse = async (page: Page): Promise<void> => {
  await page.getByText('属实').first().click();
  await page.getByTestId('step-send').click();
  await page.getByTestId('step-release').click();
  await page.getByTestId('step-send').click();
  await page.getByTestId('refusal').waitFor();
};

const planner = { ...aside, role: 'engineer' } as const;
const newWindow = async (page: Page): Promise<void> => {
  await page.getByTestId('window-new').click();
  await page.getByLabel('作业内容').fill('阀井抽水，燃气公司一班');
  await page.getByLabel('对象', { exact: true }).fill('well-0002');
  await page.keyboard.press('Enter');
  await page.getByTestId('window-form').locator('h3').first().click();
  await page.getByTestId('repeat-kind').getByText('每周').click();
};
const PLAN_SHOTS: readonly Shot[] = [
  { name: 'plans-windows', options: planner, path: '/plans' },
  { name: 'plans-window-form', options: planner, path: '/plans', then: newWindow },
  {
    name: 'plans-window-form-middle-light',
    options: planner,
    path: '/plans',
    size: MIDDLE,
    theme: 'light',
    then: newWindow,
  },
  { name: 'plans-windows-light-en', options: planner, path: '/plans', theme: 'light', lang: 'en' },
  { name: 'plans-inhibitions', options: planner, path: '/plans?tab=inhibitions' },
  {
    name: 'plans-inhibition-form-middle-en-light',
    options: planner,
    path: '/plans?tab=inhibitions',
    size: MIDDLE,
    theme: 'light',
    lang: 'en',
    then: async page => page.getByTestId('inhibition-edit').first().click(),
  },
  { name: 'plans-settings', options: planner, path: '/plans?tab=settings' },
  {
    name: 'plans-settings-middle-light-en',
    options: planner,
    path: '/plans?tab=settings',
    size: MIDDLE,
    theme: 'light',
    lang: 'en',
  },
  { name: 'plans-viewer', options: { ...aside, role: 'viewer' }, path: '/plans?tab=settings' },
];

const click =
  (testId: string) =>
  async (page: Page): Promise<void> =>
    page.getByTestId(testId).first().click();
const NOTIFY_SHOTS: readonly Shot[] = [
  { name: 'notify-outbox', options: planner, path: '/notify' },
  {
    name: 'notify-outbox-middle-light-en',
    options: planner,
    path: '/notify',
    size: MIDDLE,
    theme: 'light',
    lang: 'en',
  },
  { name: 'notify-routes', options: planner, path: '/notify?tab=routes', then: click('route-edit') },
  {
    name: 'notify-routes-middle-light-en',
    options: planner,
    path: '/notify?tab=routes',
    size: MIDDLE,
    theme: 'light',
    lang: 'en',
  },
  {
    name: 'notify-rota-light',
    options: planner,
    path: '/notify?tab=rota',
    theme: 'light',
    then: click('rota-edit'),
  },
  { name: 'notify-rota-middle', options: planner, path: '/notify?tab=rota', size: MIDDLE },
  { name: 'notify-contacts', options: { ...planner, role: 'admin' }, path: '/notify?tab=contacts' },
  {
    name: 'notify-contacts-middle-light-en',
    options: planner,
    path: '/notify?tab=contacts',
    size: MIDDLE,
    theme: 'light',
    lang: 'en',
  },
];

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
  { name: 'small-incidents', options: red, size: SMALL, theme: 'light' },
  { name: 'small-incidents-detail', options: red, size: SMALL, path: '/?incident=in-gas' },
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
  { name: 'flood-small', options: many, size: SMALL, path: '/?list=alarms' },
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
  { name: 'aside', options: aside, path: SHELVED },
  { name: 'aside-light-en', options: aside, path: SHELVED, theme: 'light', lang: 'en' },
  { name: 'aside-middle', options: aside, path: SUPPRESSED, size: MIDDLE, then: showAside },
  { name: 'shelve', options: aside, path: RED, then: async page => page.keyboard.press('s') },
  { name: 'assess-light-en', options: aside, path: RED, theme: 'light', lang: 'en', then: assess },
  { name: 'close-refused', options: aside, path: RED, then: refuseClose },
  { name: 'latched-middle-en', options: aside, path: LATCHED, size: MIDDLE, lang: 'en' },
  { name: 'aside-small', options: aside, size: SMALL },
  { name: 'devices', options: some, path: '/devices' },
  { name: 'quarantine', options: some, path: '/quarantine', then: quarantine },
  { name: 'rules', options: engineer, path: '/rules' },
  { name: 'rules-light-en', options: engineer, path: '/rules', theme: 'light', lang: 'en' },
  { name: 'rules-middle', options: engineer, path: '/rules', size: MIDDLE },
  { name: 'rule', options: engineer, path: '/rules/gas-adjacent' },
  {
    name: 'rule-faults-light-en',
    options: engineer,
    path: '/rules/pressure-drop',
    theme: 'light',
    lang: 'en',
  },
  { name: 'rule-draft', options: engineer, path: '/rules/gas-adjacent', then: tryDraft },
  {
    name: 'rule-draft-light-en',
    options: engineer,
    path: '/rules/gas-adjacent',
    theme: 'light',
    lang: 'en',
    then: tryDraft,
  },
  { name: 'rule-draft-middle', options: engineer, path: '/rules/gas-adjacent', size: MIDDLE, then: tryDraft },
  {
    name: 'rule-new',
    options: engineer,
    path: '/rules?tab=new',
    then: async page => page.locator('[data-type=rate]').click(),
  },
  {
    name: 'rule-new-composite-middle-light-en',
    options: engineer,
    path: '/rules?tab=new',
    size: MIDDLE,
    theme: 'light',
    lang: 'en',
    then: async page => {
      await page.locator('[data-type=composite]').click();
      await page.getByTestId('part-add').click();
    },
  },
  { name: 'rule-types', options: engineer, path: '/rules?tab=new' },
  { name: 'rule-defaults', options: engineer, path: '/rules?tab=defaults' },
  {
    name: 'rule-defaults-middle-light-en',
    options: engineer,
    path: '/rules?tab=defaults',
    size: MIDDLE,
    theme: 'light',
    lang: 'en',
  },
  { name: 'rule-composite', options: engineer, path: '/rules/together', then: openDraft },
  {
    name: 'rule-forecast-light',
    options: engineer,
    path: '/rules/level-forecast',
    theme: 'light',
    then: openDraft,
  },
  { name: 'explain', options: red, path: RED, then: explain },
  { name: 'explain-light-en', options: red, path: RED, theme: 'light', lang: 'en', then: explain },
  { name: 'explain-small', options: red, path: RED, size: SMALL, theme: 'light', then: explain },
  ...PLAN_SHOTS,
  ...NOTIFY_SHOTS,
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
  await page.waitForTimeout(shot.settleMs ?? 2_500);
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
