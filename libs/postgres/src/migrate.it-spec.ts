import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { Database } from './database';
import { migrate } from './migrate';
import { MIGRATIONS, type Migration } from './migrations';
import { openRecords } from './open-records';
import * as schemaTables from './schema';
import { startTestServer, TestClock, type TestServer } from './testing/test-server';

let server: TestServer;
let count = 0;
const opened: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
afterAll(() => server.stop());

function database(schema: string): Database {
  const made = new Database({ pool: server.target, schema, clock: new TestClock() });
  opened.push(made);
  return made;
}
const freshSchema = (): string => `m_${(count += 1)}`;
const run = (on: Database, migrations: readonly Migration[]): Promise<void> =>
  on.locked('migrate', ({ query }) => migrate(query, on.schema, migrations));

const ONE: Migration = { id: '1', sql: 'create table one (a integer); insert into one values (1);' };
const TWO: Migration = { id: '2', sql: 'insert into one values (2);' };
const BROKEN: Migration = { id: '3', sql: 'insert into one values (3); select 1 / 0;' };

it('applies each once, by two or more that start at once', async () => {
  const schema = freshSchema();
  const programs = Array.from({ length: 4 }, () =>
    openRecords({ pool: server.target, schema, clock: new TestClock() }),
  );
  opened.push(...programs);
  await Promise.all(programs.map(program => program.open()));
  await programs[0]!.open();
  const rows = await database(schema).read(({ query }) =>
    query<{ id: string }>('select id from migration order by id'),
  );
  expect(rows.map(row => row.id)).toEqual(MIGRATIONS.map(({ id }) => id));
});

it.each([
  ['one that changed', [{ ...ONE, sql: 'create table one (a bigint)' }, TWO], 'PGR-002'],
  ['a database that is newer', [ONE], 'PGR-019'],
])('refuses %s', async (_name, migrations, code) => {
  const on = database(freshSchema());
  await run(on, [ONE, TWO]);
  await expect(run(on, migrations)).rejects.toMatchObject({ code, retryable: false });
  await run(on, [ONE, TWO]);
});

it('leaves nothing of a run that failed, and can be run again', async () => {
  const on = database(freshSchema());
  await run(on, [ONE]);
  await expect(run(on, [ONE, TWO, BROKEN])).rejects.toThrow('division by zero');
  const values = () => on.read(({ query }) => query<{ a: number }>('select a from one order by a'));
  expect(await values()).toEqual([{ a: 1 }]);
  await run(on, [ONE, TWO]);
  expect(await values()).toEqual([{ a: 1 }, { a: 2 }]);
});

it('rejects retryable while the database is away', async () => {
  const pool = { ...server.target, host: `${server.dataDir}/nowhere` };
  const records = openRecords({ pool, clock: new TestClock() });
  opened.push(records);
  for (const call of [records.open(), records.ping(), records.assets.get('a', null)]) {
    await expect(call).rejects.toMatchObject({ code: 'PGR-001', status: 503, retryable: true });
  }
});

it('rejects retryable when a statement takes too long, and goes on', async () => {
  const slow = new Database({
    pool: server.target,
    schema: freshSchema(),
    clock: new TestClock(),
    statementMsMax: 50,
  });
  opened.push(slow);
  const sleep = slow.transaction(({ query }) => query('select pg_sleep(5)'));
  await expect(sleep).rejects.toMatchObject({ code: 'PGR-003', retryable: true });
  expect(await slow.read(({ query }) => query('select 1 as a'))).toEqual([{ a: 1 }]);
});

it('survives the loss of its connections between two statements of a transaction', async () => {
  const on = database(freshSchema());
  const lost = on.transaction(async ({ query }) => {
    const [me] = await query<{ pid: number }>('select pg_backend_pid() as pid');
    await on.read(other => other.query('select pg_terminate_backend($1, 5000)', [me!.pid]));
    await query('select 1');
  });
  await expect(lost).rejects.toMatchObject({ code: 'PGR-001' });
  expect(await on.read(({ query }) => query('select 1 as a'))).toEqual([{ a: 1 }]);
});

it.each(['Upper', 'a-b', `a"; drop schema x; --`, '', '1a', 'x'.repeat(64)])(
  'refuses the schema name %j',
  schema => {
    expect(() => openRecords({ pool: server.target, schema, clock: new TestClock() })).toThrow(
      expect.objectContaining({ code: 'PGR-021' }),
    );
  },
);

it('made what the typed tables say', async () => {
  const { schema } = await server.freshRecords();
  const rows = await database(schema).read(({ query }) =>
    query<{ table_name: string; column_name: string; is_nullable: string; data_type: string }>(
      'select table_name, column_name, is_nullable, data_type from information_schema.columns where table_schema = $1',
      [schema],
    ),
  );
  const typeOf = (sqlType: string): string =>
    sqlType.endsWith('[]') ? 'ARRAY' : sqlType === 'timestamptz' ? 'timestamp with time zone' : sqlType;
  const made = rows.map(row => `${row.table_name}.${row.column_name} ${row.data_type} ${row.is_nullable}`);
  const said = Object.values(schemaTables).flatMap((table: PgTable) =>
    Object.values(getTableColumns(table)).map(
      column =>
        `${getTableConfig(table).name}.${column.name} ${typeOf(column.getSQLType())} ${column.notNull ? 'NO' : 'YES'}`,
    ),
  );
  expect(said.sort()).toEqual(made.filter(line => !line.startsWith('migration.')).sort());
});
