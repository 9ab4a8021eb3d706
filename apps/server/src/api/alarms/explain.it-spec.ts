import { MINUTE_MS } from '@anmai/kernel';
import { explainReply, type ExplainReply, type Problem } from '@anmai/wire';
import { asset, change, device, sensor, SYSTEM } from '@anmai/postgres/testing/samples';
import { TEST_NOW } from '@anmai/postgres/testing/test-server';
import { startApiBed, type ApiBed } from '../testing/api-bed';

const SOURCE = { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' };
/** Minutes since TEST_NOW, and what was read then. */
const VALUES = [1, 1, 18, 24, 25, 26, 27, 2, 1];
const RAISED_AT = TEST_NOW + 5 * MINUTE_MS;
const condition = (above: number): object => ({
  type: 'threshold',
  limits: [
    { severity: 'yellow', above },
    { severity: 'orange', above: 50 },
  ],
  raiseAfter: { samples: 3 },
});

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
  const { records, store, clock } = bed;
  await records.assets.create(asset('well-1', { orgId: 'gas-co' }), SYSTEM);
  await records.devices.create(device('dev-1', 'well-1'), SYSTEM);
  await records.sensors.create(sensor('s1', 'well-1', 'dev-1', { expectedEverySeconds: 60 }), SYSTEM);
  const readings = VALUES.map((value, i) => ({ at: TEST_NOW + i * MINUTE_MS, value, quality: 1 as const }));
  await store.append(readings.map(reading => ({ sensorId: 's1', ...reading })));
  await rule('r1', condition(20));
  await rule('together', { type: 'composite', of: [{ ruleId: 'r1' }], need: 'all', related: 'asset', withinSeconds: 60, severity: 'red' });
  await rule('slow', { type: 'trend', per: 'month', limits: [{ severity: 'yellow', above: 4 }] });
  clock.advance(10 * MINUTE_MS);
  const alarms = [['a1', 'r1'], ['a2', 'together'], ['a3', 'slow']] as const;
  await records.alarms.applyChanges(
    alarms.map(([id, ruleId]) => change(id, 1, 'raised', { at: RAISED_AT, ruleId })),
    { monitor: 'm', seq: 1 },
  );
}); // prettier-ignore
afterAll(() => bed.stop());

async function rule(id: string, of: object): Promise<void> {
  const body = { id, name: id, appliesTo: {}, condition: of, source: SOURCE };
  expect((await bed.call('POST', '/api/v1/rules', { as: 'enno', body })).status).toBe(201);
}
async function explain(id: string, as = 'vera'): Promise<ExplainReply> {
  const reply = await bed.call('GET', `/api/v1/alarms/${id}/explain`, { as });
  expect(reply.status).toBe(200);
  return explainReply.parse(reply.body);
}

it('tells for each reading what the rule made of it', async () => {
  const { rule, trace, reason, leadInSeconds, truncated } = await explain('a1');
  expect([rule.id, rule.version, reason, truncated]).toEqual(['r1', 1, null, false]);
  expect(leadInSeconds).toBe(63 * 60);
  expect(trace).toMatchObject({ unit: '%LEL', readings: VALUES.length, decimated: false });
  const cells = trace!.rows.map(row => {
    const { met, on, pendingSince } = row.limits[0]!;
    return `${row.value}${met ? ' met' : ''}${on ? ' on' : pendingSince === null ? '' : ' pending'}`;
  });
  expect(cells).toEqual([
    '1', '1', '18', '24 met pending', '25 met pending', '26 met on', '27 met on', '2', '1',
  ]); // prettier-ignore
  expect(trace!.raisedAt).toBe(new Date(RAISED_AT).toISOString());
});

it('uses the version that raised, not the one in force', async () => {
  const body = { id: 'r1', name: 'r1', appliesTo: {}, condition: condition(49), source: SOURCE };
  expect((await bed.call('PUT', '/api/v1/rules/r1', { as: 'enno', body })).status).toBe(200);
  await bed.records.alarms.applyChanges(
    [change('a1', 2, 'escalated', { at: RAISED_AT + MINUTE_MS, ruleVersion: 2 })],
    { monitor: 'm', seq: 2 },
  );
  const { rule } = await explain('a1');
  expect([rule.version, rule.condition]).toMatchObject([1, { limits: [{ above: 20 }, {}] }]);
});

it('says of a composite rule that it watches alarms', async () => {
  expect(await explain('a2')).toMatchObject({ trace: null, reason: 'composite', rule: { id: 'together' } });
});

it('begins as early as the rule remembers, as far as readings fit, and shows that it learns', async () => {
  const { trace, leadInSeconds, truncated } = await explain('a3');
  // 512 days of a reading a minute are more than one explanation looks at.
  expect([truncated, leadInSeconds]).toEqual([true, 135_000 * 60]);
  expect(trace!.rows.every(row => row.isLearning && row.derived === null)).toBe(true);
  expect([trace!.raisedAt, trace!.unit]).toEqual([null, '%LEL/month']);
});

it.each([
  ['of another organisation', 'a1', 'water-viewer', 404],
  ['that is not there', 'none', 'vera', 404],
])('is not given of an alarm %s', async (_name, id, as, status) => {
  const reply = await bed.call('GET', `/api/v1/alarms/${id}/explain`, { as });
  expect([reply.status, (reply.body as Problem).code]).toEqual([status, 'PGR-004']);
});
it('is given within the organisation', async () =>
  expect((await explain('a1', 'gas-operator')).trace).not.toBeNull());
