import pg from 'pg';
import {
  CHECKUP_FORMS,
  DUE_STATES,
  dueState,
  NANTONG,
  ZHENGZHOU,
  type CheckupRecord,
  type FactSource,
} from '@anmai/lifecycle';
import { asset, by, makeOrgs, SYSTEM } from './testing/samples';
import { startTestServer, type TestClock, type TestServer } from './testing/test-server';
import type { NewCheckup, Records } from './records';

const TODAY = '2026-11-22';
const OFFSET = 8 * 3_600_000;

let server: TestServer;
let records: Records;
let clock: TestClock;
let schema: string;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  ({ records, clock, schema } = await server.freshRecords());
  await makeOrgs(records);
  await records.regimes.forms();
  await choose('city', 'zhengzhou');
});
afterAll(() => server.stop());

const choose = (orgId: string, ruleSetId: string, from = '2026-01-01') =>
  records.regimes.setChoices(orgId, [{ orgId, from, ruleSetId, ruleSetVersion: 1 }], SYSTEM);
const house = (id: string, file: FactSource & Record<string, unknown>, orgId = 'city') =>
  records.assets.create(asset(id, { kind: 'building', orgId, properties: { ...file } }), SYSTEM);
const year = (value: number): FactSource & Record<string, unknown> => ({
  ...{ structure: 'masonry', use: 'dwelling', ownership: 'multiOwner', precastSlabs: 'no', businessUse: 'no' },
  ...{ yearBuilt: { kind: 'exact', year: value }, designLifeYears: 50, district: '中原区', street: '建设路' },
}); // prettier-ignore
const refreshed = (today = TODAY) => records.checkupDues.refresh(today, OFFSET);
const states = async (ids: readonly string[], today = TODAY): Promise<string[]> => {
  await refreshed(today);
  const rows = await Promise.all(ids.map(id => records.checkupDues.get(id, today, null)));
  return rows.map(row =>
    `${row?.place.id} ${row?.state} ${row?.due.kind === 'dated' ? row.due.dueOn : ''}`.trim(),
  );
};
const plan = (id: string, buildingId: string, over: Partial<NewCheckup> = {}) =>
  records.checkups.plan(
    [
      {
        ...{
          id,
          buildingId,
          kind: 'regular',
          agencyId: null,
          inspectors: ['ina'],
          roundId: null,
          demand: null,
        },
        ruleSet: { id: 'zhengzhou', version: 1 },
        form: { id: CHECKUP_FORMS.masonry.id, version: 1 },
        ...{ dueFrom: null, dueOn: null },
        ...over,
      },
    ],
    SYSTEM,
  );

describe('what is due', () => {
  it('follows from file, rules and day, in the database as in the rules', async () => {
    const years = [1960, 1980, 1986, 1990, 1993, 1996, 1997, 1998, 2010, 2020];
    for (const value of years) await house(`h${value}`, year(value));
    await house('h-unknown', { ...year(2000), yearBuilt: { kind: 'unknown' } });
    await house('h-public', { ...year(1990), use: 'public' });
    for (const today of [
      '2026-01-01',
      TODAY,
      '2026-12-31',
      '2027-01-01',
      '2027-10-03',
      '2029-01-01',
      '2045-06-01',
    ]) {
      await records.checkupDues.refresh(today, OFFSET);
      const seen = new Set<string>();
      for (const state of DUE_STATES) {
        const { items } = await records.checkupDues.list({ state, limit: 100 }, today, null);
        for (const row of items) {
          expect([today, row.place.id, row.state]).toEqual([today, row.place.id, dueState(row.due, today)]);
          seen.add(row.place.id);
        }
      }
      // Each is in one of the lists, and the counts say the same.
      expect(seen.size).toBe(12);
      const counts = await records.checkupDues.counts({}, today, null);
      expect(counts.reduce((sum, each) => sum + each.count, 0)).toBe(12);
    }
  });

  it('never lets an unknown year read as exempt', async () => {
    await house('h1', { ...year(2000), yearBuilt: { kind: 'unknown' } });
    await refreshed();
    const row = await records.checkupDues.get('h1', TODAY, null);
    expect(row).toMatchObject({ state: 'unknown', due: { kind: 'unknown', missing: ['built'] } });
  });

  it('is not held up by a building whose figures are none', async () => {
    await house('h1', { ...year(1985), designLifeYears: 50.05 });
    await house('h2', { ...year(1985), yearBuilt: { kind: 'exact', year: 9e9 } });
    await house('h3', year(1985));
    expect(await states(['h1', 'h2', 'h3'])).toEqual([
      'h1 due 2026-12-31',
      'h2 unknown',
      'h3 due 2026-12-31',
    ]);
  });

  it('is reckoned anew when the building changes, and when the rules do', async () => {
    await house('h1', year(2010));
    expect(await states(['h1'])).toEqual(['h1 exempt 2041-01-01']);
    await records.assets.update(
      asset('h1', { kind: 'building', properties: { ...year(1980) } }),
      null,
      SYSTEM,
    );
    expect(await states(['h1'])).toEqual(['h1 due 2026-12-31']);
    await choose('city', 'blank');
    expect(await states(['h1'])).toEqual(['h1 uncovered']);
  });

  it('takes the rules of the nearest organisation above', async () => {
    await house('h1', year(1998), 'gas-east');
    await choose('gas-co', 'nantong');
    // Zhengzhou would exempt it below 30 years; Nantong begins above 25.
    expect(await states(['h1'])).toEqual(['h1 due 2027-01-01']);
  });

  it('keeps other assets out, and hides what belongs to others', async () => {
    await records.assets.create(asset('well-1'), SYSTEM);
    await house('h1', year(1980), 'gas-co');
    await refreshed();
    expect(await records.checkupDues.get('well-1', TODAY, null)).toBeNull();
    expect(await records.checkupDues.get('h1', TODAY, 'water-co')).toBeNull();
    expect((await records.checkupDues.list({ limit: 10 }, TODAY, 'water-co')).items).toEqual([]);
    expect((await records.checkupDues.list({ limit: 10 }, TODAY, 'gas-co')).items).toHaveLength(1);
  });

  it('pages without a gap or a repeat, by due date', async () => {
    for (let i = 0; i < 25; i++) await house(`h${10 + i}`, year(1960 + (i % 3)));
    await refreshed();
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: readonly { place: { id: string } }[]; nextCursor: string | null } =
        await records.checkupDues.list({ limit: 7, cursor }, TODAY, null);
      ids.push(...page.items.map(row => row.place.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(ids).size).toBe(25);
    expect(ids).toHaveLength(25);
  });

  it('says how many still wait to be reckoned', async () => {
    for (let i = 0; i < 5; i++) await house(`h${i}`, year(1980));
    expect(await records.checkupDues.refresh(TODAY, OFFSET, 2)).toBe(3);
    expect(await records.checkupDues.refresh(TODAY, OFFSET)).toBe(0);
  });
});

/** A record as the server would write it; what it says of the building does not matter here. */
const record = (checkupId: string, at: number): CheckupRecord => ({
  ...{ id: `${checkupId}.r1`, checkupId, revision: 1, form: { id: CHECKUP_FORMS.masonry.id, version: 1 } },
  ...{ answers: {}, result: { scale: 'checkup-pass', value: 'pass' }, findings: [], signatures: [] },
  ...{ attachments: [], deviceId: 'p1', startedAt: at, finishedAt: at, submittedAt: at, submittedBy: 'ina' },
  ...{ clockOffsetMs: 0, contentHash: checkupId },
}); // prettier-ignore
const INA = { within: null, username: 'ina', onlyOwn: true };

describe('check-ups and due dates', () => {
  beforeEach(() => house('h1', year(1960)));
  const submitted = async (id: string): Promise<void> => {
    const sent = { fields: {}, offsetMs: 0, contentHash: id };
    await records.checkups.submit(id, sent, async () => record(id, clock.now()), INA);
  };

  it('a regular one moves the date, one that is sent back moves it back', async () => {
    await plan('c1', 'h1', { agencyId: null });
    expect(await states(['h1'])).toEqual(['h1 due 2026-12-31']);
    await submitted('c1');
    expect(await states(['h1'])).toEqual(['h1 later 2031-11-22']);
    const back = { step: 'return', note: '缺照片', patch: { state: 'returned' }, event: null } as const;
    await records.checkups.change('c1', () => back, { ...INA, onlyOwn: false });
    expect(await states(['h1'])).toEqual(['h1 due 2026-12-31']);
  });

  it('a special one or a patrol does not stand for the regular one', async () => {
    await plan('c1', 'h1', { kind: 'special' });
    await plan('c2', 'h1', { kind: 'patrol' });
    await submitted('c1');
    await submitted('c2');
    expect(await states(['h1'])).toEqual(['h1 due 2026-12-31']);
  });

  it('counts the day of the city: sent at 17:00 UTC is the next day there', async () => {
    clock.advance(11 * 3_600_000 + 60_000);
    await plan('c1', 'h1');
    await submitted('c1');
    expect(await states(['h1'])).toEqual(['h1 later 2031-11-23']);
  });

  it.each([
    "update checkup_record set result = '{}'",
    'delete from checkup_record',
    'truncate checkup_record',
  ])('a record is never changed: %s', async sql => {
    await plan('c1', 'h1');
    await submitted('c1');
    const client = new pg.Client({ ...server.target, options: `-c search_path=${schema}` });
    await client.connect();
    await expect(client.query(sql)).rejects.toThrow('never changed');
    await client.end();
    expect((await records.checkups.file('c1', INA))?.records).toHaveLength(1);
  });
});

describe('rounds', () => {
  it('plan what has no check-up under way, and are there whole', async () => {
    for (let i = 0; i < 6; i++) await house(`h${i}`, year(1960));
    await house('h-young', year(2015));
    await plan('c-open', 'h0');
    await refreshed();
    const found = await records.checkupDues.toPlan({ year: 2026, districts: [], streets: [] }, null);
    expect(found.map(each => each.buildingId)).toEqual(['h1', 'h2', 'h3', 'h4', 'h5']);
    const round = { id: 'r1', orgId: 'city', year: 2026, name: '2026 年度', body: {} };
    const checkups = found.map(({ buildingId, ruleSet }): NewCheckup => ({
      ...{ id: `r1-${buildingId}`, buildingId, kind: 'regular', ruleSet, agencyId: null, inspectors: [] },
      form: { id: CHECKUP_FORMS.masonry.id, version: 1 },
      ...{ dueFrom: '2026-12-01', dueOn: '2026-12-31', roundId: 'r1', demand: null },
    })); // prettier-ignore
    const made = await records.checkupRounds.create(round, checkups, by('root'));
    expect(made.states).toEqual({ planned: 5 });
    expect(await records.checkupDues.toPlan({ year: 2026, districts: [], streets: [] }, null)).toEqual([]);
    const rejected = records.checkupRounds.create({ ...round, id: 'r2' }, checkups, by('root'));
    await expect(rejected).rejects.toMatchObject({ status: 409 });
    expect((await records.checkupRounds.list(null)).map(each => each.id)).toEqual(['r1']);
  });
});

describe('forms and rule sets', () => {
  it('are there from the start, and a version stays as it was published', async () => {
    expect((await records.regimes.ruleSets()).map(each => each.ruleSet.id)).toEqual(['blank', 'changsha', 'nantong', 'zhengzhou']);
    expect(await records.regimes.ruleSet('nantong', null)).toEqual(NANTONG);
    const changed = { ...ZHENGZHOU, rows: [] };
    await expect(records.regimes.addRuleSet(changed, SYSTEM)).rejects.toMatchObject({ status: 409 });
    await records.regimes.addRuleSet({ ...changed, version: 2 }, SYSTEM);
    expect((await records.regimes.ruleSet('zhengzhou', null))?.version).toBe(2);
    expect(await records.regimes.ruleSet('zhengzhou', 1)).toEqual(ZHENGZHOU);
    expect(await records.regimes.form(CHECKUP_FORMS.steel.id, 1)).toEqual(CHECKUP_FORMS.steel);
  }); // prettier-ignore
  it('a choice of rules that do not exist is refused', async () => {
    await expect(choose('city', 'atlantis')).rejects.toMatchObject({ code: 'PGR-007' });
  });
});
