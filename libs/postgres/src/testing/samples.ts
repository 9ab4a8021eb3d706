import { derivedId } from '@anmai/kernel';
import type { AlarmChange, ChangeKind, OperatorAction, Rule } from '@anmai/alarms';
import type { Asset, Device, Sensor, Severity } from '@anmai/catalog';
import type { Author } from '../record-shapes';
import type { Records } from '../records';
import { TEST_NOW } from './test-server';

export const SYSTEM: Author = { actor: 'system', within: null };
export const by = (actor: string, within: string | null = null): Author => ({ actor, within });

export const asset = (id: string, over: Partial<Asset> = {}): Asset => ({
  id,
  kind: 'gas.well',
  name: `井 ${id}`,
  geometry: { type: 'Point', coordinates: [114.3, 34.8] },
  parentId: null,
  orgId: 'city',
  links: [],
  properties: {},
  ...over,
});

export const device = (id: string, assetId: string | null, over: Partial<Device> = {}): Device => ({
  id,
  name: id,
  assetId,
  model: null,
  ...over,
});

export const sensor = (
  id: string,
  assetId: string,
  deviceId: string,
  over: Partial<Sensor> = {},
): Sensor => ({
  id,
  name: id,
  assetId,
  deviceId,
  channel: id,
  quantity: 'gas.combustible',
  unit: '%LEL',
  expectedEverySeconds: 60,
  range: { min: 0, max: 100 },
  ...over,
});

export const rule = (id: string, above = 20): Omit<Rule, 'version'> => ({
  id,
  name: `规则 ${id}`,
  enabled: true,
  appliesTo: { quantity: 'gas.combustible' },
  condition: { type: 'threshold', limits: [{ severity: 'yellow', above, clearBelow: above - 2 }] },
  source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
});

/** city > gas-co > gas-east, and city > water-co. */
export async function makeOrgs(records: Records): Promise<void> {
  await records.orgs.create({ id: 'city', name: '市', parentId: null }, SYSTEM);
  await records.orgs.create({ id: 'gas-co', name: '燃气', parentId: 'city' }, SYSTEM);
  await records.orgs.create({ id: 'gas-east', name: '燃气东', parentId: 'gas-co' }, SYSTEM);
  await records.orgs.create({ id: 'water-co', name: '供水', parentId: 'city' }, SYSTEM);
}

const SEVERITY: Readonly<Record<ChangeKind, Severity>> = {
  raised: 'yellow', escalated: 'orange', deescalated: 'yellow', blinded: 'yellow', restored: 'yellow', cleared: 'yellow',
}; // prettier-ignore

/** Change `n` of an alarm, one second after the other. */
export function change(
  alarmId: string,
  n: number,
  kind: ChangeKind,
  over: Partial<AlarmChange> = {},
): AlarmChange {
  return {
    id: derivedId('chg', alarmId, n),
    alarmId,
    n,
    kind,
    at: TEST_NOW + n * 1_000,
    noticedAt: TEST_NOW + n * 1_000 + 250,
    ruleId: 'r1',
    ruleVersion: 1,
    sensorId: 's1',
    assetId: 'well-1',
    onsetAt: TEST_NOW,
    severity: SEVERITY[kind],
    reason: `${kind} ${n}`,
    evidence: {
      limit: { above: 20 + n, unit: '%LEL' },
      source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
      readings: [{ at: TEST_NOW, value: 53.1, quality: 1 }],
    },
    ...over,
  };
}

export function action(
  id: string,
  alarmId: string,
  seenN: number,
  over: Partial<OperatorAction> = {},
): OperatorAction {
  return {
    id,
    alarmId,
    kind: 'acknowledged',
    actor: 'op',
    at: TEST_NOW + 60_000,
    note: null,
    seenN,
    ...over,
  };
}
