/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument */
/* eslint-disable @typescript-eslint/no-unsafe-return */

import { filled } from '@anmai/lifecycle/testing/filled';
import { asset, SYSTEM } from '@anmai/postgres/testing/samples';
import {
  agenciesReply,
  calendarReply,
  checkupFormsReply,
  dueCountsReply,
  dueListReply,
  dueReply,
  newRoundReply,
  planReply,
  regimeChoicesReply,
  ruleSetsReply,
} from '@anmai/wire';
import { FORM, startCheckupBed, type CheckupBed } from '../testing/checkup-bed';

let self: CheckupBed;
beforeAll(async () => {
  self = await startCheckupBed();
});
afterAll(() => self.bed.stop());

describe('who sees what', () => {
  it('an inspector the own tasks, an agency and an owner theirs, the authority all', async () => {
    const id = await self.planned({ inspectors: ['ivo'] });
    const sees = async (who: string): Promise<number> => (await self.get(`/${id}`, who)).status;
    expect(await Promise.all(['ivo', 'ina', 'chief', 'gas-engineer', 'water-viewer', 'root'].map(sees))).toEqual([200, 404, 200, 200, 404, 200]);
    const listed = async (who: string): Promise<string[]> =>
      (await self.get('?limit=1000', who)).body.items.map((each: { id: string }) => each.id);
    expect(await listed('ina')).not.toContain(id);
    expect(await listed('chief')).toContain(id);
    expect(await listed('water-viewer')).toEqual([]);
  }); // prettier-ignore
});

describe('due list, rounds and calendars', () => {
  it('lists what is due, and counts it by street', async () => {
    const old = { structure: 'masonry', use: 'dwelling', ownership: 'multiOwner', precastSlabs: 'yes', yearBuilt: { kind: 'exact', year: 1985 }, district: '崇川区', street: '人民路' };
    await self.bed.records.assets.create(asset('old-1', { kind: 'building', orgId: 'city', properties: old }), SYSTEM);
    const { body } = await self.get('/due?street=人民路', 'vera');
    dueListReply.parse(body);
    expect(body.items).toMatchObject([{ building: { id: 'old-1' }, state: 'due', dueOn: '2027-01-01', rule: { rowId: 'multi-prefab-25' } }]);
    const counts = dueCountsReply.parse((await self.get('/due/counts?street=人民路', 'vera')).body);
    expect(counts.items).toEqual([{ district: '崇川区', street: '人民路', state: 'due', count: 1 }]);
    expect(dueReply.parse((await self.get('/due/old-1', 'vera')).body).state).toBe('due');
    expect((await self.get('/due/old-1', 'water-viewer')).status).toBe(404);
  }); // prettier-ignore

  it('plans a round: shown first, then written', async () => {
    const filter = { year: 2026, monthFrom: 12, streets: ['人民路'] };
    const preview = planReply.parse((await self.post('/rounds/preview', 'root', filter)).body);
    expect(preview).toMatchObject({ planned: 1, late: 0, noAgency: 0, noCapacity: 0 });
    const { status, body } = await self.post('/rounds', 'root', {
      ...filter,
      id: 'round-1',
      name: '2026 收尾',
    });
    expect([status, newRoundReply.parse(body).round.states]).toEqual([201, { planned: 1 }]);
    expect((await self.post('/rounds/preview', 'root', filter)).body.planned).toBe(0);
    const made = (await self.get('?roundId=round-1', 'root')).body.items;
    expect(made).toMatchObject([
      {
        building: { id: 'old-1' },
        agencyId: 'agency-1',
        dueOn: '2026-12-31',
        form: { id: 'checkup-brickprefab' },
      },
    ]);
    expect((await self.get('/rounds', 'root')).body.items).toMatchObject([
      { id: 'round-1', states: { planned: 1 } },
    ]);
  });

  it('gives a calendar by bearer, by a secret address, and no longer once it is taken back', async () => {
    const id = await self.planned({ inspectors: ['ivo'], dueOn: '2026-12-24' });
    const own = await self.get('/calendar.ics', 'ivo');
    expect(own.headers.get('content-type')).toContain('text/calendar');
    const lines = own.text.replaceAll('\r\n ', '').split('\r\n');
    expect(lines).toContain(`UID:${id}@anmai`);
    expect(lines).toContain('DTSTART;VALUE=DATE:20261224');
    expect(lines).toContain('DTEND;VALUE=DATE:20261225');
    const { body } = await self.post('/calendars', 'ivo', {});
    const shared = await self.bed.call('GET', calendarReply.parse(body).path);
    expect(shared.text).toBe(own.text);
    expect((await self.bed.call('GET', '/api/v1/checkups/calendars/wrong.ics')).status).toBe(404);
    expect((await self.bed.call('DELETE', '/api/v1/checkups/calendars', { as: 'ivo' })).status).toBe(204);
    expect((await self.bed.call('GET', body.path)).status).toBe(404);
    const agency = await self.get('/calendar.ics?agencyId=agency-1', 'chief');
    expect(agency.text.replaceAll('\r\n ', '')).toContain(`UID:${id}@anmai`);
    expect((await self.get('/calendar.ics?agencyId=agency-1', 'water-viewer')).status).toBe(404);
  });
});

it('gives an inspector no calendar of the agency', async () => {
  const refused = [
    await self.get('/calendar.ics?agencyId=agency-1', 'ina'),
    await self.post('/calendars', 'ina', { agencyId: 'agency-1' }),
  ];
  expect(refused.map(({ status, body }) => [status, body.code])).toEqual([[403, 'CHK-020'], [403, 'CHK-020']]);
  expect((await self.post('/calendars', 'chief', { agencyId: 'agency-1' })).status).toBe(201);
}); // prettier-ignore

it('keeps no secret address of a calendar where it could be read', async () => {
  const headers = { 'idempotency-key': 'calendar-of-ina' };
  const kept: string[] = [];
  const { idempotency } = self.bed.records;
  const finish = vi.spyOn(idempotency, 'finish').mockImplementation(async (_request, reply) => void kept.push(reply.body));
  const path = '/api/v1/checkups/calendars';
  const made = await self.bed.call('POST', path, { as: 'ina', headers, body: {} });
  finish.mockRestore();
  expect(calendarReply.parse(made.body).path).toContain('.ics');
  expect(kept).toHaveLength(1);
  expect(kept[0]).not.toContain('.ics');
  expect((await self.bed.call('GET', `${path}/not-so-secret.ics`)).status).toBe(404);
  const lines = self.bed.logLines.filter(line => line.includes('request refused') && line.includes('calendars'));
  expect(lines.join('')).toContain('/api/v1/checkups/calendars/:token');
  expect(lines.join('')).not.toContain('not-so-secret');
}); // prettier-ignore

it('demands a special check-up after an earthquake', async () => {
  const demand = { cause: 'earthquake', reason: '4.2 级地震后复查' };
  const id = await self.planned({ kind: 'special', dueOn: '2026-11-25', demand });
  const { body } = await self.get(`/${id}`, 'root');
  expect(body).toMatchObject({ kind: 'special', dueOn: '2026-11-25', demand: { ...demand, by: 'root' } });
  ruleSetsReply.parse((await self.get('/rule-sets', 'vera')).body);
  regimeChoicesReply.parse((await self.get('/regimes', 'vera')).body);
  checkupFormsReply.parse((await self.get('/forms', 'vera')).body);
  agenciesReply.parse((await self.get('/agencies', 'chief')).body);
});

it('prints a check-up, with its findings and who signed', async () => {
  const id = await self.planned();
  const answers = filled(
    FORM,
    {
      'masonry.walls': { kind: 'choice', codes: ['serious'] },
      'masonry.joints': { kind: 'cannot', reason: '吊顶遮挡' },
      'ground.tilt': { kind: 'measure', value: 2.4 },
      storeys: { kind: 'measure', value: 6 },
      'cracks/c1': { kind: 'row', present: true },
      'conclusion.note': { kind: 'text', text: '二层西侧墙体开裂，建议立即鉴定。' },
    },
    { scale: 'checkup-pass', value: 'fail' },
  );
  expect((await self.post(`/${id}/submit`, 'ina', self.submission(answers))).status).toBe(200);
  const reply = await self.bed.call('GET', `/api/v1/reports/checkups/${id}.pdf`, { as: 'chief' });
  expect([reply.status, reply.headers.get('content-type'), reply.text.slice(0, 5)]).toEqual([
    200,
    'application/pdf',
    '%PDF-',
  ]);
  const other = await self.bed.call('GET', `/api/v1/reports/checkups/${id}.pdf`, { as: 'water-viewer' });
  expect(other.status).toBe(404);
  const none = await self.bed.call('GET', `/api/v1/reports/checkups/${id}.pdf?revision=9`, { as: 'chief' });
  expect(none.status).toBe(404);
});
