import type { Severity } from '@anmai/catalog';
import type { ActionKind, AlarmChange, AlarmView, ChangeKind, OperatorAction } from '../alarm';
import { alarmViewAt } from '../life/alarm-view';
import { PLAIN_CONTEXT, type LifeContext } from '../life/life';
import type { Tracks } from '../life/life-of';
import type { Verdict } from '../life/shapes';

const CHANGES: readonly ChangeKind[] = [
  'raised',
  'escalated',
  'deescalated',
  'blinded',
  'restored',
  'cleared',
];
const ACTIONS: Readonly<Record<string, ActionKind>> = {
  ack: 'acknowledged',
  comment: 'commented',
  shelve: 'shelved',
  unshelve: 'unshelved',
  assess: 'assessed',
  confirm: 'confirmed',
  reset: 'reset',
  close: 'closed',
};

/**
 * Both tracks of one alarm from '0 raised yellow, 10 ack, 20 shelve 600, 60 escalated red, 70 ack@1' (second, what; of a
 * change its severity, of shelve the second of its end, of assess the verdict, of close the normal readings; `@` the
 * change that was seen where it is not the newest). Everything is done by li.
 */
export function tracksOf(timeline: string, ids: Partial<AlarmChange> = {}): Tracks {
  const changes: AlarmChange[] = [];
  const actions: OperatorAction[] = [];
  for (const cell of timeline.split(', ')) {
    const [second = '', what = '', rest] = cell.split(' ');
    const [word = '', seen] = what.split('@');
    const at = Number(second) * 1000;
    const kind = CHANGES.find(each => each === word);
    if (kind === undefined) {
      const seenN = seen === undefined ? changes.length : Number(seen);
      actions.push(actionOf(word, rest, { id: `k${actions.length + 1}`, at, seenN }));
    } else changes.push(changeOf(kind, rest as Severity | undefined, at, changes, ids));
  }
  return { changes, actions };
}

function changeOf(
  kind: ChangeKind,
  severity: Severity | undefined,
  at: number,
  before: readonly AlarmChange[],
  ids: Partial<AlarmChange>,
): AlarmChange {
  const n = before.length + 1;
  const alarmId = ids.alarmId ?? 'al-1';
  return {
    id: `${alarmId}/${n}`,
    n,
    kind,
    at,
    noticedAt: at,
    ruleId: 'r1',
    ruleVersion: 1,
    sensorId: 's1',
    assetId: 'a1',
    onsetAt: before[0]?.onsetAt ?? at,
    severity: severity ?? before.at(-1)?.severity ?? 'yellow',
    reason: kind,
    evidence: {
      limit: {},
      source: { kind: 'assumption', why: 'test', reviewBy: '2027-01-01' },
      readings: [],
    },
    ...ids,
    alarmId,
  };
}

function actionOf(
  word: string,
  rest: string | undefined,
  base: Pick<OperatorAction, 'id' | 'at' | 'seenN'>,
): OperatorAction {
  const kind = ACTIONS[word];
  if (kind === undefined) throw new Error(`no such word: ${word}`);
  const action = {
    ...base,
    alarmId: 'al-1',
    kind,
    actor: 'li',
    note: word === 'ack' ? null : `because of ${word}`,
  };
  if (kind === 'shelved') return { ...action, until: rest === undefined ? null : Number(rest) * 1000 };
  if (kind === 'assessed') return { ...action, verdict: (rest ?? 'true') as Verdict };
  if (kind === 'closed') return { ...action, clearReadings: Number(rest ?? 0) };
  return action;
}

/** The view of a timeline at a second. */
export const viewOf = (
  timeline: string,
  second: number,
  context: Partial<LifeContext> = {},
): Required<AlarmView> => alarmViewAt(tracksOf(timeline), { ...PLAIN_CONTEXT, ...context }, second * 1000);

/** '0 system raised, 10 li acknowledged'; what did nothing stands in brackets with its code. */
export const historyText = (view: AlarmView): string =>
  view.history
    .map(({ at, actor, change, noEffect }) =>
      noEffect === undefined ? `${at / 1000} ${actor} ${change}` : `(${at / 1000} ${change}: ${noEffect})`,
    )
    .join(', ');
