import { inhibitionAlarmOf, type Suppression } from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';
import type { AssetLinks } from './asset-links';
import { seenAt, type Seen } from './context';
import { hiddenAnew, liveAlarms } from './hidden';
import { loadPlans, type Plans } from './plans';
import { withShelves } from './shelf-before';
import { lifeColumns, type LifeColumns } from './stored-life';
import { loadFolded, type Folded } from './tracks';

/**
 * Makes the columns of these alarms anew that follow both tracks, time, settings, windows and causes; and of those that
 * they hide or show by it. Under the lock of the alarms. What shows nothing new keeps its revision.
 */
export async function refoldLives(
  session: Session,
  ids: readonly string[],
  now: Millis,
  links: AssetLinks,
): Promise<void> {
  const loaded = await loadFolded(session, ids);
  if (loaded.length === 0) return;
  const plans = await loadPlans(session, Math.min(loaded[0]!.bornAt, await earliestOpen(session, now)));
  const folded = await withShelves(session, loaded, plans);
  const seen = new Map(folded.map(each => [each.id, seenAt(each, plans, now)]));
  const anew = await hiding(session, folded, seen, plans, now, links);
  const others = await loadFolded(session, [...anew.keys()].filter(id => !seen.has(id))); // prettier-ignore
  const rows = [...folded, ...others].map(each => {
    const suppressions = anew.get(each.id);
    const { life, context } =
      suppressions === undefined
        ? (seen.get(each.id) ?? seenAt(each, plans, now))
        : seenAt(each, plans, now, suppressions);
    return { id: each.id, ...lifeColumns(life, each.tracks, context) };
  });
  await keep(session, rows);
}

/** What an open alarm was hidden by since its raise must not be lost when it is looked at anew. */
async function earliestOpen({ query }: Session, now: Millis): Promise<Millis> {
  const [row] = await query<{ at: Millis | null }>(
    'select min(raised_at) as at from alarm where closed_at is null',
  );
  return row?.at ?? now;
}

/** Whose suppressions change, now that these alarms are as they are. */
async function hiding(
  session: Session,
  folded: readonly Folded[],
  seen: ReadonlyMap<string, Seen>,
  plans: Plans,
  now: Millis,
  links: AssetLinks,
): Promise<ReadonlyMap<string, readonly Suppression[]>> {
  const live = await (plans.inhibitions.length === 0
    ? []
    : liveAlarms(
        session,
        folded.map(each => each.id),
      ));
  if (live.length === 0) return new Map();
  const byId = new Map(folded.map(each => [each.id, each]));
  const present = live.map(alarm => {
    const each = byId.get(alarm.id);
    if (each === undefined) return alarm;
    const { suppressions } = alarm;
    return { ...inhibitionAlarmOf(each.tracks.changes[0]!, seen.get(alarm.id)!.life), suppressions };
  });
  return hiddenAnew(present, plans.inhibitions, await links.load(session, now));
}

async function keep({ query }: Session, rows: readonly ({ id: string } & LifeColumns)[]): Promise<void> {
  const values = rows.map(({ closedAt, nextChangeAt, ...row }) => ({
    ...row,
    closedAt: closedAt === null ? null : toSqlInstant(closedAt),
    nextChangeAt: nextChangeAt === null ? null : toSqlInstant(nextChangeAt),
  }));
  await query(
    `update alarm set acknowledged = t.acknowledged, closed_at = t."closedAt", state = t.state,
       next_change_at = t."nextChangeAt", life = t.life,
       revision = case when (alarm.acknowledged, alarm.closed_at, alarm.state, alarm.life)
         is distinct from (t.acknowledged, t."closedAt", t.state, t.life)
         then nextval('alarm_revision_seq') else alarm.revision end
     from jsonb_to_recordset($1::jsonb) as t (id text, acknowledged boolean, "closedAt" timestamptz, state text,
       "nextChangeAt" timestamptz, life jsonb)
     where alarm.id = t.id`,
    [JSON.stringify(values)],
  );
}
