import { orgPaths } from '../org-tree';
import type { Session } from '../database';
import type { Author, ImportFault, ImportList, RegistryImport } from '../record-shapes';
import { gradeFaults } from './grade-guard';
import { visibleIds, type Referable } from './references';

/** The table that a list goes to, for those that others can refer to. */
const LIST_OF: Readonly<Record<Referable, ImportList>> = { org: 'orgs', asset: 'assets', device: 'devices' };

interface Reference {
  readonly list: ImportList;
  readonly index: number;
  readonly id: string;
  readonly what: Referable;
  readonly to: string;
}

/** Everything that keeps these rows from being written, found without writing. */
export async function findFaults(session: Session, rows: RegistryImport, by: Author): Promise<ImportFault[]> {
  return [
    ...duplicates(rows),
    ...rootFaults(rows, by),
    ...(await orgCycles(session, rows)),
    ...(await referenceFaults(session, rows, by)),
    ...(await hiddenFaults(session, rows, by)),
    ...(await channelFaults(session, rows)),
    ...(await gradeFaults(session, rows.assets ?? [])),
  ];
}

function idsOf(rows: RegistryImport): [ImportList, readonly string[]][] {
  return [
    ['orgs', (rows.orgs ?? []).map(row => row.id)],
    ['assets', (rows.assets ?? []).map(row => row.id)],
    ['devices', (rows.devices ?? []).map(row => row.id)],
    ['sensors', (rows.sensors ?? []).map(row => row.id)],
    ['credentials', (rows.credentials ?? []).map(row => row.username)],
  ];
}

function duplicates(rows: RegistryImport): ImportFault[] {
  const faults: ImportFault[] = [];
  for (const [list, ids] of idsOf(rows)) {
    const firstAt = new Map<string, number>();
    ids.forEach((id, index) => {
      const first = firstAt.get(id);
      if (first === undefined) firstAt.set(id, index);
      else
        faults.push({
          list,
          index,
          id,
          code: 'duplicate',
          message: `the same id as row ${first} of ${list}`,
        });
    });
  }
  return faults;
}

function rootFaults(rows: RegistryImport, by: Author): ImportFault[] {
  if (by.within === null) return [];
  return (rows.orgs ?? []).flatMap(({ id, parentId }, index) =>
    parentId !== null || id === by.within
      ? []
      : [
          {
            list: 'orgs',
            index,
            id,
            code: 'not_visible',
            message: 'a root organisation is not yours to make',
          } as const,
        ],
  );
}

async function orgCycles({ query }: Session, rows: RegistryImport): Promise<ImportFault[]> {
  if (rows.orgs === undefined || rows.orgs.length === 0) return [];
  const present = await query<{ id: string; name: string; parentId: string | null }>(
    'select id, name, parent_id as "parentId" from org',
  );
  const paths = orgPaths(new Map([...present, ...rows.orgs].map(org => [org.id, org])).values());
  return rows.orgs.flatMap(({ id }, index) =>
    paths.get(id) === null
      ? [{ list: 'orgs', index, id, code: 'cycle', message: 'it would be below itself' } as const]
      : [],
  );
}

function referencesOf(rows: RegistryImport): Reference[] {
  const found: Reference[] = [];
  const add = (list: ImportList, index: number, id: string, what: Referable, to: string | null): void => {
    if (to !== null) found.push({ list, index, id, what, to });
  };
  rows.orgs?.forEach((org, index) => add('orgs', index, org.id, 'org', org.parentId));
  rows.assets?.forEach((asset, index) => {
    add('assets', index, asset.id, 'org', asset.orgId);
    add('assets', index, asset.id, 'asset', asset.parentId);
  });
  rows.devices?.forEach((device, index) => add('devices', index, device.id, 'asset', device.assetId));
  rows.sensors?.forEach((sensor, index) => {
    add('sensors', index, sensor.id, 'asset', sensor.assetId);
    add('sensors', index, sensor.id, 'device', sensor.deviceId);
  });
  rows.credentials?.forEach((row, index) => add('credentials', index, row.username, 'device', row.deviceId));
  return found;
}

async function referenceFaults(session: Session, rows: RegistryImport, by: Author): Promise<ImportFault[]> {
  const references = referencesOf(rows);
  const faults: ImportFault[] = [];
  for (const what of ['org', 'asset', 'device'] as const) {
    const ofKind = references.filter(reference => reference.what === what);
    const inImport = new Set(idsOf(rows).find(([list]) => list === LIST_OF[what])?.[1]);
    const outside = [...new Set(ofKind.map(({ to }) => to).filter(to => !inImport.has(to)))];
    const known = outside.length === 0 ? new Set() : await visibleIds(session, what, outside, by.within);
    for (const { list, index, id, to } of ofKind) {
      if (inImport.has(to) || known.has(to)) continue;
      faults.push({ list, index, id, code: 'unknown_reference', message: `there is no ${what} ${to}` });
    }
  }
  return faults;
}

const OF_LIST = { orgs: 'org', assets: 'asset', devices: 'device', sensors: 'sensor' } as const;

/** Rows that would replace what the author cannot see. */
async function hiddenFaults(session: Session, rows: RegistryImport, by: Author): Promise<ImportFault[]> {
  if (by.within === null) return [];
  const faults: ImportFault[] = [];
  for (const [list, ids] of idsOf(rows)) {
    if (list === 'credentials' || ids.length === 0) continue;
    const there = await visibleIds(session, OF_LIST[list], ids, null);
    const seen = await visibleIds(session, OF_LIST[list], ids, by.within);
    ids.forEach((id, index) => {
      if (there.has(id) && !seen.has(id)) {
        faults.push({ list, index, id, code: 'not_visible', message: 'the id is taken' });
      }
    });
  }
  return faults;
}

/** A channel of a device that two sensors would share, within the import or with one that stays as it is. */
async function channelFaults({ query }: Session, rows: RegistryImport): Promise<ImportFault[]> {
  const sensors = rows.sensors ?? [];
  if (sensors.length === 0) return [];
  const given = new Set(sensors.map(sensor => sensor.id));
  const present = await query<{ id: string; deviceId: string; channel: string }>(
    'select id, device_id as "deviceId", channel from sensor where device_id = any($1::text[])',
    [[...new Set(sensors.map(sensor => sensor.deviceId))]],
  );
  const key = (sensor: { deviceId: string; channel: string }): string =>
    JSON.stringify([sensor.deviceId, sensor.channel]);
  const owner = new Map(present.filter(({ id }) => !given.has(id)).map(sensor => [key(sensor), sensor.id]));
  return sensors.flatMap((sensor, index) => {
    const other = owner.get(key(sensor));
    if (other === undefined) owner.set(key(sensor), sensor.id);
    if (other === undefined || other === sensor.id) return [];
    const message = `channel ${sensor.channel} of ${sensor.deviceId} belongs to ${other}`;
    return [{ list: 'sensors', index, id: sensor.id, code: 'duplicate', message } as const];
  });
}
