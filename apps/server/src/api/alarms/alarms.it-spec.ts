/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-call */
/* eslint-disable @typescript-eslint/no-unsafe-return -- replies of every shape are looked into here */
import { MINUTE_MS } from '@anmai/kernel';
import { alarmReply, pageOf, ruleReply, ruleVersionsReply } from '@anmai/wire';
import { asset, change, device, sensor, SYSTEM } from '@anmai/postgres/testing/samples';
import { startApiBed, type ApiBed, type Json, type Reply } from '../testing/api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
  const { records } = bed;
  await records.assets.create(asset('well-1', { orgId: 'gas-co' }), SYSTEM);
  await records.devices.create(device('dev-1', 'well-1'), SYSTEM);
  await records.sensors.create(sensor('s1', 'well-1', 'dev-1'), SYSTEM);
});
afterAll(() => bed.stop());

const call = (method: string, path: string, as: string, body?: unknown): Promise<Reply> =>
  bed.call(method, `/api/v1${path}`, { as, body });
let seq = 0;
const apply = (...changes: Parameters<typeof change>[]): Promise<unknown> =>
  bed.records.alarms.applyChanges(
    changes.map(args => change(...args)),
    { monitor: 'm', seq: (seq += 1) },
  );

const RULE = {
  id: 'gas-adjacent',
  name: '相邻地下空间可燃气体',
  appliesTo: { quantity: 'gas.combustible', assetKind: 'gas.well' },
  condition: {
    type: 'threshold',
    limits: [
      { severity: 'yellow', above: 20, clearBelow: 18 },
      { severity: 'orange', above: 50, clearBelow: 45 },
    ],
    raiseAfter: { samples: 1 },
    clearAfter: { seconds: 60 },
  },
  source: { kind: 'assumption', why: '…', reviewBy: '2027-06-30' },
};

describe('rules', () => {
  it('takes the rule of the contract, and keeps its versions', async () => {
    const made = await call('POST', '/rules', 'enno', RULE);
    expect(made.status).toBe(201);
    expect(ruleReply.parse(made.body)).toMatchObject({ ...RULE, version: 1, enabled: true });
    const { id: _, ...rest } = RULE;
    const put = await call('PUT', '/rules/gas-adjacent', 'enno', { ...rest, name: '二' });
    expect(put.body).toMatchObject({ version: 2, name: '二' });
    const off = await call('PATCH', '/rules/gas-adjacent', 'enno', { enabled: false });
    expect(off.body).toMatchObject({ version: 3, name: '二', enabled: false });
    const versions = await call('GET', '/rules/gas-adjacent/versions', 'vera');
    expect(ruleVersionsReply.parse(versions.body).items.map(v => v.version)).toEqual([3, 2, 1]);
    expect((await call('GET', '/rules/gas-adjacent?version=1', 'vera')).body.name).toBe(RULE.name);
    const waiting = await bed.records.registry.pendingRegistryChanges(100);
    expect(waiting.filter(row => row.change.id === 'gas-adjacent')).toHaveLength(3);
  });

  it('edits with If-Match and leaves versions readable after a removal', async () => {
    await call('POST', '/rules', 'enno', { ...RULE, id: 'to-go' });
    const put = (version: string): Promise<Reply> =>
      bed.call('PUT', '/api/v1/rules/to-go', { as: 'enno', body: { ...RULE, id: 'to-go' }, headers: { 'if-match': version } });
    expect((await put('"9"')).body).toMatchObject({ code: 'PGR-006', currentVersion: 1 });
    expect((await put('"1"')).status).toBe(200);
    expect((await call('DELETE', '/rules/to-go', 'enno')).status).toBe(204);
    expect((await call('GET', '/rules/to-go', 'enno')).status).toBe(404);
    expect((await call('GET', '/rules/to-go?version=1', 'enno')).status).toBe(200);
  }); // prettier-ignore

  it('keeps a company from writing rules for others', async () => {
    const forAll = await call('POST', '/rules', 'gas-engineer', { ...RULE, id: 'for-all' });
    expect([forAll.status, forAll.body.code]).toEqual([403, 'API-005']);
    const appliesTo = { ...RULE.appliesTo, orgId: 'gas-co' };
    expect((await call('POST', '/rules', 'gas-engineer', { ...RULE, id: 'own', appliesTo })).status).toBe(
      201,
    );
    const wider = await call('PATCH', '/rules/own', 'gas-engineer', { appliesTo: {} });
    expect(wider.body.code).toBe('API-005');
    expect((await call('DELETE', '/rules/gas-adjacent', 'gas-engineer')).body.code).toBe('API-005');
    const foreign = { ...RULE, id: 'x', appliesTo: { orgId: 'water-co' } };
    expect((await call('POST', '/rules', 'gas-engineer', foreign)).body.code).toBe('API-005');
  });
});

describe('alarms', () => {
  beforeAll(async () => {
    await apply(['alarm-1', 1, 'raised'], ['alarm-1', 2, 'escalated'], ['alarm-2', 1, 'raised']);
    // Operators act after what they act upon.
    bed.clock.advance(MINUTE_MS);
  });

  it('gives evidence and history, in the shape of the contract', async () => {
    const { body } = await call('GET', '/alarms/alarm-1', 'vera');
    expect(alarmReply.parse(body)).toEqual(body);
    expect(body).toMatchObject({ severity: 'orange', condition: 'active', acknowledged: false, lastN: 2 });
    expect(body.history.map((h: Json) => h.change)).toEqual(['raised', 'escalated']);
    const list = await call('GET', '/alarms?state=open&severity=orange&asset=well-1', 'vera');
    expect(
      pageOf(alarmReply)
        .parse(list.body)
        .items.map(a => a.id),
    ).toEqual(['alarm-1']);
  });

  it('is seen by its organisation and those above, and by nobody else', async () => {
    expect((await call('GET', '/alarms/alarm-1', 'gas-operator')).status).toBe(200);
    expect((await call('GET', '/alarms/alarm-1', 'water-viewer')).status).toBe(404);
    expect((await call('GET', '/alarms', 'water-viewer')).body.items).toEqual([]);
  });

  it('acknowledges once; again changes nothing', async () => {
    const first = await call('POST', '/alarms/alarm-1/acknowledge', 'otto', { note: '已派人' });
    expect([first.status, first.body.acknowledged]).toEqual([200, true]);
    const again = await call('POST', '/alarms/alarm-1/acknowledge', 'gas-operator');
    expect(again.status).toBe(200);
    expect(again.body.history).toEqual(first.body.history);
    expect(first.body.history.at(-1)).toMatchObject({ actor: 'otto', reason: '已派人' });
  });

  it('does not acknowledge what came after the alarm was shown', async () => {
    await apply(['alarm-3', 1, 'raised']);
    await apply(['alarm-3', 2, 'escalated']);
    const seenOne = await call('POST', '/alarms/alarm-3/acknowledge', 'otto', { seenN: 1 });
    expect([seenOne.status, seenOne.body.code]).toEqual([409, 'ALM-003']);
    expect(seenOne.body.remedy).toBe('Look at the alarm as it is now, then decide again.');
    expect((await call('POST', '/alarms/alarm-3/acknowledge', 'otto', { seenN: 9 })).body.code).toBe(
      'PGR-014',
    );
    expect((await call('POST', '/alarms/alarm-3/acknowledge', 'otto', { seenN: 2 })).body.acknowledged).toBe(
      true,
    );
  });

  it('takes comments, and refuses empty ones', async () => {
    const reply = await call('POST', '/alarms/alarm-2/comment', 'otto', { note: '井盖已开\n无异味' });
    expect(reply.body.history.at(-1)).toMatchObject({ actor: 'otto', reason: '井盖已开\n无异味' });
    expect((await call('POST', '/alarms/alarm-2/comment', 'otto', { note: '  ' })).status).toBe(400);
    expect((await call('POST', '/alarms/none/comment', 'otto', { note: 'x' })).status).toBe(404);
  });

  it('closes when it has cleared and was acknowledged', async () => {
    await apply(['alarm-1', 3, 'cleared']);
    expect((await call('GET', '/alarms/alarm-1', 'vera')).body).toMatchObject({ condition: 'cleared' });
    expect((await call('GET', '/alarms/alarm-1', 'vera')).body.closedAt).not.toBeNull();
    const closed = await call('GET', '/alarms?state=closed', 'vera');
    expect(closed.body.items.map((a: Json) => a.id)).toEqual(['alarm-1']);
  });

  it('pages newest first', async () => {
    const first = await call('GET', '/alarms?limit=2', 'vera');
    const second = await call('GET', `/alarms?limit=2&cursor=${first.body.nextCursor}`, 'vera');
    expect([...first.body.items, ...second.body.items].map((a: Json) => a.id).sort()).toEqual([
      'alarm-1',
      'alarm-2',
      'alarm-3',
    ]);
  });

  it.each([
    'state=broken',
    'severity=pink',
    'from=yesterday',
    'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
  ])('refuses %s', async query => {
    expect((await call('GET', `/alarms?${query}`, 'vera')).status).toBe(400);
  });
});
