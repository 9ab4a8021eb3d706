import type { NewFile } from './file-shapes';
import { asset, by, makeOrgs, SYSTEM } from './testing/samples';
import { startTestServer, type TestServer } from './testing/test-server';

const SHA = 'ab'.repeat(32);
const file = (over: Partial<NewFile> = {}): NewFile => ({
  sha256: SHA,
  bytes: 1_234,
  type: 'image/jpeg',
  kind: 'photo',
  meta: { name: '裂缝.jpg', exif: null },
  buildingId: null,
  orgId: 'gas-east',
  ...over,
});

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()));
afterAll(() => server.stop());
async function bed() {
  const { records, clock } = await server.freshRecords();
  await makeOrgs(records);
  await records.assets.create(asset('b-1', { kind: 'building', orgId: 'gas-co' }), SYSTEM);
  await records.assets.create(asset('b-2', { kind: 'building', orgId: 'water-co' }), SYSTEM);
  return { records, clock, files: records.files };
}

it('gives the same receipt for the same bytes, whenever and whoever sends them', async () => {
  const { files, clock, records } = await bed();
  const receipt = await files.receive(file(), by('ines', 'gas-east'));
  expect(receipt).toMatchObject({ sha256: SHA, bytes: 1_234, receivedAt: clock.now() });
  clock.advance(86_400_000);
  expect(await files.receive(file({ meta: { exif: null } }), by('ines', 'gas-east'))).toEqual(receipt);
  expect(await files.receive(file({ orgId: 'water-co' }), by('wang', 'water-co'))).toEqual(receipt);
  expect(await files.receipt(SHA, 'gas-east')).toEqual(receipt);
  expect((await files.get(SHA, null))?.meta.name).toBe('裂缝.jpg');
  const audit = await records.audit.list({ limit: 10, subject: `file/${SHA}` });
  expect(audit.items.map(each => each.action)).toEqual(['file.received']);
});

it('is seen by its sender’s organisation and those above, and by nobody beside', async () => {
  const { files } = await bed();
  await files.receive(file(), by('ines', 'gas-east'));
  const seen = async (within: string | null) => (await files.get(SHA, within)) !== null;
  expect(await Promise.all(['gas-east', 'gas-co', 'city', null].map(seen))).toEqual([true, true, true, true]);
  expect(await seen('water-co')).toBe(false);
  expect(await files.receipt(SHA, 'water-co')).toBeNull();
  await files.receive(file({ orgId: 'water-co' }), by('wang', 'water-co'));
  expect(await seen('water-co')).toBe(true);
});

it('is seen by the owner of the building that it is about', async () => {
  const { files } = await bed();
  await files.receive(file({ buildingId: 'b-1' }), by('ines', 'gas-co'));
  expect(await files.get(SHA, 'gas-co')).toMatchObject({ buildingId: 'b-1' });
});

it.each(['b-2', 'nowhere'])(
  'leaves out a building that the sender cannot see, and keeps the photo: %s',
  async id => {
    const { files } = await bed();
    await files.receive(file({ buildingId: id }), by('ines', 'gas-co'));
    expect(await files.get(SHA, 'gas-east')).toMatchObject({ buildingId: null });
    expect(await files.get(SHA, 'water-co')).toBeNull();
  },
);

it('of a check-up is seen by the owner of the building and by the agency, though its inspector sees neither', async () => {
  const { files, records } = await bed();
  const agency = {
    id: 'a1',
    orgId: 'gas-co',
    name: '检测',
    qualifications: [],
    streets: [],
    capacityByMonth: Array<number>(12).fill(1),
  };
  await records.regimes.putAgency(agency, null, SYSTEM);
  await records.checkups.plan(
    [
      {
        ...{ id: 'c1', buildingId: 'b-2', kind: 'regular', ruleSet: { id: 'nantong', version: 1 } },
        ...{ form: { id: 'checkup-masonry', version: 1 }, agencyId: 'a1', inspectors: ['ines'] },
        ...{ dueFrom: null, dueOn: null, roundId: null, demand: null },
      },
    ],
    SYSTEM,
  );
  const sent = file({ meta: { checkupId: 'c1', exif: null }, buildingId: 'b-2' });
  const other = { ...sent, sha256: 'cd'.repeat(32) };
  await files.receive(sent, by('ines', 'gas-east'));
  await files.receive(other, by('nobody-of-it', 'gas-east'));
  const seen = (sha256: string) =>
    Promise.all(
      ['gas-east', 'gas-co', 'water-co'].map(async within => (await files.get(sha256, within)) !== null),
    );
  expect([await seen(sent.sha256), (await files.get(SHA, null))?.buildingId]).toEqual([
    [true, true, true],
    'b-2',
  ]);
  expect([await seen(other.sha256), (await files.get(other.sha256, null))?.buildingId]).toEqual([
    [true, true, false],
    null,
  ]);
});

it('names what is missing, in the order asked', async () => {
  const { files } = await bed();
  await files.receive(file(), by('ines', 'gas-east'));
  const [a, b] = ['1'.repeat(64), '2'.repeat(64)];
  expect(await files.missing([b, SHA, a], 'city')).toEqual([b, a]);
  expect(await files.missing([SHA], 'water-co')).toEqual([SHA]);
  expect(await files.missing([], 'city')).toEqual([]);
  await expect(files.missing(Array<string>(1_001).fill(a), null)).rejects.toMatchObject({ code: 'PGR-016' });
});
