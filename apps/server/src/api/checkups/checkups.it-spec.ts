/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument */

import type { Answers } from '@anmai/lifecycle';
import { asDraft, attachmentsOf, filled } from '@anmai/lifecycle/testing/filled';
import { asset, SYSTEM } from '@anmai/postgres/testing/samples';
import {
  checkupDetailReply,
  checkupDraftReply,
  checkupFormSchema,
  checkupSubmitReply,
  checkupTasksReply,
} from '@anmai/wire';
import { FORM, HOUR, PASSED, startCheckupBed, type CheckupBed } from '../testing/checkup-bed';

let self: CheckupBed;
beforeAll(async () => {
  self = await startCheckupBed();
});
afterAll(() => self.bed.stop());

it('goes from planning to acceptance', async () => {
  const id = await self.planned();
  const tasks = await self.get('/tasks', 'ina');
  checkupTasksReply.parse(tasks.body);
  expect(tasks.body.items.map((task: { id: string }) => task.id)).toContain(id);
  const { form } = tasks.body.items.find((task: { id: string }) => task.id === id);
  const taken = await self.get(`/forms/${form.id}/${form.version}`, 'ina');
  expect(checkupFormSchema.parse(taken.body)).toEqual(FORM);

  const synced = await self.post(`/${id}/draft`, 'ina', {
    deviceId: 'phone-1',
    deviceAt: self.bed.clock.now(),
    fields: asDraft({ storeys: { kind: 'measure', value: 6 } }, { deviceId: 'phone-1', by: 'ina', at: 1 }),
  });
  expect([synced.status, checkupDraftReply.parse(synced.body).conflicts]).toEqual([200, []]);
  expect((await self.get(`/${id}`, 'root')).body.state).toBe('inField');

  const sent = await self.post(`/${id}/submit`, 'ina', self.submission(PASSED));
  expect([sent.status, sent.body.code]).toEqual([200, undefined]);
  const { checkup, record, again } = checkupSubmitReply.parse(sent.body);
  expect([checkup.state, record.id, again]).toEqual(['submitted', `${id}.r1`, false]);

  expect((await self.post(`/${id}/review`, 'chief', {})).body.state).toBe('reviewed');
  expect((await self.post(`/${id}/accept`, 'root', { note: '同意' })).body.state).toBe('accepted');
  const detail = checkupDetailReply.parse((await self.get(`/${id}`, 'root')).body);
  expect(detail.history.map(step => step.step)).toEqual(['plan', 'start', 'submit', 'review', 'accept']);
});

describe('refusals, each with a reason and a remedy', () => {
  const alone = { signatures: [] as unknown[] };
  it.each<[string, () => Record<string, unknown>, number, string]>([
    ['one person where two are required', () => ({ signatures: [self.signature('ina')] }), 422, 'CHK-003'],
    ['one person who signs twice', () => ({ signatures: [self.signature('ina'), { ...self.signature('ina'), fileId: 'sig-2' }] }), 422, 'CHK-003'],
    ['one person who signs as a guest too', () => ({ signatures: [self.signature('ina'), { ...self.signature('ina'), username: null, fileId: 'sig-2' }] }), 422, 'CHK-003'],
    ['one drawing for two persons', () => ({ signatures: [self.signature('ina'), { ...self.signature('ivo'), fileId: 'sig-ina' }] }), 422, 'CHK-003'],
    ['someone who was not sent there', () => ({ signatures: [self.signature('ina'), self.signature('chief')] }), 422, 'CHK-018'],
    ['nobody', () => alone, 422, 'CHK-003'],
    ['a form without its answers', () => self.submission({}), 422, 'CHK-004'],
    ['a result on the scale of another city', () => self.submission(filled(FORM, {}, { scale: 'checkup-degradation', degraded: false, appraisalNeeded: false })), 422, 'CHK-008'],
    ['"passed" over what could not be judged', () => self.submission(filled(FORM, { 'masonry.walls': { kind: 'cannot', reason: '住户不在家' } })), 422, 'CHK-006'],
    ['a result better than the findings', () => self.submission(filled(FORM, { 'masonry.walls': { kind: 'choice', codes: ['serious'] } })), 422, 'CHK-007'],
    ['photos that were lost on the phone', () => ({ attachments: attachmentsOf({}, ['sig-ina', 'sig-ivo']) }), 422, 'CHK-017'],
    ['a signature whose drawing was lost', () => ({ attachments: attachmentsOf(PASSED, ['sig-ina']) }), 422, 'CHK-017'],
    ['a form that was never published', () => ({ form: { id: FORM.id, version: 99 } }), 422, 'CHK-013'],
  ])('%s', async (_name, over, status, code) => {
    const id = await self.planned();
    const reply = await self.post(`/${id}/submit`, 'ina', { ...self.submission(PASSED), ...over() });
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect(reply.body.remedy.length).toBeGreaterThan(10);
    // Nothing was written down.
    expect((await self.get(`/${id}`, 'root')).body).toMatchObject({ state: 'assigned', records: [] });
  }); // prettier-ignore

  it('lists each fault of the answers by its place', async () => {
    const id = await self.planned();
    const { 'masonry.walls': _walls, ...rest } = PASSED;
    const broken: Answers = {
      ...rest,
      storeys: { kind: 'measure', value: 500 },
      nonsense: { kind: 'text', text: 'x' },
    };
    const reply = await self.post(`/${id}/submit`, 'ina', self.submission(broken));
    expect(reply.body.faults).toEqual(
      expect.arrayContaining([
        { at: 'masonry.walls', message: 'missing' },
        { at: 'storeys', message: 'outOfRange' },
        { at: 'nonsense', message: 'unknownItem' },
      ]),
    );
  });

  it('a submitted record that is edited', async () => {
    const id = await self.planned();
    await self.post(`/${id}/submit`, 'ina', self.submission(PASSED));
    const fields = asDraft(
      { storeys: { kind: 'measure', value: 7 } },
      { deviceId: 'phone-1', by: 'ina', at: 1, n: 900 },
    );
    const edit = await self.post(`/${id}/draft`, 'ina', {
      deviceId: 'phone-1',
      deviceAt: self.bed.clock.now(),
      fields,
    });
    expect([edit.status, edit.body.code]).toEqual([409, 'CHK-002']);
    const again = await self.post(
      `/${id}/submit`,
      'ina',
      self.submission(filled(FORM, { storeys: { kind: 'measure', value: 7 } })),
    );
    expect([again.status, again.body.code]).toEqual([409, 'CHK-002']);
    const { records } = checkupDetailReply.parse((await self.get(`/${id}`, 'root')).body);
    expect(records).toHaveLength(1);
    expect(records[0]!.answers['storeys']).toEqual(PASSED['storeys']);
  });

  it('a check-up that was given to others, an own review, and an agency that accepts its own', async () => {
    const id = await self.planned({ inspectors: ['ivo', 'chief'] });
    const foreign = await self.post(`/${id}/submit`, 'enno', self.submission(PASSED));
    expect([foreign.status, foreign.body.code]).toEqual([403, 'CHK-009']);
    const signatures = [self.signature('ivo'), self.signature('chief')];
    expect((await self.post(`/${id}/submit`, 'ivo', self.submission(PASSED, { signatures }))).status).toBe(
      200,
    );
    expect((await self.post(`/${id}/review`, 'chief', {})).body.code).toBe('CHK-010');
    expect((await self.post(`/${id}/review`, 'enno', {})).body.state).toBe('reviewed');
    const other = await self.planned();
    await self.post(`/${other}/submit`, 'ina', self.submission(PASSED));
    await self.post(`/${other}/review`, 'chief', {});
    expect((await self.post(`/${other}/accept`, 'chief', {})).body.code).toBe('CHK-011');
    // The owner sees the building, and is no authority either.
    expect((await self.post(`/${other}/accept`, 'gas-engineer', {})).body.code).toBe('CHK-011');
  });

  it.each([
    ['the one who submitted', 'enno', ['enno', 'ivo']],
    ['one who signed', 'chief', ['ina', 'chief']],
  ])('a review by %s, taken off the inspectors since', async (_name, who, inspectors) => {
    const id = await self.planned({ inspectors });
    const signatures = inspectors.map(each => self.signature(each));
    const by = inspectors[0]!;
    const attachments = attachmentsOf(
      PASSED,
      inspectors.map(each => `sig-${each}`),
    );
    const sent = await self.post(`/${id}/submit`, by, self.submission(PASSED, { signatures, attachments }));
    expect([sent.status, sent.body.code]).toEqual([200, undefined]);
    await self.post(`/${id}/return`, 'root', { reason: '缺照片' });
    await self.post(`/${id}/assign`, 'root', { agencyId: 'agency-1', inspectors: ['ivo', 'ina'] });
    expect((await self.post(`/${id}/review`, who, {})).body.code).toBe('CHK-010');
  });

  describe('who withdraws it and gives it to an agency', () => {
    const assign = { agencyId: 'agency-1', inspectors: ['ina'] };
    const other = { agencyId: 'agency-2', inspectors: ['ina'] };
    beforeAll(async () => {
      const body = { orgId: 'agency-org', name: '二所', qualifications: ['building-design'], capacityByMonth: Array.from({ length: 12 }, () => 1) };
      expect((await self.bed.call('PUT', '/api/v1/checkups/agencies/agency-2', { as: 'root', body })).status).toBe(200);
    });
    it.each<[string, string, string | null, string, unknown, number, string | undefined]>([
      ['the agency does not withdraw it', 'chief', 'agency-1', 'cancel', { reason: 'x' }, 403, 'CHK-011'],
      ['the owner does not withdraw it', 'gas-engineer', 'agency-1', 'cancel', { reason: 'x' }, 403, 'CHK-011'],
      ['the owner withdraws what no agency has', 'gas-engineer', null, 'cancel', { reason: 'x' }, 200, undefined],
      ['the authority withdraws it', 'enno', 'agency-1', 'cancel', { reason: 'x' }, 200, undefined],
      ['the agency names its inspectors', 'chief', 'agency-1', 'assign', assign, 200, undefined],
      ['the agency does not pass it on', 'chief', 'agency-1', 'assign', other, 403, 'CHK-011'],
      ['the owner does not even see the agency', 'gas-engineer', 'agency-1', 'assign', assign, 404, 'PGR-004'],
      ['the authority passes it on', 'enno', 'agency-1', 'assign', other, 200, undefined],
    ])('%s', async (_name, who, agencyId, step, body, status, code) => {
      const id = await self.planned({ agencyId, inspectors: agencyId === null ? [] : ['ina', 'ivo'] });
      const reply = await self.post(`/${id}/${step}`, who, body);
      expect([reply.status, reply.body.code]).toEqual([status, code]);
    });
  }); // prettier-ignore

  it.each([
    ['accept', {}],
    ['review', {}],
    ['return', { reason: 'x' }],
    ['supersede', { reason: 'x' }],
  ])('%s of what was not submitted', async (step, body) => {
    const id = await self.planned();
    const reply = await self.post(`/${id}/${step}`, 'root', body);
    expect([reply.status, reply.body.code]).toEqual([409, 'CHK-001']);
  });

  it('an agency without the qualifications, a building without rules or without a structure', async () => {
    const agency = { orgId: 'agency-org', name: '无资质', qualifications: ['test-structure'], capacityByMonth: Array.from({ length: 12 }, () => 1) };
    const put = await self.bed.call('PUT', '/api/v1/checkups/agencies/weak', { as: 'root', body: agency });
    expect(put.status).toBe(200);
    const weak = await self.post('', 'root', { buildingId: 'house-1', agencyId: 'weak', inspectors: ['ina'] });
    expect([weak.status, weak.body.code]).toEqual([422, 'CHK-012']);
    await self.bed.records.orgs.create({ id: 'elsewhere', name: '外市', parentId: null }, SYSTEM);
    await self.bed.records.assets.create(asset('house-x', { kind: 'building', orgId: 'elsewhere' }), SYSTEM);
    expect((await self.post('', 'root', { buildingId: 'house-x' })).body.code).toBe('CHK-015');
    expect((await self.post('', 'root', { buildingId: 'house-x', ruleSetId: 'blank' })).body.code).toBe('CHK-014');
    expect((await self.post('', 'root', { buildingId: 'well-1', ruleSetId: 'blank', form: { id: FORM.id, version: 1 } })).body.code).toBe('PGR-007');
  }); // prettier-ignore

  it.each([
    ['is unknown', 'nobody'],
    ['may not fill in', 'vera'],
    ['is disabled', 'ines'],
  ])('an inspector who %s', async (_name, username) => {
    await self.bed.records.users.update('ines', { disabled: true }, null, SYSTEM);
    const inspectors = ['ina', username];
    const planned = await self.post('', 'root', { buildingId: 'house-1', agencyId: 'agency-1', inspectors });
    const id = await self.planned();
    const assigned = await self.post(`/${id}/assign`, 'root', { agencyId: 'agency-1', inspectors });
    for (const { status, body } of [planned, assigned]) {
      expect([status, body.code]).toEqual([422, 'CHK-019']);
      expect(body.detail).toContain(username);
    }
  });

  it('a special check-up that does not say why', async () => {
    const reply = await self.post('', 'root', { buildingId: 'house-1', kind: 'special' });
    expect([reply.status, reply.body.faults[0].at]).toEqual([400, 'demand']);
  });
});

describe('from the field', () => {
  it('tells of a file by its hash only to whom it belongs', async () => {
    const sha256 = 'b'.repeat(64);
    const file = { sha256, bytes: 9, type: 'image/png', kind: 'photo', meta: { exif: null }, buildingId: null } as const;
    await self.bed.records.files.receive({ ...file, orgId: 'water-co' }, SYSTEM);
    const id = await self.planned();
    const files = attachmentsOf(PASSED, ['sig-ina', 'sig-ivo']);
    const attachments = files.map((each, i) => (i === 0 ? { ...each, sha256 } : each));
    const { body } = await self.post(`/${id}/submit`, 'ina', self.submission(PASSED, { attachments }));
    const arrived = async (who: string): Promise<boolean> =>
      checkupDetailReply.parse((await self.get(`/${id}`, who)).body).records[0]!.attachments[0]!.arrived;
    expect([body.record.attachments[0].arrived, await arrived('chief'), await arrived('root')]).toEqual([false, false, true]);
  }); // prettier-ignore

  it('the same twice makes one record, also after the line broke and the clock went on', async () => {
    const id = await self.planned();
    const body = self.submission(PASSED);
    const first = await self.post(`/${id}/submit`, 'ina', body);
    const again = await self.post(`/${id}/submit`, 'ina', { ...body, deviceAt: body.deviceAt + 60_000 });
    expect([first.body.again, again.body.again]).toEqual([false, true]);
    expect(again.body.record).toEqual(first.body.record);
    expect((await self.get(`/${id}`, 'root')).body.records).toHaveLength(1);
  });

  it('sets a wrong clock right, and says by how much', async () => {
    const id = await self.planned();
    const wrong = self.bed.clock.now() - 40 * 24 * HOUR;
    const body = { ...self.submission(PASSED), deviceAt: wrong, startedAt: wrong - HOUR, finishedAt: wrong };
    const { record } = checkupSubmitReply.parse((await self.post(`/${id}/submit`, 'ina', body)).body);
    expect(record.clockOffsetMs).toBe(40 * 24 * HOUR);
    expect(Date.parse(record.finishedAt)).toBe(self.bed.clock.now());
  });

  it('merges two devices by field, shows the conflict, and takes it once it is settled', async () => {
    const id = await self.planned();
    const sync = (deviceId: string, by: string, value: number) =>
      self.post(`/${id}/draft`, by, {
        ...{ deviceId, deviceAt: self.bed.clock.now() },
        fields: asDraft({ storeys: { kind: 'measure', value } }, { deviceId, by, at: self.bed.clock.now() }),
      });
    await sync('phone-1', 'ina', 6);
    const { body } = await sync('phone-2', 'ivo', 7);
    expect(body.conflicts).toEqual(['storeys']);
    expect(Object.keys(body.fields.storeys)).toEqual(['phone-1', 'phone-2']);
    const fields = asDraft(filled(FORM, { storeys: { kind: 'measure', value: 6 } }), {
      deviceId: 'phone-1',
      by: 'ina',
      at: self.bed.clock.now(),
    });
    const open = await self.post(`/${id}/submit`, 'ina', self.submission({}, { fields }));
    expect([open.status, open.body.code]).toEqual([409, 'CHK-005']);
    const storeys = { 'phone-1': { ...fields['storeys']!['phone-1']!, n: 500, seen: { 'phone-2': 1 } } };
    const settled = await self.post(
      `/${id}/submit`,
      'ina',
      self.submission({}, { fields: { ...fields, storeys } }),
    );
    expect([settled.status, settled.body.record.answers.storeys.value]).toEqual([200, 6]);
  });

  it('takes last month’s version of a form, and keeps what it was', async () => {
    const id = await self.planned();
    const next = { ...FORM, version: 2, sections: FORM.sections.slice(0, 3) };
    expect((await self.post('/forms', 'root', next)).status).toBe(201);
    const { body } = await self.post(`/${id}/submit`, 'ina', self.submission(PASSED));
    expect([body.record.form, body.checkup.form]).toEqual([
      { id: FORM.id, version: 1 },
      { id: FORM.id, version: 1 },
    ]);
    const { body: newer } = await self.post('', 'root', { buildingId: 'house-1' });
    expect(newer.form.version).toBe(2);
  });

  it('goes back for correction, and the next record takes the place of the first', async () => {
    const id = await self.planned();
    await self.post(`/${id}/submit`, 'ina', self.submission(PASSED));
    const back = await self.post(`/${id}/return`, 'chief', { reason: '缺屋面照片' });
    expect([back.body.state, back.body.note]).toEqual(['returned', '缺屋面照片']);
    expect((await self.get('/tasks', 'ina')).body.items.map((task: { id: string }) => task.id)).toContain(id);
    const fields = asDraft({ ...PASSED, storeys: { kind: 'measure', value: 7 } }, { deviceId: 'phone-1', by: 'ina', at: self.bed.clock.now(), n: 700 });
    const { body } = await self.post(`/${id}/submit`, 'ina', self.submission({}, { fields, finishedAt: self.bed.clock.now() + 1 }));
    expect([body.record.revision, body.checkup.state]).toEqual([2, 'submitted']);
    const { records } = checkupDetailReply.parse((await self.get(`/${id}`, 'root')).body);
    expect(records.map(each => [each.revision, each.superseded])).toEqual([[2, false], [1, true]]);
  }); // prettier-ignore

  it('is done anew after acceptance, by a check-up of its own', async () => {
    const id = await self.planned();
    await self.post(`/${id}/submit`, 'ina', self.submission(PASSED));
    await self.post(`/${id}/review`, 'chief', {});
    await self.post(`/${id}/accept`, 'root', {});
    const { body } = await self.post(`/${id}/supersede`, 'root', {
      id: `${id}-anew`,
      reason: '照片与楼栋不符',
    });
    expect(body).toMatchObject({ id: `${id}-anew`, supersedes: id, state: 'assigned' });
    expect((await self.get(`/${id}`, 'root')).body).toMatchObject({
      state: 'superseded',
      supersededBy: `${id}-anew`,
    });
  });

  it('takes cracks of the last time along, and shows which grew', async () => {
    const crack = (width: number) =>
      ({
        'cracks/c1': { kind: 'row', present: true },
        'cracks/c1/width': { kind: 'measure', value: width },
        'cracks/c1/length': { kind: 'measure', value: 1.2 },
      }) as const;
    const first = await self.planned({ buildingId: 'house-2' });
    const sent = await self.post(`/${first}/submit`, 'ina', self.submission(filled(FORM, crack(0.3))));
    expect(sent.body.record.findings).toEqual([]);
    const second = await self.planned({ buildingId: 'house-2' });
    const task = (await self.get('/tasks', 'ina')).body.items.find(
      (each: { id: string }) => each.id === second,
    );
    expect(task.last.answers['cracks/c1/width']).toEqual({ kind: 'measure', value: 0.3 });
    const result = { scale: 'checkup-pass', value: 'basicPass' } as const;
    const { body } = await self.post(
      `/${second}/submit`,
      'ina',
      self.submission(filled(FORM, crack(0.5), result)),
    );
    expect(body.record.findings).toMatchObject([
      { path: 'cracks/c1/width', why: 'growth', value: 0.5, limit: 0.3 },
    ]);
  });
});
