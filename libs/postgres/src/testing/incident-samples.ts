import { IncidentEngine, type AlarmChange, type IncidentChange, type IncidentStep } from '@anmai/alarms';
import type { Asset } from '@anmai/catalog';
import { asset, change } from './samples';
import { TEST_NOW } from './test-server';

/** An engine over wells of the gas company; all of them stand at one place, so that their alarms belong together. */
export function gasEngine(ids: readonly string[]): IncidentEngine {
  const assets = new Map<string, Asset>(ids.map(id => [id, asset(id, { orgId: 'gas-co' })]));
  const sensors = new Map(ids.map(id => [`${id}.ch4`, sensorOf(id)]));
  return new IncidentEngine({ assets, sensors, rules: new Map() });
}

const sensorOf = (assetId: string) => ({
  id: `${assetId}.ch4`,
  name: assetId,
  assetId,
  deviceId: assetId,
  channel: 'ch4',
  quantity: 'gas.combustible',
  unit: '%LEL',
  expectedEverySeconds: 60,
  range: null,
});

/** Change `n` of the alarm `al-{well}`. */
export const wellChange = (well: string, n: number, kind: AlarmChange['kind']): AlarmChange =>
  change(`al-${well}`, n, kind, { sensorId: `${well}.ch4`, assetId: well });

export interface Batch {
  readonly alarms: readonly AlarmChange[];
  readonly incidents: readonly IncidentChange[];
}

/** What one entry of the journal with these changes causes. */
export const fed = (engine: IncidentEngine, ...alarms: readonly AlarmChange[]): Batch => ({
  alarms,
  incidents: alarms.flatMap(each => engine.alarms([each], each.noticedAt)),
});

type StepRest = { readonly actor?: string | null; readonly at?: number };

export const stepOn = <K extends IncidentStep['kind']>(
  incidentId: string,
  kind: K,
  payload: Extract<IncidentStep, { kind: K }>['payload'],
  { actor = 'otto', at = TEST_NOW + 60_000 }: StepRest = {},
): IncidentStep =>
  ({ id: `step-${incidentId}-${kind}-${at}`, incidentId, kind, actor, at, payload }) as IncidentStep;
