import { DAY_MS, HOUR_MS } from '@anmai/kernel';
import pg from 'pg';
import type { Records } from './records';
import { asset, makeOrgs, SYSTEM } from './testing/samples';
import { startTestServer, TEST_NOW, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
let client: pg.Client;
const iso = (at: number): string => new Date(at).toISOString();
const ago = (days: number): string => iso(TEST_NOW - days * DAY_MS);

beforeAll(async () => {
  server = await startTestServer();
  const fresh = await server.freshRecords();
  records = fresh.records;
  client = new pg.Client({ ...server.target, options: `-c search_path=${fresh.schema}` });
  await client.connect();
  await makeOrgs(records);
  for (const id of ['b1', 'b2', 'b3', 'b4']) {
    await records.assets.create(asset(id, { kind: 'building', orgId: 'city' }), SYSTEM);
  }
  // Without a file: what is known of it stands in the asset.
  await records.assets.create(
    asset('b5', { kind: 'building', orgId: 'water-co', properties: { grade: 'D' } }),
    SYSTEM,
  );
  for (const [id, district, grade] of [
    ['b1', '中原区', 'C'],
    ['b2', '中原区', 'D'],
    ['b3', '金水区', 'B'],
  ]) {
    await client.query(
      `insert into building (id, org_id, name, address, district, street, grade, search, body)
       values ($1, 'city', $1, '', $2, '', $3, '', '{"areaM2": 1000}')`,
      [id, district, grade],
    );
  }
});
afterAll(async () => {
  await client.end();
  await server.stop();
});

const PERIOD = {
  from: TEST_NOW - 21 * DAY_MS,
  to: TEST_NOW + 9 * DAY_MS,
  yearFrom: TEST_NOW - 300 * DAY_MS,
  now: TEST_NOW,
  today: ago(0).slice(0, 10),
};
const counts = async (key: string, within: string | null = null, period = PERIOD): Promise<string> => {
  const all = await records.city.counts(period, within);
  const own = all[key as keyof typeof all];
  if (own === null) return 'none';
  return [...own]
    .sort((a, b) => (a.district < b.district ? -1 : 1))
    .map(each => `${each.district}${each.numerator}/${each.denominator}`)
    .join(' ');
};

it('buildings with a file, of those that one may see', async () => {
  expect(await counts('withFile')).toBe('0/2 中原区2/2 金水区1/1');
  expect(await counts('withFile', 'water-co')).toBe('0/1');
});

it('checked in time: what is unknown counts as needed, what is exempt does not', async () => {
  const due = (
    id: string,
    district: string,
    kind: string,
    dueOn: string | null,
    coveredFrom: string | null = null,
  ): Promise<unknown> =>
    client.query(
      `insert into checkup_due (building_id, org_id, district, street, kind, due_on, covered_from, body, computed_on)
       values ($1, 'city', $2, '', $3, $4, $5, '{}', '2026-11-22')
       on conflict (building_id) do update set kind = excluded.kind, due_on = excluded.due_on,
         covered_from = excluded.covered_from`,
      [id, district, kind, dueOn, coveredFrom],
    );
  await due('b1', '中原区', 'dated', ago(-1));
  await due('b2', '中原区', 'dated', ago(1));
  await due('b3', '金水区', 'unknown', null);
  await due('b4', '', 'exempt', null);
  // b5 is not reckoned yet.
  expect(await counts('checkedInTime')).toBe('0/1 中原区1/2 金水区0/1');
  const tomorrow = { ...PERIOD, today: ago(-2).slice(0, 10) };
  expect(await counts('checkedInTime', null, tomorrow)).toBe('0/1 中原区0/2 金水区0/1');
  await due('b3', '金水区', 'dated', ago(-900), ago(-500));
  expect(await counts('checkedInTime')).toBe('0/1 中原区1/2');
  await due('b3', '金水区', 'unknown', null);
});

it('the need takes what is due or overdue, with the area that is on file', async () => {
  const plan = (await records.city.plannedNeed(TEST_NOW, TEST_NOW + 30 * DAY_MS, null))!;
  const of = (use: string): string[] =>
    plan
      .filter(each => each.use === use)
      .map(each => `${each.buildingId} ${each.areaM2}`)
      .sort();
  expect(of('checkup')).toEqual(['b1 1000', 'b2 1000']);
  expect(of('insurance')).toEqual(['b1 1000', 'b2 1000', 'b3 1000', 'b4 null', 'b5 null']);
  expect(plan.every(each => each.dueAt >= TEST_NOW)).toBe(true);
});

it('hazards: closed in time of those closed this month or overdue and open', async () => {
  const hazard = async (
    id: string,
    building: string,
    stage: string,
    found: string,
    closed: string | null,
    late: boolean,
  ): Promise<void> => {
    await client.query(
      `insert into hazard (id, building_id, source, stage, found_at, closed_at, changed_at, last_n, head, state)
       values ($1, $2, 'patrol', $3, $4, $5, $4, 1, '{}', '{}')`,
      [id, building, stage, found, closed],
    );
    if (!late) return;
    await client.query(
      `insert into hazard_overdue (hazard_id, kind, due_at, escalate_to, noticed_at) values ($1, 'repair', $2, 'owner', $2)`,
      [id, found],
    );
  };
  await hazard('h1', 'b1', 'closed', ago(10), ago(2), false);
  await hazard('h2', 'b1', 'closed', ago(10), ago(2), true);
  await hazard('h3', 'b1', 'repairing', ago(10), null, true);
  await hazard('h4', 'b1', 'repairing', ago(10), null, false);
  await hazard('h5', 'b1', 'closed', ago(90), ago(60), false);
  await hazard('h6', 'b1', 'dismissed', ago(10), ago(2), true);
  expect(await counts('hazardsInTime')).toBe('中原区1/3');
});

it('C and D buildings: under watch, and resolved by a new appraisal alone', async () => {
  await client.query(
    `insert into watch_plan (id, building_id, grade, started_at, body) values ('w1', 'b1', 'C', $1, '{}')`,
    [ago(9)],
  );
  await client.query(
    `insert into watch_plan (id, building_id, grade, started_at, ended_at, body) values ('w2', 'b2', 'D', $1, $1, '{}')`,
    [ago(9)],
  );
  expect(await counts('cdWatched')).toBe('0/1 中原区1/2');
  const appraisal = (id: string, building: string, grade: string, at: string): Promise<unknown> =>
    client.query(
      `insert into appraisal (id, building_id, agency, report_number, reported_at, grade, filed_by, filed_at, body)
       values ($1, $2, 'x', $1, $3, $4, 'x', $3, '{}')`,
      [id, building, at, grade],
    );
  await appraisal('a1', 'b1', 'C', ago(50));
  await appraisal('a2', 'b3', 'D', ago(50));
  await appraisal('a3', 'b3', 'B', ago(5));
  expect(await counts('cdResolved')).toBe('中原区0/1 金水区1/1');
});

it('alarms: acknowledged within ten minutes of those whose time is over', async () => {
  const alarm = async (id: string, raisedAt: number, ackedAt: number | null): Promise<void> => {
    await client.query(
      `insert into alarm (id, rule_id, rule_version, sensor_id, asset_id, severity, condition, onset_at, raised_at, last_n,
         evidence) values ($1, 'r', 1, 's', 'b1', 3, 'active', $2, $2, 1, '{}')`,
      [id, iso(raisedAt)],
    );
    if (ackedAt === null) return;
    await client.query(
      `insert into alarm_action (id, alarm_id, kind, actor, at, seen_n) values ($1, $1, 'acknowledged', 'x', $2, 1)`,
      [id, iso(ackedAt)],
    );
  };
  const hour = TEST_NOW - HOUR_MS;
  await alarm('in-time', hour, hour + 600_000);
  await alarm('late', hour, hour + 600_001);
  await alarm('never', hour, null);
  await alarm('still-time', TEST_NOW - 60_000, null);
  expect(await counts('alarmsInTime')).toBe('中原区1/3');
});

it('money of the year so far, reversals taken off; nothing booked is nothing to count', async () => {
  expect(await counts('moneyUsed')).toBe('0/0');
  const by = { actor: 'anna', within: 'city' };
  for (const [id, kind] of [
    ['bank', 'bank'],
    ['fund', 'holder'],
  ] as const) {
    await records.money.openAccount(
      { id, pot: 'public', kind, orgId: 'city', name: id, buildingId: null, household: null },
      by,
    );
  }
  const income = (id: string, at: number, amountFen: number): Promise<unknown> =>
    records.money.income(
      {
        id,
        pot: 'public',
        bankId: 'bank',
        source: 'fiscal',
        at,
        text: '',
        holders: [{ accountId: 'fund', amountFen }],
      },
      by,
    );
  await income('old', PERIOD.yearFrom - 1, 300);
  await income('new', TEST_NOW, 700);
  await income('wrong', TEST_NOW, 50);
  await records.money.reverse('wrong', { id: 'back', at: TEST_NOW, text: 'x' }, by);
  expect(await counts('moneyUsed')).toBe('0/1000');
});

it('insured: in force at that instant, in use alone', async () => {
  const cover = async (
    id: string,
    kind: string,
    from: string,
    to: string,
    building: string,
  ): Promise<void> => {
    await client.query(
      `insert into insurance_policy (id, org_id, kind, starts_at, ends_at, body) values ($1, 'city', $2, $3, $4, '{}')`,
      [...[id, kind, from, to]],
    );
    await client.query('insert into insurance_cover (policy_id, building_id) values ($1, $2)', [
      id,
      building,
    ]);
  };
  await cover('p1', 'building', ago(10), ago(-10), 'b1');
  await cover('p2', 'building', ago(10), ago(0), 'b2');
  await cover('p3', 'newBuild', ago(10), ago(-10), 'b3');
  expect(await counts('insured')).toBe('0/2 中原区1/2 金水区0/1');
});

it('keeps a month, in place of what it had', async () => {
  const row = (numerator: number) =>
    ({ key: 'withFile', district: '中原区', numerator, denominator: 9 }) as const;
  await records.city.freeze('2026-11', [row(1)], TEST_NOW);
  await records.city.freeze('2026-11', [row(2)], TEST_NOW);
  expect(await records.city.frozen('2026-01', '2026-11', null)).toEqual([{ month: '2026-11', ...row(2) }]);
  expect(await records.city.frozen('2026-12', '2027-11', null)).toEqual([]);
});
