import {
  compileWindow,
  DEFAULT_LIFE_SETTINGS,
  serviceSpells,
  type CompiledWindow,
  type InhibitionRule,
  type LifeSettings,
  type ServiceSpell,
  type ServiceTarget,
  type Suppression,
} from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import { asc, desc, gt, isNull, or } from 'drizzle-orm';
import type { Session } from '../database';
import { inhibitionTable, lifeSettingsTable, serviceWindowTable } from '../schema';

/** Versions of windows and of rules that hide which are looked at together at most; the oldest are left out. */
export const PLAN_VERSIONS_MAX = 5_000;

/** One version with the time in which it held: an edit never reaches back. */
export interface Valid<T> {
  readonly value: T;
  readonly validFrom: Millis;
  readonly validTo: Millis | null;
}

/** What beside the tracks decides the lives of alarms, with all versions that held since some instant. */
export interface Plans {
  readonly settingsAt: (at: Millis) => LifeSettings;
  readonly windows: readonly Valid<CompiledWindow>[];
  readonly inhibitions: readonly Valid<InhibitionRule>[];
}

export async function loadPlans(session: Session, since: Millis): Promise<Plans> {
  const settings = await session.db.select().from(lifeSettingsTable).orderBy(asc(lifeSettingsTable.version));
  const windows = await session.db
    .select()
    .from(serviceWindowTable)
    .where(heldSince(serviceWindowTable, since))
    .orderBy(desc(serviceWindowTable.validFrom), desc(serviceWindowTable.id))
    .limit(PLAN_VERSIONS_MAX);
  const inhibitions = await session.db
    .select()
    .from(inhibitionTable)
    .where(heldSince(inhibitionTable, since))
    .orderBy(desc(inhibitionTable.validFrom), desc(inhibitionTable.id))
    .limit(PLAN_VERSIONS_MAX);
  return {
    settingsAt: at => settings.findLast(row => row.validFrom <= at)?.body ?? DEFAULT_LIFE_SETTINGS,
    windows: windows.flatMap(({ body, validFrom, validTo }) => {
      const compiled = compileWindow(body);
      return compiled.ok ? [{ value: compiled.value, validFrom, validTo }] : [];
    }),
    inhibitions: inhibitions.map(({ body, validFrom, validTo }) => ({ value: body, validFrom, validTo })),
  };
}

const heldSince = (table: typeof serviceWindowTable | typeof inhibitionTable, since: Millis) =>
  or(isNull(table.validTo), gt(table.validTo, since));

/** Turns of the windows on a target that touch [from, to), each within the time in which its window held. */
export function spellsOf(
  { windows }: Plans,
  target: ServiceTarget,
  from: Millis,
  to: Millis,
): ServiceSpell[] {
  return windows
    .flatMap(({ value, validFrom, validTo }) =>
      serviceSpells([value], target, from, to).flatMap(spell => {
        const begins = Math.max(spell.from, validFrom);
        const ends = Math.min(spell.to, validTo ?? Infinity);
        return begins < ends ? [{ ...spell, from: begins, to: ends }] : [];
      }),
    )
    .sort((a, b) => a.from - b.from || (a.windowId < b.windowId ? -1 : 1));
}

/** Within the time in which the rule held. */
export function clipped(spell: Suppression, { validFrom, validTo }: Valid<InhibitionRule>): Suppression[] {
  const from = Math.max(spell.from, validFrom);
  const to = validTo === null ? spell.to : Math.min(spell.to ?? Infinity, validTo);
  return to !== null && to <= from ? [] : [{ ...spell, from, to }];
}
