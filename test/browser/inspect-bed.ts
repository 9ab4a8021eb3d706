import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { jpegWithExif } from '@anmai/files/testing/jpeg';
import { ApiClient } from '../support/api-client';
import { eventually } from '../support/eventually';

export const CHROMIUM = process.env['ANMAI_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
export const PASSWORD = 'in-the-basement-1';
export const PHONE = { width: 360, height: 740 };
/** Zhengzhou, indoors. */
const PLACE = { latitude: 34.7466, longitude: 113.6253, accuracy: 12 };

export interface OpenPhone {
  readonly context: BrowserContext;
  readonly page: Page;
  /** As when the telephone is switched off: nothing gets a chance to save anything. */
  kill(): Promise<void>;
}

/** A browser at the size of a telephone over a profile that stays. */
export async function openPhone(profile: string, script: string | null = null): Promise<OpenPhone> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: ARGS,
    viewport: PHONE,
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    // Its own zone must show nowhere.
    timezoneId: 'America/St_Johns',
    geolocation: PLACE,
    permissions: ['geolocation'],
  });
  if (script !== null) await context.addInitScript(script);
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  return {
    context,
    page,
    async kill() {
      const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
      const closed = new Promise(resolve => context.once('close', resolve));
      process.kill(pid, 'SIGKILL');
      await closed;
    },
  };
}

/** Organisation, agency, two inspectors and a building with the rules of 南通: two on site. */
export async function makeField(api: ApiClient): Promise<void> {
  await api.must('/orgs', { id: 'agency-org', name: '中原检测', parentId: 'city' });
  for (const [username, displayName] of [
    ['wang', '王建国'],
    ['li', '李敏'],
  ]) {
    await api.must('/users', {
      username,
      displayName,
      role: 'inspector',
      orgId: 'agency-org',
      password: PASSWORD,
    });
  }
  await put(api, '/checkups/agencies/agency-1', {
    orgId: 'agency-org',
    name: '中原检测有限公司',
    qualifications: ['building-design'],
    streets: [],
    capacityByMonth: Array.from({ length: 12 }, () => 100),
  });
}

async function put(api: ApiClient, path: string, body: unknown): Promise<void> {
  const reply = await api.call('PUT', path, body);
  if (reply.status >= 300) throw new Error(`PUT ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
}

/** A building of masonry and a check-up of it for both inspectors. */
export async function planCheckup(api: ApiClient, id: string, name = '中山路 12 号院 3 号楼'): Promise<void> {
  await api.must('/assets', {
    id: `house-${id}`,
    kind: 'building',
    name,
    orgId: 'city',
    geometry: { type: 'Point', coordinates: [113.6253, 34.7466] },
    properties: {
      structure: 'masonry',
      address: '郑州市二七区中山路 12 号院',
      storeys: 6,
      basements: 1,
    },
  });
  await api.must('/checkups', {
    id,
    buildingId: `house-${id}`,
    ruleSetId: 'nantong',
    agencyId: 'agency-1',
    inspectors: ['wang', 'li'],
    dueOn: '2026-12-15',
  });
}

let made = 0;
/** JPEGs that a browser can draw, each with EXIF of its own. */
export async function makePhotos(page: Page, count: number): Promise<readonly Buffer[]> {
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 1_024;
    canvas.height = 768;
    const pen = canvas.getContext('2d')!;
    for (let y = 0; y < 768; y += 4) {
      for (let x = 0; x < 1_024; x += 4) {
        pen.fillStyle = `hsl(${30 + ((x * y) % 17)} 25% ${50 + ((x * 7 + y * 13) % 31)}%)`;
        pen.fillRect(x, y, 4, 4);
      }
    }
    pen.strokeStyle = 'black';
    pen.lineWidth = 5;
    pen.beginPath();
    pen.moveTo(420, 0);
    for (let y = 0; y < 768; y += 32) pen.lineTo(420 + ((y * 37) % 90), y);
    pen.stroke();
    return canvas.toDataURL('image/jpeg', 0.9);
  });
  const picture = Buffer.from(drawn.slice(drawn.indexOf(',') + 1), 'base64').subarray(2);
  made += 1;
  return Array.from({ length: count }, (_, i) => {
    const two = String(i).padStart(2, '0');
    const head = jpegWithExif({
      takenAt: `2026:11:28 09:${two}:00`,
      make: `HUAWEI ${two}`,
      lat: 34.7466,
      lon: 113.6253,
    });
    return Buffer.concat([head.subarray(0, -2), picture, Buffer.from(`made ${made}`)]);
  });
}

export async function logIn(page: Page, username = 'wang', password = PASSWORD): Promise<void> {
  await page.getByTestId('login-username').fill(username);
  await page.getByTestId('login-password').fill(password);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('login-submit').waitFor({ state: 'detached' });
}

/** Logs in, waits until the page is kept by its worker, and takes the tasks along. */
export async function prepare(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/inspect`);
  await logIn(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.getByTestId('take-along').click();
  await page.locator('[data-testid^=task-]').first().waitFor();
}

/** Answers every question of the step that must be answered and is not, in the calmest way; photos are left. */
export async function answerStep(page: Page): Promise<void> {
  await page.locator('[data-testid^=item-]').first().waitFor();
  for (;;) {
    const open = page
      .locator('[data-testid^=item-][data-answered=false]')
      .filter({ has: page.locator('.must') })
      .filter({ hasNot: page.locator('.field-photos') })
      .first();
    if ((await open.count()) === 0) return;
    const id = await open.getAttribute('data-testid');
    if ((await open.locator('.field-choices button').count()) > 0)
      await open.locator('.field-choices button').first().click();
    else if ((await open.locator('svg').count()) > 0)
      await open.locator('svg').click({ position: { x: 120, y: 80 } });
    else if ((await open.locator('.field-measure input').count()) > 0)
      await open.locator('.field-measure input').fill('1');
    else await open.locator('textarea').fill('东立面');
    await page.locator(`[data-testid="${id}"][data-answered=true]`).waitFor();
  }
}

/** As the camera hands it over. */
export async function takePhoto(
  page: Page,
  path: string,
  photo: Buffer,
  name: string,
  source = 'camera',
): Promise<void> {
  const list = page.locator(`[data-testid="item-${path}"] .field-photos li`);
  const before = await list.count();
  await page.getByTestId(`${source}-${path}`).setInputFiles({ name, mimeType: 'image/jpeg', buffer: photo });
  await eventually(async () => (await list.count()) === before + 1, 20_000);
}

export async function sign(page: Page, number: number): Promise<void> {
  await page.getByTestId(`sign-${number}`).click();
  const box = (await page.getByTestId('signature-canvas').boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 100 + number * 5);
  await page.mouse.down();
  for (let i = 1; i <= 12; i += 1)
    await page.mouse.move(box.x + 30 + i * 15, box.y + 100 + ((i * 37 * number) % 60));
  await page.mouse.up();
  await page.getByTestId('signature-keep').click();
  await page.locator(`[data-testid=signer-${number}][data-signed=true]`).waitFor();
}
