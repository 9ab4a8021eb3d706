import { severityOfRank, severityRank, type Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { IncidentStep } from './disposal-step';
import type { IncidentChange } from './incident-change';
import type { Box } from './place';

/** Both tracks of an incident, as far as a warning rests on them: see `warningTrack`. */
export interface WarningSource {
  /** All changes after which severity, box or cause differ, and every `absorbed` and `merged`; ascending. */
  readonly changes: readonly IncidentChange[];
  /** Its own, oldest first. */
  readonly steps: readonly IncidentStep[];
}

/** Names one message: `n` counts those of its incident from 1. */
export interface WarningRef {
  readonly incidentId: string;
  readonly n: number;
  readonly at: Millis;
}

/** One message to the outside: the warning, what changed about it, its end. */
export interface WarningMessage extends WarningRef {
  readonly phase: 'start' | 'update' | 'end';
  readonly severity: Severity;
  readonly condition: IncidentChange['summary']['condition'];
  readonly onsetAt: Millis;
  /** Of all alarms so far; null: no asset has a place. */
  readonly box: Box | null;
  readonly assetCount: number;
  /** Asset of the probable cause by then; null: none was told yet. */
  readonly assetId: string | null;
  /** Of the newest warning; of an end what was said at the release. */
  readonly text: string;
  /** All messages about it since its start, those of incidents that it took in among them. */
  readonly previous: readonly WarningRef[];
}

/** By how much the area of a message reaches beyond the alarms, of its extent: each growth is no message of its own. */
const AREA_MARGIN_SHARE = 0.1;
/** And at least so far, in degrees: some hundred metres. */
const AREA_MARGIN_DEGREES = 0.001;

type Event =
  | { readonly at: Millis; readonly change: IncidentChange }
  | { readonly at: Millis; readonly step: IncidentStep };

interface State {
  readonly messages: WarningMessage[];
  /** Messages that an end has to name; null: no warning is in force. */
  inForce: WarningRef[] | null;
  last: IncidentChange | null;
  onsetAt: Millis;
  assetId: string | null;
  /** What the newest warning said, and what the incident was then. */
  text: string;
  told: number;
  seen: number;
  box: Box | null;
}

/**
 * The warnings about an incident as a chain: the first warning is its start; another warning, a higher severity and an area
 * beyond the one told are updates; the release is the end. A milder incident lowers nothing: only a person does, by
 * another warning. An incident that took in one with a warning in force carries that on. It follows from both tracks
 * alone, so message `n` is the same whoever asks, and when.
 */
export function warningTrack(
  incidentId: string,
  sources: ReadonlyMap<string, WarningSource>,
): readonly WarningMessage[] {
  return trackOf(incidentId, sources).messages;
}

function trackOf(incidentId: string, sources: ReadonlyMap<string, WarningSource>): State {
  const state: State = {
    ...{ messages: [], inForce: null, last: null, onsetAt: Infinity, assetId: null },
    ...{ text: '', told: 0, seen: 0, box: null },
  };
  const { changes, steps } = sources.get(incidentId) ?? { changes: [], steps: [] };
  const events: Event[] = [
    ...changes.map(change => ({ at: change.noticedAt, change })),
    ...steps.map(step => ({ at: step.at, step })),
  ];
  // A sort keeps the order of equals: what was measured stands before what was said of it.
  for (const event of events.sort((a, b) => a.at - b.at)) {
    if ('step' in event) afterStep(incidentId, state, event.step);
    else afterChange(incidentId, state, event.change, sources);
  }
  return state;
}

function afterStep(incidentId: string, state: State, step: IncidentStep): void {
  if (step.kind === 'warned') {
    state.text = step.payload.text;
    state.told = severityRank(step.payload.severity);
    state.seen = rankOf(state);
    state.box = widened(state.last?.summary.box ?? null);
    tell(incidentId, state, step.at, state.inForce === null ? 'start' : 'update');
  } else if (step.kind === 'released' && state.inForce !== null) {
    const text = step.payload.note;
    tell(incidentId, { ...state, text }, step.at, 'end');
    state.inForce = null;
  }
}

function afterChange(
  incidentId: string,
  state: State,
  change: IncidentChange,
  sources: ReadonlyMap<string, WarningSource>,
): void {
  state.last = change;
  state.onsetAt = Math.min(state.onsetAt, change.at);
  state.assetId = change.cause?.assetId ?? state.assetId;
  if (change.kind === 'absorbed' && change.otherId !== null) {
    const other = trackOf(change.otherId, sources);
    if (other.inForce !== null) {
      state.inForce = [...(state.inForce ?? []), ...other.inForce];
      state.text = state.text === '' ? other.text : state.text;
      state.told = Math.max(state.told, other.told);
      state.seen = Math.max(state.seen, other.seen);
      state.box = widened(change.summary.box);
      state.onsetAt = Math.min(state.onsetAt, other.onsetAt);
      tell(incidentId, state, change.noticedAt, 'update');
      return;
    }
  }
  if (state.inForce === null || change.kind === 'merged') return;
  const isWorse = rankOf(state) > Math.max(state.told, state.seen);
  const isWider = !holds(state.box, change.summary.box);
  if (!isWorse && !isWider) return;
  if (isWorse) state.told = rankOf(state);
  if (isWider) state.box = widened(change.summary.box);
  tell(incidentId, state, change.noticedAt, 'update');
}

function tell(incidentId: string, state: State, at: Millis, phase: WarningMessage['phase']): void {
  const { messages, last, onsetAt, assetId, text, told, box } = state;
  const previous = phase === 'start' ? [] : (state.inForce ?? []);
  const ref = { incidentId, n: messages.length + 1, at };
  messages.push({
    ...ref,
    ...{ phase, box, assetId, text, previous: [...previous] },
    severity: severityOfRank(told) ?? 'blue',
    condition: last?.summary.condition ?? 'active',
    onsetAt: Math.min(at, onsetAt),
    assetCount: last?.summary.assetCount ?? 0,
  });
  state.inForce = [...previous, ref];
}

const rankOf = ({ last }: State): number => (last === null ? 0 : severityRank(last.summary.severity));

function widened(box: Box | null): Box | null {
  if (box === null) return null;
  const [west, south, east, north] = box;
  const margin = Math.max(AREA_MARGIN_DEGREES, AREA_MARGIN_SHARE * Math.max(east - west, north - south));
  return [
    Math.max(-180, west - margin),
    Math.max(-90, south - margin),
    Math.min(180, east + margin),
    Math.min(90, north + margin),
  ];
}

/** No place was known and none is, or all of it lies within. */
const holds = (told: Box | null, box: Box | null): boolean =>
  box === null ||
  (told !== null && box[0] >= told[0] && box[1] >= told[1] && box[2] <= told[2] && box[3] <= told[3]);
