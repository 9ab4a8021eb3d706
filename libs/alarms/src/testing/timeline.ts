import type { Asset, Sensor } from '@anmai/catalog';
import { BAD, GOOD, MISSING, type Quality } from '@anmai/readings';
import type { AlarmChange } from '../alarm';
import { Monitor } from '../monitor';
import type { Condition, Rule } from '../rule';

export const SENSOR: Sensor = {
  id: 's1',
  name: 's1',
  assetId: 'a1',
  deviceId: 'd1',
  channel: 'v',
  quantity: 'gas.combustible',
  unit: '%LEL',
  expectedEverySeconds: 60,
  range: null,
};
export const ASSET: Asset = {
  id: 'a1',
  kind: 'gas.well',
  name: 'a1',
  geometry: null,
  parentId: null,
  orgId: 'gas-co',
  links: [],
  properties: {},
};

export const ruleOf = (condition: Condition, rest: Partial<Rule> = {}): Rule => ({
  id: 'r1',
  version: 1,
  name: 'r1',
  enabled: true,
  appliesTo: {},
  condition,
  source: { kind: 'assumption', why: 'test', reviewBy: '2027-01-01' },
  ...rest,
});

/** A monitor with one sensor and the rules given, at journal time 0. */
export function monitorWith(rules: readonly Rule[], sensor: Partial<Sensor> = {}): Monitor {
  const monitor = new Monitor();
  monitor.registry(
    [
      { kind: 'asset', op: 'put', id: ASSET.id, value: ASSET },
      { kind: 'sensor', op: 'put', id: SENSOR.id, value: { ...SENSOR, ...sensor } },
      ...rules.map(rule => ({ kind: 'rule', op: 'put', id: rule.id, value: rule }) as const),
    ],
    0,
  );
  return monitor;
}

/**
 * Runs '0 10, 60 25, 120@90 30, 200 bad, 300 tick' (journal second, `@` device second where it differs, value) with a
 * tick each second in between. Gives what was told as '60 raised yellow, …': the second it was noticed, the change.
 */
export function run(monitor: Monitor, timeline: string): string {
  return changesOf(monitor, timeline)
    .map(change => `${change.noticedAt / 1000} ${change.kind} ${change.severity}`)
    .join(', ');
}

export function changesOf(monitor: Monitor, timeline: string): AlarmChange[] {
  const out: AlarmChange[] = [];
  let now = (monitor.watching?.journalAt ?? 0) / 1000;
  for (const cell of timeline.split(', ')) {
    const [when = '', what = ''] = cell.split(' ');
    const [journal, device] = when.split('@').map(Number);
    for (now = now + 1; now < journal!; now++) out.push(...monitor.tick(now * 1000));
    now = journal!;
    if (what === 'tick') out.push(...monitor.tick(now * 1000));
    else out.push(...monitor.readings([readingOf(what, (device ?? journal!) * 1000)], now * 1000));
  }
  return out;
}

function readingOf(
  what: string,
  at: number,
): { sensorId: string; at: number; value: number; quality: Quality } {
  if (what === 'bad') return { sensorId: SENSOR.id, at, value: 999, quality: BAD };
  if (what === 'none') return { sensorId: SENSOR.id, at, value: Number.NaN, quality: MISSING };
  return { sensorId: SENSOR.id, at, value: Number(what), quality: GOOD };
}
