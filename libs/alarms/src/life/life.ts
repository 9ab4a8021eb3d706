import { severityRank, type Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { ActionKind } from '../alarm';
import type { LifeEvent } from './graph';
import { DEFAULT_LIFE_SETTINGS, type LifeSettings } from './settings';
import type { Assessment, ServiceSpell, Shelf, Span, StateWord, Suppression } from './shapes';

export const SYSTEM = 'system';

/** What beside the two tracks decides an alarm's life. All of it is handed in, so that the same gives the same. */
export interface LifeContext {
  /** Flag of the rule. */
  readonly latched: boolean;
  /** Settings as they were in force at an instant: an edit must not change what was. */
  readonly settingsAt: (at: Millis) => LifeSettings;
  /** Of this alarm, past ones too (`suppressionsOf`). */
  readonly suppressions: readonly Suppression[];
  /** Of this alarm's sensor and asset, past and next ones too (`serviceSpells`). */
  readonly serviceSpells: readonly ServiceSpell[];
  /** Of the alarm before on the same watch (`shelfOf`): shelving is of the watch, not of one occurrence. */
  readonly shelfBefore: Shelf | null;
}

export const PLAIN_CONTEXT: LifeContext = {
  latched: false,
  settingsAt: () => DEFAULT_LIFE_SETTINGS,
  suppressions: [],
  serviceSpells: [],
  shelfBefore: null,
};

/** One step through the graph. */
export interface Transition {
  readonly at: Millis;
  readonly event: LifeEvent;
  readonly from: StateWord;
  readonly to: StateWord;
  readonly actor: string;
  readonly reason: string;
}

/** Who or what moved the alarm, when, and why. */
export type Mover = Pick<Transition, 'at' | 'actor' | 'reason'>;

/** An alarm at one instant, with how it came there. */
export interface Life {
  readonly at: Millis;
  /** On, whether or not it is seen: blind is active. */
  readonly isActive: boolean;
  readonly isBlind: boolean;
  readonly isAcknowledged: boolean;
  /** Returned, and held by the latch until somebody resets it. */
  readonly isLatched: boolean;
  readonly severity: Severity;
  readonly severityMax: Severity;
  /** `n` of the newest raise or rise: an acknowledgement has to have seen it. */
  readonly risenN: number;
  readonly clearedN: number;
  readonly risenAt: Millis;
  /** Since when it calls without anybody answering; null while it does not. */
  readonly callingSince: Millis | null;
  readonly reAlarmAt: Millis | null;
  readonly shelf: Shelf | null;
  readonly suppressions: readonly Suppression[];
  readonly services: readonly ServiceSpell[];
  readonly assessment: Assessment | null;
  /** Since the newest return, and having seen it. */
  readonly confirmedBy: string | null;
  readonly closedAt: Millis | null;
  readonly transitions: readonly Transition[];
  /** Actions that did something. */
  readonly deeds: readonly { readonly kind: ActionKind; readonly at: Millis }[];
  /** Of actions that did nothing, why: by id. */
  readonly refused: ReadonlyMap<string, string>;
  /** When it was on, seen and not put aside by a person or a window: when it may hide others. */
  readonly shownSpans: readonly Span[];
}

/** Before its first change. */
export const UNBORN: Life = {
  at: 0,
  isActive: false,
  isBlind: false,
  isAcknowledged: true,
  isLatched: false,
  severity: 'blue',
  severityMax: 'blue',
  risenN: 0,
  clearedN: 0,
  risenAt: 0,
  callingSince: null,
  reAlarmAt: null,
  shelf: null,
  suppressions: [],
  services: [],
  assessment: null,
  confirmedBy: null,
  closedAt: null,
  transitions: [],
  deeds: [],
  refused: new Map(),
  shownSpans: [],
};

/** The state beneath whatever puts it aside. */
export function stateBeneath(life: Life): StateWord {
  const { isActive, isAcknowledged, isLatched } = life;
  if (isActive) return isAcknowledged ? 'ACKED' : 'UNACK';
  if (isLatched) return isAcknowledged ? 'LATCH_ACKED' : 'LATCH_UNACK';
  return isAcknowledged ? 'NORM' : 'RTNUN';
}

export function stateWord(life: Life): StateWord {
  if (life.services.length > 0) return 'OOSRV';
  if (life.suppressions.length > 0) return 'DSUPR';
  return life.shelf === null ? stateBeneath(life) : 'SHLVD';
}

export const isAside = ({ services, suppressions, shelf }: Life): boolean =>
  services.length > 0 || suppressions.length > 0 || shelf !== null;
export const isCalling = (life: Life): boolean => !life.isAcknowledged && !isAside(life);

/** The one way to change a life. What is on and comes out of being put aside calls again, whoever had answered. */
export function move(life: Life, event: LifeEvent, change: Partial<Life>, mover: Mover): Life {
  const changed: Life = { ...life, ...change };
  const callsAgain = isAside(life) && !isAside(changed) && changed.isActive;
  const next = callsAgain ? { ...changed, isAcknowledged: false, reAlarmAt: null } : changed;
  const step = { ...mover, event, from: stateWord(life), to: stateWord(next) };
  return noteShown(noteCalling({ ...next, transitions: [...life.transitions, step] }, mover.at), mover.at);
}

/** A change that is no step through the graph: severity down, sight lost or back. */
export const alter = (life: Life, change: Partial<Life>, at: Millis): Life =>
  noteShown({ ...life, ...change }, at);

function noteCalling(life: Life, at: Millis): Life {
  return { ...life, callingSince: isCalling(life) ? (life.callingSince ?? at) : null };
}

function noteShown(life: Life, at: Millis): Life {
  const isShown = life.isActive && !life.isBlind && life.shelf === null && life.services.length === 0;
  const last = life.shownSpans.at(-1);
  const wasShown = last !== undefined && last.to === null;
  if (isShown === wasShown) return life;
  if (isShown) return { ...life, shownSpans: [...life.shownSpans, { from: at, to: null }] };
  const { from } = last!;
  const earlier = life.shownSpans.slice(0, -1);
  return { ...life, shownSpans: from < at ? [...earlier, { from, to: at }] : earlier };
}

export const isWorse = (a: Severity, b: Severity): boolean => severityRank(a) > severityRank(b);
