import { ScriptedChannel } from '@anmai/notify/testing/scripted-channel';
import { refused } from '@anmai/notify';
import { draftOf } from '@anmai/notify/testing/builders';
import { asset, change, device, sensor, SYSTEM } from '@anmai/postgres/testing/samples';
import { TEST_NOW } from '@anmai/postgres/testing/test-server';
import { contactsReply, notifyOutboxReply, readCap, rotaReply, routesReply } from '@anmai/wire';
import { startApiBed, type ApiBed, type Reply } from '../testing/api-bed';

let bed: ApiBed;
const email = new ScriptedChannel('email');
beforeAll(async () => {
  bed = await startApiBed({ channels: [email] });
  await bed.records.assets.create(asset('well-1', { orgId: 'gas-co' }), SYSTEM);
  await bed.records.devices.create(device('dev-1', 'well-1'), SYSTEM);
  await bed.records.sensors.create(sensor('s1', 'well-1', 'dev-1'), SYSTEM);
});
afterAll(() => bed.stop());

const call = (method: string, path: string, as: string, body?: unknown): Promise<Reply> =>
  bed.call(method, `/api/v1${path}`, { as, body });
/** Status, and the code of a refusal. */
const answer = async (asked: Promise<Reply>): Promise<unknown[]> => {
  const reply = await asked;
  const problem = reply.body as { code?: string } | null;
  return [reply.status, problem?.code];
};
const contacts = (channel: string, address = 'a@example.cn'): object => ({
  contacts: [{ channel, address }],
});
const route = (over: object = {}): object => ({
  id: 'r',
  orgId: 'gas-co',
  from: 'yellow',
  tiers: [{ audiences: [{ kind: 'role', role: 'operator', of: 'line' }] }],
  ...over,
});
const rota = (recipientIds: readonly string[]): object => ({
  id: 'day',
  name: '白班',
  orgId: 'gas-co',
  shifts: [{ weekday: 1, fromMinute: 480, toMinute: 1_200, recipientIds }],
});

describe('contacts', () => {
  it('are one’s own, or those that an account manager sees', async () => {
    const set = await call('PUT', '/notify/contacts/vera', 'vera', contacts('sms', '13800000000'));
    expect(contactsReply.parse(set.body)).toMatchObject({
      version: 1,
      unconfigured: ['sms'],
      language: 'zh',
    });
    expect(await answer(call('GET', '/notify/contacts/vera', 'root'))).toEqual([200, undefined]);
    expect(await answer(call('GET', '/notify/contacts/vera', 'otto'))).toEqual([404, 'PGR-004']);
    expect(await answer(call('PUT', '/notify/contacts/vera', 'enno', contacts('email')))).toEqual([
      404,
      'PGR-004',
    ]);
    expect(await answer(call('GET', '/notify/contacts/vera', 'gas-admin'))).toEqual([404, 'PGR-004']);
    const stale = bed.call('PUT', '/api/v1/notify/contacts/vera', {
      as: 'vera',
      body: contacts('email'),
      headers: { 'if-match': '"7"' },
    });
    expect(await answer(stale)).toEqual([412, 'PGR-006']);
  });

  it.each([
    ['a misspelt field', { contact: [] }],
    ['no channel', contacts('')],
    ['a line break', contacts('email', 'a@b.cn\nBcc: x')],
    ['red as quiet', { contacts: [], quiet: [{ fromMinute: 0, toMinute: 60, upTo: 'red' }] }],
    [
      'a quiet time of more than a day',
      { contacts: [], quiet: [{ fromMinute: 0, toMinute: 1_441, upTo: 'blue' }] },
    ],
  ])('refuse %s', async (_name, body) =>
    expect(await answer(call('PUT', '/notify/contacts/vera', 'vera', body))).toEqual([400, 'VAL-001']),
  );
});

describe('routes and rotas', () => {
  it('are changed by engineers of the organisation, as far as they see', async () => {
    const body = { items: [route()] };
    const set = await call('PUT', '/notify/routes', 'gas-engineer', body);
    expect(routesReply.parse(set.body).items).toMatchObject([{ id: 'r', tiers: [{ afterSeconds: 0 }] }]);
    expect(await answer(call('PUT', '/notify/routes', 'otto', body))).toEqual([403, 'AUT-004']);
    const wide = { items: [route({ orgId: 'city' })] };
    expect(await answer(call('PUT', '/notify/routes', 'gas-engineer', wide))).toEqual([422, 'PGR-007']);
    const fallback = { ...body, fallback: 'gas-operator' };
    expect(await answer(call('PUT', '/notify/routes', 'gas-engineer', fallback))).toEqual([403, 'API-001']);
    expect((await call('GET', '/notify/routes', 'water-viewer')).body).toMatchObject({ items: [] });
  });

  it('say when nobody is on duty', async () => {
    const set = await call('PUT', '/notify/rota', 'enno', { items: [rota(['gas-operator'])] });
    const [day] = rotaReply.parse(set.body).items;
    // Two Mondays in two weeks, with nobody before, between and after.
    expect(day?.gaps).toHaveLength(3);
    expect(day?.gaps[0]?.from).toBe(new Date(bed.clock.now()).toISOString());
    expect(await answer(call('PUT', '/notify/rota', 'enno', { items: [rota(['nobody'])] }))).toEqual([
      422,
      'PGR-007',
    ]);
    expect((await call('GET', '/notify/rota', 'vera')).body).toEqual(set.body);
  });

  it.each([
    ['a route without tiers', '/notify/routes', { items: [route({ tiers: [] })] }],
    ['a route twice', '/notify/routes', { items: [route(), route()] }],
    ['an unknown audience', '/notify/routes', { items: [route({ tiers: [{ audiences: [{ kind: 'all' }] }] })] }],
    ['an eighth day', '/notify/rota', { items: [{ ...rota([]), shifts: [{ weekday: 8, fromMinute: 0, toMinute: 1, recipientIds: [] }] }] }],
  ])('refuse %s', async (_name, path, body) =>
    expect(await answer(call('PUT', path, 'root', body))).toEqual([400, 'VAL-001']),
  ); // prettier-ignore
});

describe('messages', () => {
  it('are listed without addresses, counted by channel, and queued again by operators', async () => {
    const draft = (channel: string, orgPath: readonly string[]): ReturnType<typeof draftOf> =>
      draftOf({ channel, notBefore: TEST_NOW, address: '13800000000' }, { changeId: channel, orgPath });
    const drafts = [draft('email', ['city', 'gas-co']), draft('sms', ['city', 'water-co'])];
    await bed.records.notifications.add(drafts, TEST_NOW);
    const ask = { now: TEST_NOW, leaseMs: 1_000, limit: 1, channels: ['email'] };
    const [parcel] = await bed.records.notifications.claim(ask);
    await bed.records.notifications.settle(parcel!, { kind: 'dead', reason: 'no such mailbox' });
    const list = await call('GET', '/notify/outbox?state=dead', 'vera');
    const { items, counts } = notifyOutboxReply.parse(list.body);
    expect(items).toMatchObject([{ channel: 'email', reason: 'no such mailbox', state: 'dead' }]);
    expect(counts.map(each => [each.channel, each.state, each.configured])).toEqual([
      ['email', 'dead', true],
      ['sms', 'queued', false],
    ]);
    expect(list.text).not.toContain('13800000000');
    expect((await call('GET', '/notify/outbox', 'water-viewer')).body).toMatchObject({
      items: [{ channel: 'sms' }],
    });
    const again = `/notify/outbox/${items[0]!.id}/requeue`;
    expect(await answer(call('POST', again, 'vera'))).toEqual([403, 'AUT-004']);
    expect(await answer(call('POST', again, 'gas-operator'))).toEqual([200, undefined]);
    expect(await answer(call('POST', again, 'gas-operator'))).toEqual([409, 'NTF-004']);
    expect(await answer(call('POST', '/notify/outbox/ntf-1/requeue', 'otto'))).toEqual([404, 'PGR-004']);
  });

  it('can be tried, with the verdict of the channel and a row in the trail', async () => {
    await call('PUT', '/notify/contacts/vera', 'vera', contacts('email'));
    const test = { channel: 'email', username: 'vera' };
    expect((await call('POST', '/notify/test', 'enno', test)).body).toEqual({ sent: true, reason: null });
    expect(email.seen[0]).toMatchObject({ address: 'a@example.cn', notices: [], severity: 'blue' });
    email.answer = () => refused('busy', true);
    expect((await call('POST', '/notify/test', 'enno', test)).body).toEqual({ sent: false, reason: 'busy' });
    const { items } = await bed.records.audit.list({ limit: 1 });
    expect(items[0]).toMatchObject({ action: 'notify.tested', actor: 'enno', detail: { sent: false } });
    expect(await answer(call('POST', '/notify/test', 'otto', test))).toEqual([403, 'AUT-004']);
    expect(await answer(call('POST', '/notify/test', 'enno', { ...test, channel: 'sms' }))).toEqual([
      404,
      'PGR-004',
    ]);
  });
});

it('gives an alarm as CAP to those who may see it, the same each time', async () => {
  const changes = [change('cap-1', 1, 'raised'), change('cap-1', 2, 'blinded')];
  await bed.records.alarms.applyChanges(changes, { monitor: 'm', seq: 1 });
  const reply = await call('GET', '/alarms/cap-1/cap', 'gas-operator');
  const cap = readCap(reply.text);
  if (!cap.ok) throw new Error(cap.error.join());
  expect(cap.value).toMatchObject({
    sender: 'anmai.example.cn',
    messageType: 'Update',
    references: [{ sender: 'anmai.example.cn' }],
    infos: [{ certainty: 'Unknown', web: 'https://anmai.example.cn/alarms/cap-1' }, { language: 'en-US' }],
  });
  expect(cap.value.infos[0]?.areas[0]).toMatchObject({
    areaDesc: '井 well-1',
    circles: [{ center: [34.8, 114.3] }],
  });
  expect((await call('GET', '/alarms/cap-1/cap', 'root')).text).toBe(reply.text);
  expect(await answer(call('GET', '/alarms/cap-1/cap', 'water-viewer'))).toEqual([404, 'PGR-004']);
  expect(await answer(call('GET', '/alarms/cap-1/cap?n=0', 'vera'))).toEqual([400, 'VAL-001']);
});
