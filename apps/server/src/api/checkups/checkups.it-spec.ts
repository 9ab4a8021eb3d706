/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-call */

import { CHECKUP_FORMS, type Answers } from '@anmai/lifecycle';
import { asDraft, filled } from '@anmai/lifecycle/testing/filled';
import { asset, by, SYSTEM } from '@anmai/postgres/testing/samples';
import {
  checkupDetailReply,
  checkupDraftReply,
  checkupFormSchema,
  checkupReply,
  checkupSubmitReply,
  checkupTasksReply,
} from '@anmai/wire';
import { PasswordHasher } from '../auth/password-hasher';
import { PASSWORD, startApiBed, type ApiBed, type Reply } from '../testing/api-bed';

const FORM = CHECKUP_FORMS.masonry;
const HOUR = 3_600_000;

let bed: ApiBed;
let count = 0;
beforeAll(async () => {
  bed = await startApiBed();
  const passwordHash = await new PasswordHasher().hash(PASSWORD);
  const user = async (username: string, role: 'inspector' | 'engineer', orgId: string): Promise<void> => {
    await bed.records.users.create({ username, displayName: username, role, orgId, passwordHash }, SYSTEM);
  };
  await bed.records.orgs.create({ id: 'agency-org', name: '检测公司', parentId: 'city' }, SYSTEM);
  await user('ina', 'inspector', 'agency-org');
  await user('ivo', 'inspector', 'agency-org');
  await user('chief', 'engineer', 'agency-org');
  for (const id of ['house-1', 'house-2']) {
    const properties = { structureFamily: 'masonry', address: `中山路 ${id}` };
    await bed.records.assets.create(asset(id, { kind: 'building', orgId: 'gas-co', properties }), SYSTEM);
  }
  await bed.records.assets.create(asset('well-1'), SYSTEM);
  await bed.records.regimes.setChoices(
    'city',
    [{ orgId: 'city', from: '2026-01-01', ruleSetId: 'nantong', ruleSetVersion: 1 }],
    SYSTEM,
  );
  await bed.records.regimes.putAgency(
    {
      id: 'agency-1',
      orgId: 'agency-org',
      name: '检测公司',
      qualifications: ['building-design'],
      streets: [],
      capacityByMonth: Array.from({ length: 12 }, () => 100),
    },
    null,
    by('root'),
  );
});
afterAll(() => bed.stop());

const post = (path: string, as: string, body: unknown): Promise<Reply> =>
  bed.call('POST', `/api/v1/checkups${path}`, { as, body });
const get = (path: string, as: string): Promise<Reply> => bed.call('GET', `/api/v1/checkups${path}`, { as });

async function planned(over: Record<string, unknown> = {}): Promise<string> {
  const id = `c${++count}`;
  const body = { id, buildingId: 'house-1', agencyId: 'agency-1', inspectors: ['ina', 'ivo'], ...over };
  const reply = await post('', 'root', body);
  expect([reply.status, reply.body.code]).toEqual([201, undefined]);
  checkupReply.parse(reply.body);
  return id;
}

const signature = (username: string) => ({
  username, name: username, certificate: null, fileId: `sig-${username}`, signedAt: bed.clock.now(),
}); // prettier-ignore
const submission = (answers: Answers, over: Record<string, unknown> = {}) => ({
  deviceId: 'phone-1',
  deviceAt: bed.clock.now(),
  form: { id: FORM.id, version: FORM.version },
  fields: asDraft(answers, { deviceId: 'phone-1', by: 'ina', at: bed.clock.now() }),
  signatures: [signature('ina'), signature('ivo')],
  attachments: [{ fileId: 'photo-1', sha256: 'a'.repeat(64), kind: 'photo', path: 'ground.photos' }],
  startedAt: bed.clock.now() - HOUR,
  finishedAt: bed.clock.now(),
  ...over,
});
const PASSED = filled(FORM);

it('goes from planning to acceptance', async () => {
  const id = await planned();
  const tasks = await get('/tasks', 'ina');
  checkupTasksReply.parse(tasks.body);
  expect(tasks.body.items.map((task: { id: string }) => task.id)).toContain(id);
  const { form } = tasks.body.items.find((task: { id: string }) => task.id === id);
  const taken = await get(`/forms/${form.id}/${form.version}`, 'ina');
  expect(checkupFormSchema.parse(taken.body)).toEqual(FORM);

  const synced = await post(`/${id}/draft`, 'ina', {
    deviceId: 'phone-1',
    deviceAt: bed.clock.now(),
    fields: asDraft({ storeys: { kind: 'measure', value: 6 } }, { deviceId: 'phone-1', by: 'ina', at: 1 }),
  });
  expect([synced.status, checkupDraftReply.parse(synced.body).conflicts]).toEqual([200, []]);
  expect((await get(`/${id}`, 'root')).body.state).toBe('inField');

  const sent = await post(`/${id}/submit`, 'ina', submission(PASSED));
  expect([sent.status, sent.body.code]).toEqual([200, undefined]);
  const { checkup, record, again } = checkupSubmitReply.parse(sent.body);
  expect([checkup.state, record.id, again]).toEqual(['submitted', `${id}.r1`, false]);

  expect((await post(`/${id}/review`, 'chief', {})).body.state).toBe('reviewed');
  expect((await post(`/${id}/accept`, 'root', { note: '同意' })).body.state).toBe('accepted');
  const detail = checkupDetailReply.parse((await get(`/${id}`, 'root')).body);
  expect(detail.history.map(step => step.step)).toEqual(['plan', 'start', 'submit', 'review', 'accept']);
});
