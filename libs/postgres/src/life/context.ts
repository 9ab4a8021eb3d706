import { lifeOf, WINDOW_MS_MAX, type Life, type LifeContext, type Suppression } from '@anmai/alarms';
import { DAY_MS, type Millis } from '@anmai/kernel';
import { spellsOf, type Plans } from './plans';
import type { Folded } from './tracks';

/** Windows are laid out so far ahead; each alarm is looked at again before that. */
const AHEAD_MS = WINDOW_MS_MAX + DAY_MS;

export interface Seen {
  readonly life: Life;
  readonly context: LifeContext;
}

/** The alarm's life as of `now`. What comes after it was closed (a window, a cause) is not its own any more. */
export function seenAt(
  folded: Folded,
  plans: Plans,
  now: Millis,
  suppressions: readonly Suppression[] = folded.stored?.suppressions ?? [],
): Seen {
  const context = contextOf(folded, plans, suppressions, now + AHEAD_MS);
  const life = lifeOf(folded.tracks, context, now);
  if (life.closedAt === null) return { life, context };
  const before = suppressions.filter(each => each.from < life.closedAt!);
  const whileOpen = contextOf(folded, plans, before, life.closedAt);
  return { life: lifeOf(folded.tracks, whileOpen, life.closedAt), context: whileOpen };
}

function contextOf(
  { latched, sensorId, assetId, bornAt, shelfBefore }: Folded,
  plans: Plans,
  suppressions: readonly Suppression[],
  until: Millis,
): LifeContext {
  return {
    latched,
    settingsAt: plans.settingsAt,
    suppressions,
    serviceSpells: spellsOf(plans, { sensorId, assetId }, bornAt, until),
    shelfBefore,
  };
}
