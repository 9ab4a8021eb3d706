/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '@anmai/kernel';
import { startApiBed, type ApiBed, type Json, type Reply } from '../testing/api-bed';

let bed: ApiBed;
const folder = mkdtempSync(join(tmpdir(), 'anmai-city-'));
const insure = (path: string, body: unknown, as = 'enno'): Promise<Reply> =>
  bed.call('POST', `/api/v1/insurance/${path}`, { as, body });
const YEAR = { startsAt: '2026-01-01T00:00:00Z', endsAt: '2027-01-01T00:00:00Z' };
const policy = (over: object = {}): object => ({
  ...{ id: 'p1', orgId: 'city', kind: 'building', product: '房屋质量安全保险', policyNumber: 'PA-2026-001' },
  ...{ insurer: '某财产保险公司', payer: 'government', ...YEAR, triggers: ['collapse', 'facade', 'gradeD'] },
  limits: { perBuildingFen: 65_000_000 },
  duties: [{ kind: 'structure', timesPerYear: 4 }],
  ownersShareBp: 3_000,
  covers: [{ buildingId: 'b1', areaM2: 2_000 }],
  ...over,
});
const city = async (query = '', as = 'vera'): Promise<Json> =>
  (await bed.call('GET', `/api/v1/kpi/city${query}`, { as })).body;
const item = (body: Json, key: string): Json => body.items.find((each: Json) => each.key === key);

beforeAll(async () => {
  bed = await startApiBed();
  for (const id of ['b1', 'b2', 'b3']) {
    const body = { id, kind: 'building', name: id, orgId: 'city', geometry: null, parentId: null };
    await bed.call('POST', '/api/v1/assets', { as: 'enno', body });
  }
});
afterAll(async () => {
  await bed.stop();
  rmSync(folder, { recursive: true });
});

it('no data never reads as 100 %', async () => {
  const body = await city();
  expect(body.items.length).toBe(9);
  for (const each of body.items) {
    if (each.denominator === 0)
      expect([each.key, each.share, each.status]).toEqual([each.key, null, 'noData']);
  }
  expect(item(body, 'alarmsInTime')).toMatchObject({ status: 'noData', why: 'nothingToCount' });
  expect(item(body, 'withFile')).toMatchObject({ numerator: 0, denominator: 3, share: 0, status: 'missed' });
});

describe('insurance', () => {
  it('counts what is insured in use, and never IDI of new buildings', async () => {
    expect((await insure('policies', policy())).status).toBe(201);
    const idi = { id: 'idi', kind: 'newBuild', triggers: ['defect'], covers: [{ buildingId: 'b2' }] };
    expect((await insure('policies', policy(idi))).status).toBe(201);
    expect(item(await city(), 'insured')).toMatchObject({ numerator: 1, denominator: 3 });
    const { body } = await bed.call('GET', '/api/v1/insurance/policies', { as: 'vera' });
    expect(body.items.map((each: Json) => [each.id, each.state, each.buildings])).toEqual([
      ['idi', 'expiring', 1],
      ['p1', 'expiring', 1],
    ]);
  });

  it('patrols fulfil duties, nothing on record does not', async () => {
    const duties = async (): Promise<Json> =>
      (await bed.call('GET', '/api/v1/insurance/policies/p1/duties', { as: 'vera' })).body.counts;
    expect(await duties()).toEqual({ fulfilled: 0, late: 0, overdue: 3, due: 1, ahead: 0 });
    const patrol = { buildingId: 'b1', kind: 'structure', at: '2026-05-02T02:00:00Z', doneBy: '巡查员' };
    expect((await insure('policies/p1/patrols', patrol)).status).toBe(201);
    expect(await duties()).toMatchObject({ fulfilled: 1, overdue: 2 });
    expect((await insure('policies/p1/patrols', { ...patrol, kind: 'fire' })).body.code).toBe('INS-009');
    expect((await insure('policies/p1/patrols', { ...patrol, buildingId: 'b3' })).body.code).toBe('INS-001');
  });

  const claim = (over: object = {}): object => ({
    ...{
      policyId: 'p1',
      buildingId: 'b1',
      trigger: 'facade',
      happenedAt: '2026-10-02T00:00:00Z',
      description: '外墙砖脱落',
    },
    ...over,
  });
  it.each<[string, () => object, string]>([
    ['a policy of another building', () => claim({ buildingId: 'b3' }), 'INS-001'],
    ['an event after its end', () => claim({ happenedAt: '2027-01-01T00:00:00Z' }), 'INS-002'],
    ['what it does not cover', () => claim({ trigger: 'thirdParty' }), 'INS-003'],
    [
      'a grade by an alarm',
      () => claim({ trigger: 'gradeD', evidence: [{ kind: 'alarm', refId: 'a1' }] }),
      'INS-004',
    ],
  ])('refuses %s', async (_name, body, code) => {
    const reply = await insure('claims', body());
    expect([reply.status, reply.body.code]).toEqual([422, code]);
  });

  it('takes a claim from report to payment, never above what is covered', async () => {
    const { body } = await insure('claims', claim({ id: 'c1' }));
    expect(body.nextStates).toEqual(['surveyed', 'rejected', 'withdrawn']);
    expect((await insure('claims/c1/steps', { to: 'paid' })).body.code).toBe('INS-006');
    expect((await insure('claims/c1/steps', { to: 'surveyed', lossFen: 1_000_000 })).body.payableFen).toBe(
      700_000,
    );
    expect((await insure('claims/c1/steps', { to: 'accepted' })).body.code).toBe('INS-005');
    await insure('claims/c1/evidence', { kind: 'checkup', refId: 'checkup-1' });
    await insure('claims/c1/steps', { to: 'accepted' });
    expect((await insure('claims/c1/steps', { to: 'paid', paidFen: 700_001 })).body.code).toBe('INS-007');
    expect((await insure('claims/c1/steps', { to: 'paid' })).body).toMatchObject({
      state: 'paid',
      paidFen: 700_000,
    });
  });
});

it('states of a month gone by are what was kept of it; else there is no data', async () => {
  expect(item(await city('?month=2026-10'), 'withFile')).toMatchObject({ status: 'noData', why: 'notKept' });
  const rows = [{ key: 'withFile', district: '中原', numerator: 8, denominator: 10 }] as const;
  await bed.records.city.freeze('2026-10', rows, bed.clock.now() - 30 * DAY_MS);
  const october = item(await city('?month=2026-10'), 'withFile');
  expect(october).toMatchObject({ numerator: 8, denominator: 10, why: null });
  expect(item(await city(), 'withFile').history.map((each: Json) => [each.month, each.share])).toEqual([
    ['2026-10', 0.8],
    ['2026-11', 0],
  ]);
  expect(item(await city('?month=2026-10', 'water-viewer'), 'withFile').status).toBe('noData');
  expect(item(await city('?month=2027-01'), 'insured')).toMatchObject({ status: 'noData', why: 'future' });
  expect((await bed.call('GET', '/api/v1/kpi/city?month=2026-13', { as: 'vera' })).status).toBe(400);
});

describe('reports', () => {
  const textOf = async (path: string, as: string): Promise<string> => {
    const reply = await fetch(`${bed.url}/api/v1/${path}`, {
      headers: { authorization: `Bearer ${await bed.token(as)}` },
    });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const file = join(folder, 'city.pdf');
    writeFileSync(file, Buffer.from(await reply.arrayBuffer()));
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/[ \t]+/g, ' ');
  };

  it('the monthly report has figures, districts, insurance and what is provisional', async () => {
    const text = await textOf('reports/city.pdf', 'root');
    for (const words of [
      '城市房屋安全月报',
      '一楼一档建档率',
      '无数据',
      'PA-2026-001',
      '暂定目标',
      '公共账户',
    ]) {
      expect(text.replace(/ /g, '')).toContain(words);
    }
    expect(
      text
        .split('\n')
        .find(line => line.trim().startsWith('保险覆盖率'))
        ?.trim(),
    ).toBe('保险覆盖率 1/3 33.3 % 80 % 未达标');
    expect(text).not.toMatch(/100\.0 %/);
  });

  it('a reader who may not see money finds none in it; in English too', async () => {
    const text = await textOf('reports/city.pdf?language=en', 'vera');
    expect(text).toContain('Safety of buildings');
    expect(text).not.toContain('Public account');
  });

  it('XLSX', async () => {
    const reply = await bed.call('GET', '/api/v1/reports/city.xlsx', { as: 'vera' });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('spreadsheetml'),
    ]);
  });
});
