import type { Severity } from '@anmai/catalog';
import type { AlarmShape, AssetShape } from '@anmai/wire';
import { fillOf } from './alarm-text';
import { isCalling } from './aside';
import { rankOf } from './severity';

/** How a thing is drawn: the worst of its alarms, hollow when all of them are over, hatched when it is not seen. */
export interface Look {
  readonly severity: Severity | null;
  readonly blind: boolean;
  readonly unacknowledged: boolean;
  readonly over: boolean;
  readonly alarms: number;
}

export const QUIET: Look = { severity: null, blind: false, unacknowledged: false, over: false, alarms: 0 };

function joined(look: Look, alarm: AlarmShape): Look {
  const over = alarm.condition === 'cleared';
  // A live alarm always hides one that is over, whatever its severity was.
  const replaces =
    look.severity === null ||
    (look.over && !over) ||
    (look.over === over && rankOf(alarm.severity) > rankOf(look.severity));
  return {
    severity: replaces ? alarm.severity : look.severity,
    over: replaces ? over : look.over,
    blind: look.blind || fillOf(alarm) === 'hatched',
    unacknowledged: look.unacknowledged || isCalling(alarm),
    alarms: look.alarms + 1,
  };
}

/** Looks by asset id, from the open alarms, which are live, and from the asset's own state, which is as old as the list. */
export function looksOf(
  assets: readonly AssetShape[],
  alarms: Iterable<AlarmShape>,
): ReadonlyMap<string, Look> {
  const looks = new Map<string, Look>();
  for (const alarm of alarms) {
    if (alarm.closedAt === null) looks.set(alarm.assetId, joined(looks.get(alarm.assetId) ?? QUIET, alarm));
  }
  for (const asset of assets) {
    if (asset.state.blind) looks.set(asset.id, { ...(looks.get(asset.id) ?? QUIET), blind: true });
  }
  return looks;
}
