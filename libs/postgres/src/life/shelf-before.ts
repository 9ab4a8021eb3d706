import { shelfAt, type Shelf } from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import type { Session } from '../database';
import { seenAt } from './context';
import type { Plans } from './plans';
import { loadFolded, type Folded } from './tracks';

/**
 * Shelving is of the watch: an alarm that is looked at for the first time begins with the shelf of the one before it on
 * the same rule and sensor. `born`, oldest first; gives them with their shelves.
 */
export async function withShelves(
  session: Session,
  born: readonly Folded[],
  plans: Plans,
): Promise<Folded[]> {
  const fresh = born.filter(each => each.stored === null);
  if (fresh.length === 0) return [...born];
  const before = await shelvedBefore(session, fresh);
  const older = await loadFolded(session, [...new Set(before.values())]);
  const byId = new Map([...older, ...born].map(each => [each.id, each]));
  for (const each of fresh) {
    const previous = byId.get(before.get(each.id) ?? '');
    if (previous === undefined) continue;
    byId.set(each.id, { ...each, shelfBefore: shelfOf(previous, plans, each.bornAt) });
  }
  return born.map(each => byId.get(each.id)!);
}

function shelfOf(previous: Folded, plans: Plans, at: Millis): Shelf | null {
  return shelfAt(previous.tracks, seenAt(previous, plans, at).context, at);
}

/** By id, the alarm before it on the same watch, where anybody ever shelved that one or it inherited a shelf. */
async function shelvedBefore({ query }: Session, fresh: readonly Folded[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; before_id: string }>(
    `select alarm.id, earlier.id as before_id from alarm
     cross join lateral (
       select id, life from alarm as old
       where old.rule_id = alarm.rule_id and old.sensor_id = alarm.sensor_id and old.id <> alarm.id
         and (old.raised_at, old.id) < (alarm.raised_at, alarm.id)
       order by old.raised_at desc, old.id desc limit 1
     ) as earlier
     where alarm.id = any($1::text[]) and (earlier.life is null or earlier.life->'shelfBefore' <> 'null'
       or exists (select 1 from alarm_action where alarm_id = earlier.id and kind = 'shelved'))`,
    [fresh.map(each => each.id)],
  );
  return new Map(rows.map(row => [row.id, row.before_id]));
}
