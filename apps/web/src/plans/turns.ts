import { compileWindow, serviceSpells, type ServiceWindow } from '@anmai/alarms';
import type { ServiceWindowShape } from '@anmai/wire';
import { ZONE_AHEAD_MS } from '../text/format';

const DAY_MS = 86_400_000;
/** Looked through step by step: mostly the first few weeks hold enough. */
const HORIZONS_DAYS = [40, 800, 8_000] as const;

export interface Turn {
  readonly from: number;
  readonly to: number;
}
export type Turns = { readonly turns: readonly Turn[] } | { readonly fault: string };

/** What a window needs for its turns to be told. */
export type WindowDraft = Omit<ServiceWindow, 'utcOffsetMs'>;

export const draftOf = ({ version: _, startAt, ...window }: ServiceWindowShape): WindowDraft => ({
  ...window,
  startAt: Date.parse(startAt),
});

/** The turn that is on and the next ones, `countMax` at most; by the same code that puts alarms aside. */
export function nextTurns(draft: WindowDraft, nowMs: number, countMax: number): Turns {
  const compiled = compileWindow({ ...draft, utcOffsetMs: ZONE_AHEAD_MS });
  if (!compiled.ok) return { fault: compiled.error };
  const target = { assetId: draft.assetIds[0] ?? '', sensorId: draft.sensorIds[0] ?? '' };
  const from = Math.max(nowMs, draft.startAt);
  for (const days of HORIZONS_DAYS) {
    const found = serviceSpells([compiled.value], target, nowMs, from + days * DAY_MS);
    if (found.length >= countMax || days === HORIZONS_DAYS.at(-1))
      return { turns: found.slice(0, countMax).map(({ from: start, to }) => ({ from: start, to })) };
  }
  return { turns: [] };
}

export type WindowState = 'now' | 'ahead' | 'over';

/** Whether it puts alarms aside now, will, or never again. */
export function windowState(draft: WindowDraft, nowMs: number): { state: WindowState; turn: Turn | null } {
  const found = nextTurns(draft, nowMs, 1);
  const turn = 'turns' in found ? (found.turns[0] ?? null) : null;
  if (turn === null) return { state: 'over', turn };
  return { state: turn.from <= nowMs ? 'now' : 'ahead', turn };
}
