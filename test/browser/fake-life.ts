import { DEFAULT_LIFE_SETTINGS, type Verdict } from '@anmai/alarms';
import type { AlarmSettingsShape, AlarmShape } from '@anmai/wire';

export const FAKE_SETTINGS: AlarmSettingsShape = { ...DEFAULT_LIFE_SETTINGS, version: 1 };

const CHANGES: Readonly<Record<string, string>> = {
  acknowledge: 'acknowledged',
  comment: 'commented',
  shelve: 'shelved',
  unshelve: 'unshelved',
  assess: 'assessed',
  close: 'closed',
  reset: 'reset',
};

/** What a call does to an alarm of the fake platform: as much as the page can show of it. */
export function actedOn(
  alarm: AlarmShape,
  call: string,
  body: Readonly<Record<string, string>>,
  at: string,
): AlarmShape {
  const note = body['reason'] ?? body['note'] ?? null;
  const done = { at, actor: '李值守', change: CHANGES[call] ?? 'commented', reason: note };
  const next = { ...alarm, history: [...alarm.history, done], revision: (alarm.revision ?? 0) + 1 };
  switch (call) {
    case 'acknowledge':
      return { ...next, acknowledged: true };
    case 'shelve':
      return { ...next, shelvedUntil: body['until']! };
    case 'unshelve':
      return { ...next, shelvedUntil: null };
    case 'assess':
      return {
        ...next,
        assessment: { verdict: body['verdict'] as Verdict, note, by: '李值守', at, coversRise: true },
      };
    case 'close':
    case 'reset':
      return { ...next, closedAt: at };
    default:
      return next;
  }
}

/** The time of the shelving is over, as the server tells it. */
export const shelfEnded = (alarm: AlarmShape, at: string): AlarmShape => ({
  ...alarm,
  shelvedUntil: null,
  revision: (alarm.revision ?? 0) + 1,
  history: [
    ...alarm.history,
    { at, actor: 'system', change: 'shelveExpired', reason: 'the time of the shelving is over' },
  ],
});
