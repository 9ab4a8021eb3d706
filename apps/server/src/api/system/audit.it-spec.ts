/* eslint-disable @typescript-eslint/no-unsafe-member-access */
import { asset, by } from '@anmai/postgres/testing/samples';
import { auditReply, auditVerdictReply, pageOf } from '@anmai/wire';
import { startApiBed, type ApiBed } from '../testing/api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
  for (const id of ['well-1', 'well-2']) await bed.records.assets.create(asset(id), by('li'));
});
afterAll(() => bed.stop());

it('tells an administrator who did what, newest first, page by page', async () => {
  const first = await bed.call('GET', '/api/v1/audit?actor=li&limit=1', { as: 'root' });
  const page = pageOf(auditReply).parse(first.body);
  expect(page.items).toMatchObject([{ actor: 'li', subject: 'asset/well-2' }]);
  const next = await bed.call('GET', `/api/v1/audit?actor=li&limit=1&cursor=${page.nextCursor}`, {
    as: 'root',
  });
  expect(next.body.items).toMatchObject([{ subject: 'asset/well-1' }]);
  const one = await bed.call('GET', '/api/v1/audit?subject=asset/well-1', { as: 'root' });
  expect(one.body.items).toHaveLength(1);
});

it('says that nothing was changed in it, and where something was', async () => {
  const whole = await bed.call('GET', '/api/v1/audit/verify', { as: 'root' });
  expect(auditVerdictReply.parse(whole.body)).toMatchObject({ intact: true, brokenSeq: null });
});

it.each(['/api/v1/audit', '/api/v1/audit/verify'])(
  'is not for the administrator of one organisation: %s',
  async path => {
    const refused = await bed.call('GET', path, { as: 'gas-admin' });
    expect([refused.status, refused.body.code]).toEqual([403, 'API-014']);
  },
);
