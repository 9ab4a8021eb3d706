import { chatterOf, DEFAULT_LIFE_SETTINGS, type ChatterSettings } from '@anmai/alarms';
import type { AlarmShape } from '@anmai/wire';
import type { AlarmMap } from './alarm-book';
import { rankOf } from './severity';

export interface Lines {
  /** One alarm for each chattering watch, all others as they are. */
  readonly heads: AlarmMap;
  /** All open occurrences of a chattering watch, newest first, by the id of the one that is drawn. */
  readonly runs: ReadonlyMap<string, readonly AlarmShape[]>;
}

/**
 * Occurrences of a watch that chatters are one line with a count. The one that is drawn is the worst that nobody has
 * seen, so that none is lost in the line. The server has no say in this but by the settings that hold: it is about what
 * can be read.
 */
export function chatterLines(
  alarms: AlarmMap,
  nowMs: number,
  settings: ChatterSettings = DEFAULT_LIFE_SETTINGS.chatter,
): Lines {
  const byWatch = new Map<string, AlarmShape[]>();
  for (const alarm of alarms.values()) {
    if (alarm.closedAt !== null) continue;
    const watch = `${alarm.ruleId} ${alarm.sensorId}`;
    const known = byWatch.get(watch);
    if (known === undefined) byWatch.set(watch, [alarm]);
    else known.push(alarm);
  }
  const runs = new Map<string, readonly AlarmShape[]>();
  const hidden = new Set<string>();
  for (const ofWatch of byWatch.values()) {
    const run = runOf(ofWatch, nowMs, settings);
    const [head, ...rest] = [...run].sort(byNeed);
    if (head === undefined || rest.length === 0) continue;
    runs.set(head.id, run);
    for (const { id } of rest) hidden.add(id);
  }
  if (hidden.size === 0) return { heads: alarms, runs };
  return { heads: new Map([...alarms].filter(([id]) => !hidden.has(id))), runs };
}

function runOf(ofWatch: readonly AlarmShape[], nowMs: number, chatter: ChatterSettings): AlarmShape[] {
  if (ofWatch.length < chatter.activationsMin) return [];
  const raises = ofWatch.map(({ raisedAt }) => Date.parse(raisedAt));
  const { run } = chatterOf(raises, Math.max(nowMs, ...raises), chatter, 0);
  if (run === null) return [];
  return ofWatch
    .filter(({ raisedAt }) => Date.parse(raisedAt) >= run.since)
    .sort((a, b) => Date.parse(b.raisedAt) - Date.parse(a.raisedAt));
}

function byNeed(a: AlarmShape, b: AlarmShape): number {
  return (
    Number(a.acknowledged) - Number(b.acknowledged) ||
    rankOf(b.severity) - rankOf(a.severity) ||
    Date.parse(b.raisedAt) - Date.parse(a.raisedAt)
  );
}
