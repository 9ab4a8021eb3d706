import { openRecords } from '../open-records';
import { SYSTEM, action, asset, by, change, device, makeOrgs, rule, sensor } from '../testing/samples';
import { startTestServer, TestClock, type TestServer } from '../testing/test-server';
import { DUMP_ROWS_MAX, dumpRecords, type DumpHead, type TablePart } from './dump-records';
import { loadRecords } from './load-records';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const options = (schema: string) => ({ pool: server.target, schema, clock: new TestClock() });

async function dumped(schema: string): Promise<{ head: DumpHead; parts: TablePart[] }> {
  const parts: TablePart[] = [];
  const head = await dumpRecords(options(schema), async part => void parts.push(part));
  return { head, parts };
}

async function* given(parts: readonly TablePart[]): AsyncGenerator<TablePart> {
  yield* parts;
}

/** A little of everything, more rows than one part holds among them. */
async function filled(): Promise<string> {
  const { records, schema } = await server.freshRecords();
  await makeOrgs(records);
  await records.assets.create(asset('well-1', { orgId: 'gas-co', properties: { 深度: 1.5 } }), SYSTEM);
  await records.assets.create(asset('well-2', { orgId: 'gas-co', parentId: 'well-1' }), SYSTEM);
  await records.devices.create(device('dev-1', 'well-1'), by('li'));
  await records.sensors.create(sensor('s-1', 'well-1', 'dev-1'), by('li'));
  await records.rules.create(rule('r-1'), by('li'));
  // A JSON null is not a missing value.
  await records.audit.append({ actor: 'li', action: 'x', subject: 'y', detail: null });
  await records.rules.update(rule('r-1', 30), 1, by('li'));
  const many = Array.from({ length: DUMP_ROWS_MAX + 5 }, (_, n) => change(`a-${n}`, 1, 'raised'));
  await records.alarms.applyChanges(many, { monitor: 'm1', seq: 9 });
  await records.alarms.act(action('act-1', 'a-3', 1), null);
  return schema;
}

it('gives back everything as it was, in a schema that goes on working', async () => {
  const from = await filled();
  const { head, parts } = await dumped(from);
  const counts = await loadRecords(options('copy'), head, given(parts));
  expect(counts).toMatchObject({ asset: 2, rule_version: 2, alarm: DUMP_ROWS_MAX + 5 });
  const again = await dumped('copy');
  expect(again.head).toEqual(head);
  const rowsOf = (all: readonly TablePart[]) => all.map(part => ({ ...part, rows: [...part.rows].sort() }));
  expect(rowsOf(again.parts)).toEqual(rowsOf(parts));
  const records = openRecords(options('copy'));
  await records.open();
  expect((await records.audit.verifyAudit()).intact).toBe(true);
  await records.assets.create(asset('well-3'), SYSTEM);
  const newest = await records.alarms.newestRevision();
  await records.alarms.applyChanges([change('later', 1, 'raised')], { monitor: 'm1', seq: 10 });
  expect(await records.alarms.newestRevision()).toBeGreaterThan(newest);
  // Foreign keys stand again.
  await expect(records.assets.remove('well-1', null, SYSTEM)).rejects.toMatchObject({ code: 'PGR-009' });
  await records.close();
});

it('never writes over what is there', async () => {
  const { head, parts } = await dumped(await filled());
  const { schema, records } = await server.freshRecords();
  await expect(loadRecords(options(schema), head, given(parts))).rejects.toMatchObject({ code: 'PGR-022' });
  expect((await records.alarms.list({ state: 'all', limit: 1 }, null)).items).toEqual([]);
});

it('leaves nothing behind of a backup that is not whole', async () => {
  const { head, parts } = await dumped(await filled());
  const torn = parts.filter(({ table }) => table !== 'org');
  await expect(loadRecords(options('torn'), head, given(torn))).rejects.toThrow();
  await expect(loadRecords(options('torn'), head, given(parts))).resolves.toMatchObject({ org: 4 });
});

it('refuses what a newer program wrote, and tables that nobody knows', async () => {
  const { head } = await dumped(await filled());
  const newer = { ...head, migrations: [...head.migrations, '9999-later'] };
  await expect(loadRecords(options('newer'), newer, given([]))).rejects.toMatchObject({ code: 'PGR-019' });
  const stranger = [{ table: 'x', rows: ['()'] }];
  await expect(loadRecords(options('newer'), head, given(stranger))).rejects.toMatchObject({
    code: 'PGR-023',
  });
});
