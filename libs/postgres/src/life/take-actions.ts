import { mayDo, type OperatorAction, type Refusal } from '@anmai/alarms';
import { AppError } from '@anmai/kernel';
import { inArray } from 'drizzle-orm';
import type { Session } from '../database';
import { REFUSAL_SPECS } from '../refusals';
import { alarmActionTable as table } from '../schema';
import { seenAt } from './context';
import { loadPlans } from './plans';
import { loadFolded, type Folded } from './tracks';

/** What is asked for is so already: nothing is refused and nothing is kept. */
const IS_SO: readonly Refusal['code'][] = ['alreadyAcknowledged', 'alreadyClosed'];

/**
 * Keeps the actions that may be taken on the alarm as it stands, each upon the ones before; gives those that are new.
 * Where the last one is refused nothing is kept. Under the lock of the alarms, which has to be known to exist.
 */
export async function takeActions(
  session: Session,
  alarmId: string,
  actions: readonly OperatorAction[],
): Promise<readonly OperatorAction[]> {
  const { db, query } = session;
  const ids = actions.map(action => action.id);
  const known = await db.select({ id: table.id }).from(table).where(inArray(table.id, ids));
  if (known.length > 0) return [];
  let [folded] = await loadFolded(session, [alarmId]);
  const plans = await loadPlans(session, folded!.bornAt);
  const taken: OperatorAction[] = [];
  for (const given of actions) {
    const action = inOrder(given, folded!);
    const { life } = seenAt(folded!, plans, action.at);
    const permission = mayDo(life, action, plans.settingsAt(life.at));
    if (permission.ok) {
      taken.push(action);
      folded = withAction(folded!, action);
    } else if (given === actions.at(-1)) {
      if (IS_SO.includes(permission.refusal.code)) return [];
      throw refused(permission.refusal);
    }
  }
  if (taken.length === 0) return [];
  await db.insert(table).values(taken.map(rowOf));
  // Also what changes the history alone, such as a comment, is news to those who follow.
  await query(`update alarm set revision = nextval('alarm_revision_seq') where id = $1`, [alarmId]);
  return taken;
}

/** The fold orders actions by time: each is later than those it was judged upon, whatever the clocks say. */
function inOrder(action: OperatorAction, { tracks }: Folded): OperatorAction {
  const newestAt = Math.max(-Infinity, ...tracks.actions.map(each => each.at));
  return action.at > newestAt ? action : { ...action, at: newestAt + 1 };
}

const withAction = (folded: Folded, action: OperatorAction): Folded => ({
  ...folded,
  tracks: { ...folded.tracks, actions: [...folded.tracks.actions, action] },
});

function rowOf(action: OperatorAction): typeof table.$inferInsert {
  const { id, alarmId, kind, actor, at, note, seenN, until, verdict, clearReadings } = action;
  return {
    ...{ id, alarmId, kind, actor, at, note, seenN },
    until: until ?? null,
    verdict: verdict ?? null,
    clearReadings: clearReadings ?? null,
  };
}

/** `why` and `instead` are words of this alarm. */
const refused = ({ code, why, instead }: Refusal): AppError =>
  new AppError({ ...REFUSAL_SPECS[code], remedy: sentence(instead) }, { why });

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
