import type { Millis } from '@anmai/kernel';
import type { ProbableCause } from './cause';
import type { IncidentEngine } from './engine';
import type { FamilyId } from './family';
import type { IncidentSummary } from './incident-change';
import { summaryOf, type IncidentState } from './incident-state';
import { hullOf, middleOf } from './place';

/** A live incident as a page shows it. Of a settled one the records have its changes. */
export interface IncidentView extends IncidentSummary {
  readonly id: string;
  readonly familyId: FamilyId;
  readonly isCatchAll: boolean;
  readonly openedAt: Millis;
  /** Earliest onset of its alarms. */
  readonly onsetAt: Millis;
  readonly changedAt: Millis;
  /** `n` of its newest change, and of the newest after which there was more to look at. */
  readonly n: number;
  readonly risingN: number;
  /** Most probable first. */
  readonly causes: readonly ProbableCause[];
  readonly assetIds: readonly string[];
  readonly sensorIds: readonly string[];
  /** Open ones, and ended ones that may still attract others; those before are in the records as `joined`. */
  readonly alarmIds: readonly string[];
  /** Around the places of these alarms, [lon, lat]; one or two places: these. */
  readonly hull: readonly (readonly [lon: number, lat: number])[];
}

/** null: unknown, merged or settled. */
export function incidentView(engine: IncidentEngine, id: string): IncidentView | null {
  const incident = engine.incidents.get(id);
  return incident === undefined ? null : viewOf(engine, incident);
}

/** Worst first, then newest. */
export function incidentViews(engine: IncidentEngine): IncidentView[] {
  return [...engine.incidents.values()]
    .sort((a, b) => b.figures.lastRank - a.figures.lastRank || b.figures.seq - a.figures.seq)
    .map(incident => viewOf(engine, incident));
}

function viewOf(engine: IncidentEngine, incident: IncidentState): IncidentView {
  const { id, familyId, isCatchAll, openedAt, onsetAt, changedAt, n, risingN } = incident.figures;
  const members = [...incident.members];
  return {
    ...summaryOf(incident),
    ...{ id, familyId, isCatchAll, openedAt, onsetAt, changedAt, n, risingN },
    causes: engine.causesOf(incident),
    assetIds: [...incident.assets.keys()],
    sensorIds: [...incident.sensors],
    alarmIds: members.map(({ facts }) => facts.alarmId),
    hull: hullOf(members.flatMap(({ facts: { box } }) => (box === null ? [] : [middleOf(box)]))),
  };
}
