import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckupForm } from '@anmai/lifecycle';
import type { CheckupDetailShape, FileShape } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { BadLine } from '../support/bad-line';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { sha256Of } from '../support/tus';
import {
  answerStep,
  logIn,
  makeField,
  makePhotos,
  openPhone,
  planCheckup,
  prepare,
  sign,
  takePhoto,
  type OpenPhone,
} from './inspect-bed';

const PHOTOS = 40;
const GROUND = 'ground.photos';
const SENT_MS_MAX = 240_000;
/** Where pictures for a person to look at are written; nowhere when it is not set. */
const SHOTS = process.env['ANMAI_SHOTS'];

let server: ServerProcess;
let api: ApiClient;
let line: BadLine;
const profiles: string[] = [];
const phones: OpenPhone[] = [];
const newProfile = (): string => {
  const profile = mkdtempSync(join(tmpdir(), 'anmai-phone-'));
  profiles.push(profile);
  return profile;
};
async function phone(profile: string, script: string | null = null): Promise<OpenPhone> {
  const opened = await openPhone(profile, script);
  phones.push(opened);
  return opened;
}
const shot = async (page: OpenPhone['page'], name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `inspect-${name}.png`) });
};

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  line = await BadLine.to(server.http);
  await makeField(api);
});
afterEach(async () => {
  for (const each of phones.splice(0)) await each.context.close().catch(() => undefined);
  line.become('good');
});
afterAll(async () => {
  await line?.close();
  await server?.stop();
  for (const profile of profiles) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  removeDataDirs();
});

const detailOf = async (id: string): Promise<CheckupDetailShape> =>
  (await api.get<CheckupDetailShape>(`/checkups/${id}`)).body;
const bytesOf = async (sha256: string): Promise<Buffer> => {
  const reply = await fetch(`${server.http}/api/v1/files/${sha256}`, {
    headers: { authorization: `Bearer ${api.token}` },
  });
  expect([sha256, reply.status]).toEqual([sha256, 200]);
  return Buffer.from(await reply.arrayBuffer());
};

it(
  'brings a check-up of 40 photos home: filled in without a line, killed, reopened, sent over a bad line',
  async () => {
    await planCheckup(api, 'big');
    const profile = newProfile();
    let { context, page, kill } = await phone(profile);
    await page.goto(`${line.url}/inspect`);
    await shot(page, 'login');
    const photos = await makePhotos(page, PHOTOS);
    await prepare(page, line.url);
    await shot(page, 'tasks');

    line.become('gone');
    await context.setOffline(true);
    await page.getByTestId('task-big').click();
    await answerStep(page);
    await shot(page, 'section');
    for (const [i, photo] of photos.slice(0, 18).entries())
      await takePhoto(page, GROUND, photo, `IMG_${i}.jpg`);
    for (const [i, photo] of photos.slice(18, 20).entries())
      await takePhoto(page, GROUND, photo, `old_${i}.jpg`, 'gallery');
    await shot(page, 'photos');
    await page.getByTestId('step-1').click();
    await page.getByTestId('add-cracks').click();
    const crack = (await page.getByTestId('row-cracks-1').getAttribute('data-row'))!;
    await page.getByTestId(`measure-cracks/${crack}/width`).fill('0.35');
    await answerStep(page);
    for (const [i, photo] of photos.slice(20).entries())
      await takePhoto(page, `cracks/${crack}/photos`, photo, `crack_${i}.jpg`);
    await page.getByTestId(`measure-cracks/${crack}/length`).scrollIntoViewIfNeeded();
    await shot(page, 'crack');
    await page.getByTestId(`text-superstructure.note`).fill('裂缝自二层窗角向上发展');

    await page.locator('[data-testid=kept][data-unkept="0"]').waitFor();

    // As a telephone that falls into water, in the middle of it.
    await kill();
    ({ context, page, kill } = await phone(profile));
    await context.setOffline(true);
    await page.goto(`${line.url}/inspect`);
    await page.locator('[data-testid=task-big][data-state=open]').click();
    await page.getByTestId('step-1').click();
    expect(await page.getByTestId('text-superstructure.note').inputValue()).toBe('裂缝自二层窗角向上发展');
    await page.getByTestId('row-cracks-1').locator('.field-group-head').click();
    expect(await page.getByTestId(`measure-cracks/${crack}/width`).inputValue()).toBe('0.35');
    expect(await page.locator(`[data-testid="item-cracks/${crack}/photos"] li`).count()).toBe(20);
    await shot(page, 'reopened');

    for (const step of [0, 1, 2, 3]) {
      await page.getByTestId(`step-${step}`).click();
      await answerStep(page);
    }
    await page.getByTestId('step-4').click();
    await page.getByTestId('result-basicPass').or(page.getByTestId('result-false-false')).first().click();
    await page.getByTestId('conclusion-note').fill('裂缝宽度小于限值，三个月内复测。');
    await shot(page, 'conclusion');
    await page.getByTestId('step-5').click();
    await page.getByTestId('signer-name-2').fill('李敏');
    for (const number of [1, 2]) await sign(page, number);
    await shot(page, 'signed');
    await page.getByTestId('hand-in').click();
    await page.getByTestId('fate-ready').waitFor();
    await page.getByTestId('outbox-button').click();
    await shot(page, 'outbox-offline');

    line.become({ bytesPerSecond: 1_500_000, cutEveryBytes: 900_000 });
    await context.setOffline(false);
    await page.locator('[data-testid=out-big][data-state=sent]').waitFor({ timeout: SENT_MS_MAX });
    await eventually(
      async () => (await page.locator('[data-testid=out-file][data-received=true]').count()) > 12,
      SENT_MS_MAX,
    );
    await shot(page, 'outbox-sending');
    // Once more in the middle of sending: what has its receipt is not sent again, the rest goes on.
    await kill();
    ({ context, page, kill } = await phone(profile));
    await page.goto(`${line.url}/inspect/outbox`);
    await eventually(
      async () => (await page.getByTestId('outbox-button').getAttribute('data-waiting')) === '0',
      SENT_MS_MAX,
    );
    await shot(page, 'outbox-done');
    expect(line.cuts).toBeGreaterThan(5);

    const { records } = await detailOf('big');
    expect(records).toHaveLength(1);
    const { attachments, signatures } = records[0]!;
    const originals = photos.map(sha256Of);
    expect(attachments.map(each => each.sha256)).toEqual(expect.arrayContaining(originals));
    expect(attachments).toHaveLength(PHOTOS * 2 + 2);
    expect(signatures.map(each => each.name)).toEqual(['王建国', '李敏']);
    for (const { sha256 } of attachments) expect(sha256Of(await bytesOf(sha256))).toBe(sha256);
    expect(await page.locator('[data-testid=out-file][data-received=true]').count()).toBe(PHOTOS * 2 + 2);

    const infos = await Promise.all(
      attachments.map(async each => (await api.get<FileShape>(`/files/${each.sha256}/info`)).body),
    );
    const marked = infos.filter(info => info.meta.watermarkOf !== undefined);
    expect(new Set(marked.map(info => info.meta.watermarkOf))).toEqual(new Set(originals));
    const original = infos.find(info => info.sha256 === originals[3])!;
    expect(original.meta).toMatchObject({
      gallery: false,
      buildingId: 'house-big',
      inspector: '王建国',
      place: { lat: 34.7466, lon: 113.6253, accuracyM: 12 },
      exif: { takenAt: '2026:11:28 09:03:00', camera: 'HUAWEI 03' },
    });
    expect(
      infos.filter(info => info.meta.gallery === true && info.meta.watermarkOf === undefined),
    ).toHaveLength(2);
  },
  2 * SENT_MS_MAX,
);

it('takes in what was filled in a week ago on the form of last month, once, though its answer got lost', async () => {
  await planCheckup(api, 'late');
  const profile = newProfile();
  const weekAgo = 'const now = Date.now.bind(Date); Date.now = () => now() - 7 * 86400000;';
  const first = await phone(profile, weekAgo);
  await prepare(first.page, line.url);
  await first.context.setOffline(true);
  await first.page.getByTestId('task-late').click();
  const [photo] = await makePhotos(first.page, 1);
  await answerStep(first.page);
  await takePhoto(first.page, GROUND, photo!, 'then.jpg');
  await first.page.locator('[data-testid=kept][data-unkept="0"]').waitFor();
  await first.kill();

  const task = await detailOf('late');
  const form = (await api.get<CheckupForm>(`/checkups/forms/${task.form.id}/${task.form.version}`)).body;
  await api.must('/checkups/forms', {
    ...form,
    version: form.version + 1,
    name: { zh: '新表', en: 'new form' },
  });

  const { context, page } = await phone(profile);
  await context.setOffline(true);
  await page.goto(`${line.url}/inspect/late/0`);
  for (const step of [0, 1, 2, 3]) {
    await page.getByTestId(`step-${step}`).click();
    await answerStep(page);
  }
  await page.getByTestId('step-4').click();
  await page.locator('[data-testid^=result-]').first().click();
  await page.getByTestId('step-5').click();
  await page.getByTestId('signer-name-2').fill('李敏');
  for (const number of [1, 2]) await sign(page, number);
  line.become('good');
  await context.setOffline(false);
  await page.getByTestId('away').waitFor({ state: 'detached' });
  line.becomeDeafAfter('/submit');
  await page.getByTestId('hand-in').click();
  await eventually(async () => (await detailOf('late')).records.length === 1);
  line.become('good');
  await page.getByTestId('record-receipt').waitFor();
  const { records } = await detailOf('late');
  expect(records.map(each => [each.revision, each.form])).toEqual([[1, task.form]]);
  await eventually(
    async () => (await page.getByTestId('outbox-button').getAttribute('data-waiting')) === '0',
  );
  expect(await bytesOf(sha256Of(photo!))).toEqual(photo);
});

it('asks for a log-in again when the old one has ended, and loses nothing', async () => {
  await planCheckup(api, 'ended');
  const { page } = await phone(newProfile());
  await prepare(page, line.url);
  await page.getByTestId('task-ended').click();
  await page.evaluate(
    () =>
      new Promise<void>(resolve => {
        const session = { accessToken: 'a.b.c', refreshToken: 'taken-back', endsAt: Date.now() + 600_000 };
        indexedDB.open('anmai-inspect').onsuccess = ({ target }) => {
          const tx = (target as IDBOpenDBRequest).result.transaction('kv', 'readwrite');
          tx.objectStore('kv').put(JSON.stringify(session), 'session');
          tx.oncomplete = () => resolve();
        };
      }),
  );
  await page.reload();
  await answerStep(page);
  const answered = await page.locator('[data-testid^=item-][data-answered=true]').count();
  expect(answered).toBeGreaterThan(3);
  await page.getByTestId('needs-login').waitFor();
  await shot(page, 'needs-login');
  await page.getByTestId('login-again').click();
  await shot(page, 'login-again');
  await logIn(page);
  await page.getByTestId('needs-login').waitFor({ state: 'detached' });
  expect(await page.locator('[data-testid^=item-][data-answered=true]').count()).toBe(answered);
  await eventually(
    async () => Object.keys((await detailOf('ended')).draft?.fields ?? {}).length === answered,
  );
});

it('notices that the clock of the telephone is three hours ahead, says so, and corrects what it writes', async () => {
  await planCheckup(api, 'clock');
  const ahead = 'const now = Date.now.bind(Date); Date.now = () => now() + 3 * 3600000;';
  const { page } = await phone(newProfile(), ahead);
  await prepare(page, line.url);
  await page.getByTestId('clock-wrong').getByText('快了').waitFor();
  await page.getByTestId('task-clock').click();
  const [photo] = await makePhotos(page, 1);
  await takePhoto(page, GROUND, photo!, 'now.jpg', 'gallery');
  await shot(page, 'clock-wrong');
  await page.getByText('EN', { exact: true }).click();
  await page.getByText('Cannot be judged').first().waitFor();
  await shot(page, 'english');
  const info = await eventually(async () => {
    const reply = await api.get<FileShape>(`/files/${sha256Of(photo!)}/info`);
    return reply.status === 200 ? reply.body : null;
  });
  expect(Math.abs(info.meta.clockOffsetMs! + 3 * 3_600_000)).toBeLessThan(3_000);
});

it('shows what another device wrote in the same field, and settles it by one touch', async () => {
  await planCheckup(api, 'both');
  const { page } = await phone(newProfile());
  await prepare(page, line.url);
  await page.getByTestId('task-both').click();
  const item = page
    .locator('[data-testid^=item-]')
    .filter({ has: page.locator('.field-choices') })
    .first();
  const path = (await item.getAttribute('data-testid'))!.slice('item-'.length);
  const codes = await item
    .locator('.field-choices button')
    .evaluateAll(all => all.map(each => each.getAttribute('data-testid')!.split('-').at(-1)!));
  line.become('gone');
  await page.getByTestId(`choice-${path}-${codes[0]}`).click();
  const li = await ApiClient.login(server.http, 'li', 'in-the-basement-1');
  const write = {
    value: { kind: 'choice', codes: [codes[1]] },
    at: Date.now(),
    offsetMs: null,
    deviceId: 'tablet',
    n: 1,
    by: 'li',
    seen: {},
  };
  await li.must('/checkups/both/draft', {
    deviceId: 'tablet',
    deviceAt: Date.now(),
    fields: { [path]: { tablet: write } },
  });
  line.become('good');
  await page.getByTestId('outbox-button').click();
  await page.getByTestId('send-now').click();
  await page.goBack();
  const conflict = page.getByTestId(`conflict-${path}`);
  await conflict.waitFor();
  await conflict.scrollIntoViewIfNeeded();
  await shot(page, 'conflict');
  await conflict.getByRole('button').filter({ hasText: 'li' }).click();
  await eventually(async () => {
    const { draft } = await detailOf('both');
    return draft?.conflicts.length === 0 && Object.keys(draft.fields[path] ?? {}).length === 2;
  });
});
