import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { warningTrack, type WarningMessage } from '@anmai/alarms';
import { ok } from '@anmai/kernel';
import type { Records } from '@anmai/postgres';
import { fed, gasEngine, stepOn, wellChange } from '@anmai/postgres/testing/incident-samples';
import { asset, makeOrgs, SYSTEM } from '@anmai/postgres/testing/samples';
import { startTestServer, TEST_NOW, type TestServer } from '@anmai/postgres/testing/test-server';
import { capXml, readCap, type CapAlert } from '@anmai/wire';
import { capOfIncident } from './cap-of-incident';

const SCHEMA = join(import.meta.dirname, '../../../../../libs/wire/src/cap/testing/cap-1.2.xsd');
let server: TestServer;
let records: Records;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anmai-cap-'));
  server = await startTestServer();
  ({ records } = await server.freshRecords());
  await makeOrgs(records);
  for (const id of WELLS) await records.assets.create(asset(id, { orgId: 'gas-co' }), SYSTEM);
});
afterAll(async () => {
  await records.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const WELLS = ['w1', 'w2'];

/** Its XML, which the schema takes. */
function valid(message: WarningMessage): string {
  const style = { utcOffsetMs: 8 * 3_600_000, linkBase: 'https://anmai.example.cn' };
  const given = { message, familyId: 'gas', placeName: '井 <w1> & 旁', capSender: 'anmai.example.cn', style } as const;
  const xml = capXml(capOfIncident(given));
  if (!xml.ok) throw new Error(xml.error.join('; '));
  const file = join(folder, 'alert.xml');
  writeFileSync(file, xml.value);
  const run = spawnSync('xmllint', ['--noout', '--nonet', '--schema', SCHEMA, file], { encoding: 'utf8' });
  expect([run.error, run.stderr.trim().endsWith('validates')]).toEqual([undefined, true]);
  return xml.value;
} // prettier-ignore

const read = (xml: string): CapAlert => {
  const alert = readCap(xml);
  if (!alert.ok) throw new Error(alert.error.join('; '));
  return alert.value;
};

it('a warning, its updates and its end are valid by the schema and name each other', async () => {
  const engine = gasEngine(WELLS);
  const first = fed(engine, wellChange('w1', 1, 'raised'));
  const id = first.incidents[0]!.incidentId;
  const apply = ({ alarms, incidents }: typeof first): Promise<unknown> =>
    records.alarms.applyChanges(alarms, { monitor: 'm', seq: 1 }, incidents);
  const take = (step: ReturnType<typeof stepOn>): Promise<unknown> =>
    records.incidents.take(step, () => ok(true as const), null);
  const warning = { severity: 'yellow', audience: [], text: '注意 & 远离', reason: null } as const;
  await apply(first);
  expect((await records.incidents.warningSources(id, null))?.size).toBe(0);
  await take(stepOn(id, 'warned', warning, { at: TEST_NOW + 1_500 }));
  await apply(fed(engine, wellChange('w1', 2, 'escalated')));
  await take(stepOn(id, 'released', { note: '恢复', seenN: 99 }));
  expect(await records.incidents.warningSources(id, 'water-co')).toBeNull();
  const track = warningTrack(id, (await records.incidents.warningSources(id, 'gas-co'))!);
  const alerts = track.map(valid).map(read);
  expect(alerts.map(each => [each.messageType, each.infos[0]?.severity, each.references.length])).toEqual([
    ['Alert', 'Moderate', 0],
    ['Update', 'Severe', 1],
    ['Cancel', 'Severe', 2],
  ]);
  expect(alerts[2]?.references.map(each => each.identifier)).toEqual(
    alerts.slice(0, 2).map(each => each.identifier),
  );
  expect(alerts[0]?.infos[1]).toMatchObject({ description: '注意 & 远离', headline: 'Yellow warning: 井 <w1> & 旁, Gas and toxic gas' });
}); // prettier-ignore
