import type { AlarmChange } from '@anmai/alarms';
import type { Geometry } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type {
  Contact,
  Directory,
  EntryState,
  IncidentEvent,
  Language,
  PlanGap,
  Quiet,
  Rota,
  Route,
} from '@anmai/notify';
import type { IncidentRow } from './incident-shapes';
import type { PageQuery, Versioned } from './record-shapes';

/** How a person is reached. Version 0: nothing was ever set, the fields are the standard. */
export interface ContactRecord extends Versioned {
  readonly username: string;
  readonly language: Language;
  readonly contacts: readonly Contact[];
  readonly quiet: readonly Quiet[];
}

export interface RotaRecord extends Rota {
  readonly name: string;
  /** Whose it is: who may see and change it. */
  readonly orgId: string;
}

export interface RouteList extends Versioned {
  readonly items: readonly Route[];
  /** User name of who is told of what nobody else can be told of. */
  readonly fallback: string | null;
}
export interface RotaList extends Versioned {
  readonly items: readonly RotaRecord[];
}

/** `Directory` without the local time, which the records do not know. */
export type People = Omit<Directory, 'utcOffsetMs'>;

/** A change of an alarm with what the registry says now. What is gone has its id for a name, and no kind. */
export interface ToldChange {
  readonly change: AlarmChange;
  readonly assetName: string;
  readonly assetKind: string | null;
  readonly geometry: Geometry | null;
  /** Root first; empty when the owner is not known. */
  readonly orgPath: readonly string[];
  readonly quantity: string | null;
  readonly unit: string;
  /** What it belongs to; null: its incident is not written yet. */
  readonly incidentId: string | null;
}

/** Something about an incident that nobody was told of, with what the records say of it now. */
export interface ToldIncident {
  readonly event: IncidentEvent;
  readonly row: IncidentRow;
  /** Owners of all affected assets and all organisations above them. */
  readonly orgPath: readonly string[];
  readonly assetKinds: readonly string[];
}

/** About an alarm or an incident; the other is null. */
export interface GapRecord extends PlanGap {
  readonly at: Millis;
  readonly alarmId: string | null;
  readonly incidentId: string | null;
  readonly orgPath: readonly string[];
}

export interface OutboxQuery extends PageQuery {
  readonly state?: EntryState | undefined;
  readonly channel?: string | undefined;
}
