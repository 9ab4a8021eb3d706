import { foldDisposal, mayStep, type IncidentChange, type IncidentStep } from '@anmai/alarms';
import { err, ok } from '@anmai/kernel';
import fc from 'fast-check';
import type { Records } from './records';
import { fed, gasEngine, stepOn, wellChange, type Batch } from './testing/incident-samples';
import { asset, makeOrgs, SYSTEM } from './testing/samples';
import { startTestServer, TEST_NOW, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records } = await server.freshRecords());
  await makeOrgs(records);
  for (const id of WELLS) await records.assets.create(asset(id, { orgId: 'gas-co' }), SYSTEM);
});
afterEach(() => records.close());

const WELLS = ['w1', 'w2', 'w3'];
let seq = 0;
const apply = ({ alarms, incidents }: Batch) =>
  records.alarms.applyChanges(alarms, { monitor: 'm', seq: ++seq }, incidents);
const yes = () => ok(true as const);
/** An incident of two wells, and its id. */
async function twoWells(): Promise<{ engine: ReturnType<typeof gasEngine>; id: string; batch: Batch }> {
  const engine = gasEngine(WELLS);
  const batch = fed(engine, wellChange('w1', 1, 'raised'), wellChange('w2', 1, 'raised'));
  await apply(batch);
  return { engine, id: batch.incidents[0]!.incidentId, batch };
}

describe('the track of the monitor', () => {
  it('folds into one row, with its alarms, once however often it comes', async () => {
    const { id, batch } = await twoWells();
    const before = await records.incidents.get(id, null);
    expect(before).toMatchObject({
      ...{
        familyId: 'gas',
        severity: 'yellow',
        condition: 'active',
        alarmCount: 2,
        openCount: 2,
        assetCount: 2,
      },
      orgIds: ['gas-co'],
      placeName: expect.stringContaining('井 w') as string,
      disposal: { stage: 'detected', verdict: null },
    });
    await apply(batch);
    expect(await records.incidents.get(id, null)).toEqual(before);
    const alarms = await records.alarms.list({ state: 'all', limit: 10, incidentId: id }, null);
    expect(alarms.items.map(alarm => alarm.id).sort()).toEqual(['al-w1', 'al-w2']);
    expect((await records.incidents.file(id, null))!.sensorIds).toEqual(['w1.ch4', 'w2.ch4']);
  });

  it('takes nothing when one change cannot be taken', async () => {
    const { incidents } = fed(gasEngine(WELLS), wellChange('w1', 1, 'raised'));
    const alarms = [{ ...wellChange('w1', 1, 'raised'), reason: 'a\0b' }];
    await expect(apply({ alarms, incidents })).rejects.toMatchObject({ code: 'PGR-008' });
    expect((await records.incidents.list({ state: 'all', limit: 10 }, null)).items).toEqual([]);
  });

  it('of one that goes into another moves its alarms, and its tasks count there', async () => {
    const [into, from] = [gasEngine(WELLS), gasEngine(WELLS)];
    const a = fed(into, wellChange('w1', 1, 'raised'));
    const b = fed(from, wellChange('w3', 1, 'raised'));
    await apply(a);
    await apply(b);
    const [intoId, fromId] = [a.incidents[0]!.incidentId, b.incidents[0]!.incidentId];
    const task = { id: 't1', orgId: 'gas-co', what: 'mend', dueAt: TEST_NOW + 3_600_000 };
    await records.incidents.take(stepOn(fromId, 'dispatched', { tasks: [task] }), yes, null);
    const told = (id: string, kind: IncidentChange['kind'], otherId: string, last: IncidentChange) => ({
      ...last,
      ...{ id: `${id}/${last.n + 1}`, n: last.n + 1, kind, otherId, cause: null },
    });
    await apply({
      alarms: [],
      incidents: [
        told(fromId, 'merged', intoId, b.incidents.at(-1)!),
        told(intoId, 'absorbed', fromId, a.incidents.at(-1)!),
      ],
    });
    expect((await records.incidents.get(fromId, null))!.disposal.mergedInto).toBe(intoId);
    expect((await records.incidents.get(intoId, null))!.disposal.tasks).toMatchObject([{ id: 't1' }]);
    const alarms = await records.alarms.list({ state: 'all', limit: 10, incidentId: intoId }, null);
    expect(alarms.items.map(alarm => alarm.id).sort()).toEqual(['al-w1', 'al-w3']);
    const open = await records.incidents.list({ state: 'open', limit: 10 }, null);
    expect(open.items.map(row => row.id)).toEqual([intoId]);
    expect(await ids('merged')).toEqual([fromId]);
  });
});

const ids = async (
  state: Parameters<Records['incidents']['list']>[0]['state'],
  within: string | null = null,
) => (await records.incidents.list({ state, limit: 10 }, within)).items.map(row => row.id);

describe('the track of people', () => {
  it('is asked for leave, under the lock, with what is known of the incident', async () => {
    const { id } = await twoWells();
    const step = stepOn(id, 'released', { note: '', seenN: 1 });
    const refusal = await records.incidents.take(
      step,
      (disposal, sensorIds) => mayStep(disposal, step, { sensorIds, sensors: [], now: step.at }),
      null,
    );
    expect(refusal).toMatchObject({ ok: false, error: { code: 'step.outOfOrder' } });
    expect((await records.incidents.file(id, null))!.steps).toEqual([]);
  });

  it('is folded in, and audited', async () => {
    const { id, batch } = await twoWells();
    const seenN = batch.incidents.at(-1)!.n;
    const payload = { verdict: 'true', note: 'smelt it', seenN } as const;
    const taken = await records.incidents.take(stepOn(id, 'assessed', payload), yes, null);
    expect(taken).toMatchObject({ ok: true, value: { disposal: { stage: 'assessed', verdict: 'true' } } });
    const audit = await records.audit.list({ limit: 1 });
    expect(audit.items[0]).toMatchObject({
      actor: 'otto',
      action: 'incident.assessed',
      subject: `incident/${id}`,
    });
    expect(await records.audit.verifyAudit()).toMatchObject({ intact: true });
  });

  it('a verdict of "false" does not hold for an alarm that joins later', async () => {
    const { engine, id, batch } = await twoWells();
    const seenN = batch.incidents.at(-1)!.n;
    await records.incidents.take(stepOn(id, 'assessed', { verdict: 'false', note: 'no', seenN }), yes, null);
    await apply(fed(engine, wellChange('w3', 1, 'raised')));
    expect((await records.incidents.get(id, null))!.disposal).toMatchObject({
      stage: 'detected',
      reopened: true,
    });
  });

  it('a release is told which sensors a planned window holds out of service at its instant', async () => {
    const { id } = await twoWells();
    const window = { ...{ id: 'plan', durationMs: 60_000, rrule: null, utcOffsetMs: 0, reason: '标定' } };
    const planned = { ...window, assetIds: ['w2'], sensorIds: [], startAt: TEST_NOW };
    await records.serviceWindows.create(planned, SYSTEM);
    const asked = async (kind: 'released' | 'resolutionProposed', at: number): Promise<string[]> => {
      const step = stepOn(id, kind, { note: '', seenN: 1 }, { at });
      let seen: string[] = [];
      const judge: Parameters<typeof records.incidents.take>[1] = (_disposal, _ids, outOfService) => {
        seen = [...outOfService];
        return err({ code: 'release.sensors', why: '', instead: '', missing: [] });
      };
      expect((await records.incidents.take(step, judge, null)).ok).toBe(false);
      return seen;
    };
    expect(await asked('released', TEST_NOW + 59_999)).toEqual(['w2.ch4']);
    expect(await asked('released', TEST_NOW + 60_000)).toEqual([]);
    expect(await asked('resolutionProposed', TEST_NOW + 1_000)).toEqual([]);
  });

  it('is neither changed nor taken back', async () => {
    const { id } = await twoWells();
    await records.incidents.take(stepOn(id, 'resolutionProposed', { note: 'done' }), yes, null);
    await expect(
      records.incidents.take(stepOn('nobody', 'resolutionProposed', { note: 'done' }), yes, null),
    ).rejects.toMatchObject({ code: 'PGR-004' });
  });

  it('agrees with foldDisposal over both whole tracks, in whatever order they come', async () => {
    const kinds = fc.constantFrom('assessed', 'resolutionProposed', 'released', 'alarm', 'cleared');
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { maxLength: 8 }), async script => {
        const { records: fresh } = await server.freshRecords();
        const engine = gasEngine(WELLS);
        const changes: IncidentChange[] = [];
        const steps: IncidentStep[] = [];
        const tell = async (batch: Batch): Promise<void> => {
          changes.push(...batch.incidents);
          await fresh.alarms.applyChanges(batch.alarms, { monitor: 'm', seq: 1 }, batch.incidents);
        };
        await tell(fed(engine, wellChange('w1', 1, 'raised')));
        const id = changes[0]!.incidentId;
        for (const [i, kind] of script.entries()) {
          const at = TEST_NOW + 10_000 * (i + 1);
          const well = WELLS[1 + (i % 2)]!;
          if (kind === 'alarm' || kind === 'cleared') {
            const what = kind === 'alarm' ? wellChange(well, 1, 'raised') : wellChange('w1', 2, 'cleared');
            await tell(fed(engine, what));
            continue;
          }
          const seenN = Math.max(1, changes.at(-1)!.n - (i % 3));
          const step =
            kind === 'assessed'
              ? stepOn(id, kind, { verdict: i % 2 ? 'false' : 'true', note: 'x', seenN }, { at })
              : kind === 'released'
                ? stepOn(id, kind, { note: '', seenN }, { at })
                : stepOn(id, kind, { note: 'done' }, { at });
          steps.push(step);
          await fresh.incidents.take(step, yes, null);
        }
        const row = await fresh.incidents.get(id, null);
        expect(row!.disposal).toEqual(foldDisposal(changes, steps));
        await fresh.close();
      }),
      { numRuns: 12 },
    );
  });
});

describe('lists', () => {
  it.each([
    ['open', 1],
    ['active', 1],
    ['blind', 0],
    ['cleared', 0],
    ['released', 0],
    ['closed', 0],
    ['merged', 0],
    ['all', 1],
  ] as const)('of what is detected, %s has %d', async (state, count) => {
    await twoWells();
    expect(await ids(state)).toHaveLength(count);
  });

  it('show what touches one’s organisation, and nothing to others', async () => {
    const { id } = await twoWells();
    expect([await ids('all', 'gas-co'), await ids('all', 'city'), await ids('all', 'water-co')]).toEqual([[id], [id], []]);
    expect([await records.incidents.get(id, 'water-co'), await records.incidents.file(id, 'water-co')]).toEqual([null, null]);
    const step = stepOn(id, 'resolutionProposed', { note: 'done' });
    await expect(records.incidents.take(step, yes, 'water-co')).rejects.toMatchObject({ code: 'PGR-004' });
  }); // prettier-ignore
});

it('notes what is overdue once for each rung', async () => {
  const { id } = await twoWells();
  const due = { kind: 'identify', taskId: null, dueAt: TEST_NOW + 60_000, overdueMs: 5, escalateTo: 'shiftLead' } as const;
  expect(await records.incidents.noteOverdue(id, [due], TEST_NOW + 60_005)).toBe(1);
  expect(await records.incidents.noteOverdue(id, [due], TEST_NOW + 65_000)).toBe(0);
  const next = { ...due, escalateTo: 'ownerDuty' } as const;
  expect(await records.incidents.noteOverdue(id, [due, next], TEST_NOW + 120_000)).toBe(1);
  expect((await records.incidents.file(id, null))!.overdue).toMatchObject([
    { kind: 'identify', taskId: null, escalateTo: 'shiftLead', noticedAt: TEST_NOW + 60_005 },
    { escalateTo: 'ownerDuty' },
  ]);
  expect(await ids('open')).toEqual([id]);
}); // prettier-ignore

it('gives what figures rest on: alarms of the period, first acknowledgements, verdicts', async () => {
  const { id } = await twoWells();
  await records.incidents.take(stepOn(id, 'assessed', { verdict: 'false', note: 'x', seenN: 1 }), yes, null);
  const input = (from: number, to: number, within: string | null = null) =>
    records.kpi.input(from, to, within);
  const found = await input(TEST_NOW, TEST_NOW + 3_600_000);
  expect(found.changes.map(each => [each.alarmId, each.kind, each.severity]).sort()).toEqual([
    ['al-w1', 'raised', 'yellow'],
    ['al-w2', 'raised', 'yellow'],
  ]);
  expect(found.assessments.map(each => [each.alarmId, each.isFalse]).sort()).toEqual([
    ['al-w1', true],
    ['al-w2', true],
  ]);
  expect((await input(TEST_NOW, TEST_NOW + 3_600_000, 'water-co')).changes).toEqual([]);
  expect((await input(TEST_NOW - 10, TEST_NOW)).changes).toEqual([]);
});
