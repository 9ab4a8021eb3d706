import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { build } from 'vite';
import { startFakeApi, type FakeApi, type FakeOptions } from './fake-api';
import { SOME } from './fake-alarms';

/** What all browser specs share: one browser, one built page, a log-in, and no error that nobody looked at. */
const CHROMIUM = process.env['ANMAI_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
/** Without a graphics card the map takes most of the computer; real.e2e-spec.ts looks at it. The others get the table. */
export const WITHOUT_MAP: readonly string[] = ['--disable-3d-apis'];
export const WITH_MAP: readonly string[] = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];
const WAIT_MS = 20_000;
export const LARGE = { width: 1920, height: 1080 } as const;
export const SMALL = { width: 360, height: 740 } as const;

export interface PageOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly timezoneId?: string;
  /** What the console calls an error and what the content security policy refuses are faults too. */
  readonly strict?: boolean;
}

export interface Browsing {
  newPage(options?: PageOptions): Promise<Page>;
  /** Exceptions of all pages since the last test; a test that expects some takes them out. */
  readonly faults: string[];
}

/** One browser for a spec file. Its pages are closed after each test, and a test whose page threw has failed. */
export function browsing(args: readonly string[] = WITHOUT_MAP): Browsing {
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGS, ...args] });
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map(context => context.close()));
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());
  return {
    faults,
    newPage: async ({ viewport = LARGE, timezoneId, strict = false } = {}) => {
      const context = await browser!.newContext({
        viewport,
        ...(timezoneId === undefined ? {} : { timezoneId }),
      });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(WAIT_MS);
      page.on('pageerror', error => faults.push(error.message));
      if (strict) await beStrict(page, faults);
      return page;
    },
  };
}

async function beStrict(page: Page, faults: string[]): Promise<void> {
  page.on('console', message => message.type() === 'error' && faults.push(message.text()));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event =>
      console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
}

/** Fills in the log-in that stands before every page. */
export async function logIn(page: Page, username = 'li', password = 'secret'): Promise<void> {
  await page.getByTestId('login-username').fill(username);
  await page.getByTestId('login-password').fill(password);
  await page.getByTestId('login-submit').click();
}

/** Goes there and logs in; done when the live stream stands. */
export async function enterReal(
  page: Page,
  address: string,
  username: string,
  password: string,
): Promise<Page> {
  await page.goto(address);
  await logIn(page, username, password);
  await page.locator('[data-trust=live]').waitFor();
  return page;
}

/** The page, built once for a spec file; ANMAI_TEST_PAGE names one that is built already. */
export function builtPage(): () => string {
  const given = process.env['ANMAI_TEST_PAGE'];
  if (given !== undefined) return () => resolve(given);
  const folder = mkdtempSync(join(tmpdir(), 'anmai-page-'));
  beforeAll(() =>
    build({ configFile: resolve('vite.web.config.ts'), build: { outDir: folder }, logLevel: 'error' }),
  );
  afterAll(() => {
    if (existsSync(folder)) rmSync(folder, { recursive: true });
  });
  return () => folder;
}

export interface FakePages {
  /** A fake platform and a page that is logged in to it, ready when its stream stands. */
  enter(
    path: string,
    options?: Partial<FakeOptions>,
    page?: PageOptions,
  ): Promise<{ api: FakeApi; page: Page }>;
  /** The same before anybody has logged in. */
  open(
    path: string,
    options?: Partial<FakeOptions>,
    page?: PageOptions,
  ): Promise<{ api: FakeApi; page: Page }>;
}

/** Pages in front of fake platforms, each test its own. `defaults` hold unless a test says otherwise. */
export function fakePages(defaults: Partial<FakeOptions> = {}): FakePages {
  const folder = builtPage();
  const apis: FakeApi[] = [];
  // Registered before the browser's: it runs after it, so that no page loses its platform while it still runs.
  afterEach(async () => {
    await Promise.all(apis.splice(0).map(api => api.close()));
  });
  const { newPage } = browsing();
  const open: FakePages['open'] = async (path, options = {}, pageOptions = {}) => {
    const api = await startFakeApi({ pageFolder: folder(), alarms: () => SOME, ...defaults, ...options });
    apis.push(api);
    const page = await newPage(pageOptions);
    await page.goto(api.url + path);
    return { api, page };
  };
  return {
    open,
    enter: async (path, options, pageOptions) => {
      const opened = await open(path, options, pageOptions);
      await logIn(opened.page);
      await opened.page.locator('.centre:not([data-trust=connecting]):not([data-trust=lost])').waitFor();
      return opened;
    },
  };
}
