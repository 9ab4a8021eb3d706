import { derivedId, type Millis } from '@anmai/kernel';
import type { Notice } from '../notice';
import { planTiers, type Plan } from './plan';
import { routesFor, type Directory, type Tier } from './route';

/** An alarm or incident that is open, not shelved, and that nobody has acknowledged since it last became worse. */
export interface Unanswered {
  /** The notice of its newest `start` or `worse`. */
  readonly notice: Notice;
  /** When the platform noticed that change: the time to answer runs from here. */
  readonly noticedAt: Millis;
}

/**
 * Tells the next tier of what nobody has acknowledged in time; each tier once per rise. A function of what is open now: there
 * is no timer to lose, and calling it twice plans the same keys. When the shift changes in the meantime, who comes on duty is
 * told too.
 */
export function planReminders(open: readonly Unanswered[], directory: Directory, at: Millis): Plan {
  const plans = open.flatMap(each =>
    routesFor(each.notice, directory.routes).flatMap(route =>
      dueTiers(route.tiers, each.noticedAt, at).map(([index, tier]) =>
        planTiers(reminderOf(each.notice, route.id, index, at), [tier], directory, at),
      ),
    ),
  );
  return { drafts: plans.flatMap(plan => plan.drafts), gaps: plans.flatMap(plan => plan.gaps) };
}

function dueTiers(tiers: readonly Tier[], since: Millis, at: Millis): (readonly [number, Tier])[] {
  let dueAt = since;
  return tiers.flatMap((tier, index) => {
    if (index === 0) return [];
    dueAt += tier.afterMs;
    return dueAt <= at ? [[index, tier] as const] : [];
  });
}

/** Its id follows from the rise, the route and the tier. */
const reminderOf = (notice: Notice, routeId: string, tier: number, at: Millis): Notice => ({
  ...notice,
  changeId: derivedId('rem', notice.changeId, routeId, tier),
  kind: 'unanswered',
  at,
});
