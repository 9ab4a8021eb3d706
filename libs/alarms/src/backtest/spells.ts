import { severityRank, type Severity } from '@anmai/catalog';
import { DAY_MS, type Millis } from '@anmai/kernel';
import type { AlarmChange } from '../alarm';

/** One alarm from raise to clear. */
export interface AlarmSpell {
  readonly alarmId: string;
  readonly sensorId: string;
  readonly onsetAt: Millis;
  readonly raisedAt: Millis;
  /** null: still on at the end. */
  readonly clearedAt: Millis | null;
  /** The worst that it was. */
  readonly severity: Severity;
}

/** Alarms out of their changes, in the order in which they were raised. */
export function spellsOf(changes: readonly AlarmChange[]): AlarmSpell[] {
  const spells = new Map<string, AlarmSpell>();
  for (const change of changes) {
    const { alarmId, sensorId, onsetAt, severity } = change;
    const known = spells.get(alarmId);
    if (known === undefined) {
      spells.set(alarmId, { alarmId, sensorId, onsetAt, raisedAt: change.at, clearedAt: null, severity });
      continue;
    }
    const worst = severityRank(severity) > severityRank(known.severity) ? severity : known.severity;
    const clearedAt = change.kind === 'cleared' ? change.at : known.clearedAt;
    spells.set(alarmId, { ...known, severity: worst, clearedAt });
  }
  return [...spells.values()];
}

/** What a draft would change against the rule in force. */
export interface SpellDiff {
  /** Of the draft alone. */
  readonly came: readonly AlarmSpell[];
  /** Of the rule in force alone. */
  readonly gone: readonly AlarmSpell[];
  /** They overlap in time on the same sensor, with another start, end or severity. */
  readonly changed: readonly { readonly before: AlarmSpell; readonly after: AlarmSpell }[];
  readonly same: number;
}

/** Pairs each alarm of the draft with the first one in force that it overlaps and that has no pair yet. */
export function diffSpells(inForce: readonly AlarmSpell[], draft: readonly AlarmSpell[]): SpellDiff {
  const left = new Set(inForce);
  const came: AlarmSpell[] = [];
  const changed: { before: AlarmSpell; after: AlarmSpell }[] = [];
  let same = 0;
  for (const after of draft) {
    const before = [...left].find(spell => spell.sensorId === after.sensorId && overlap(spell, after));
    if (before === undefined) {
      came.push(after);
      continue;
    }
    left.delete(before);
    if (isSame(before, after)) same++;
    else changed.push({ before, after });
  }
  return { came, gone: [...left], changed, same };
}

const endOf = (spell: AlarmSpell): number => spell.clearedAt ?? Infinity;
const overlap = (a: AlarmSpell, b: AlarmSpell): boolean => a.raisedAt <= endOf(b) && b.raisedAt <= endOf(a);
const isSame = (a: AlarmSpell, b: AlarmSpell): boolean =>
  a.raisedAt === b.raisedAt && a.clearedAt === b.clearedAt && a.severity === b.severity;

/** Alarms raised on each local day that has one. `day` is the start of the day in local time, as an instant. */
export function countsPerDay(
  spells: readonly AlarmSpell[],
  utcOffsetMs: number,
): { readonly day: Millis; readonly count: number }[] {
  const counts = new Map<Millis, number>();
  for (const { raisedAt } of spells) {
    const day = Math.floor((raisedAt + utcOffsetMs) / DAY_MS) * DAY_MS - utcOffsetMs;
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([day, count]) => ({ day, count }));
}
