import { EmbeddedPostgres } from '../embedded/embedded-postgres';
import { openRecords } from '../open-records';
import { TestClock } from './test-server';

/** A program that writes something and then waits to be killed. Bundled and run by `parent-process.ts`. */
const server = new EmbeddedPostgres({ dataDir: process.argv[2]! });
const records = openRecords({ pool: await server.start(), clock: new TestClock() });
await records.open();
await records.orgs.create({ id: 'city', name: '市', parentId: null }, { actor: 'system', within: null });
process.stdout.write(`${JSON.stringify({ serverPid: server.pid() })}\n`);
process.stdin.resume();
