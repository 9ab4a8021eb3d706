import {
  foldDisposal,
  incidentView,
  type IncidentChange,
  type IncidentEngine,
  type Monitor,
} from '@anmai/alarms';
import type { Clock } from '@anmai/kernel';
import { LIST_LIMIT_MAX, type IncidentRow, type Incidents } from '@anmai/postgres';
import { incidentShape, type LiveFeed } from '../api';

export interface IncidentTellerOptions {
  readonly incidents: Pick<Incidents, 'byIds'>;
  readonly live: Pick<LiveFeed, 'publish'>;
  readonly monitor: Monitor;
  readonly engine: IncidentEngine;
  readonly clock: Clock;
  readonly failed: (error: unknown) => void;
}

/** How long an incident may wait to be told as the records have it; in a storm they are seconds behind. */
export const PATIENCE_MS = 250;

/**
 * Puts incidents on the live stream: as the records have them, with what people did; and from memory alone while the
 * records are away. One event an incident and batch, however many alarms joined.
 */
export class IncidentTeller {
  /** As last read, while the engine has them: what people had done by then. */
  private readonly known = new Map<string, IncidentRow>();
  /** Newest change of each incident that nobody was told of yet. */
  private readonly untold = new Map<string, IncidentChange>();
  /** Newest change of each incident that was told from memory. */
  private readonly ahead = new Map<string, number>();
  private patience: NodeJS.Timeout | null = null;

  constructor(private readonly options: IncidentTellerOptions) {}

  /** Told of every change as it is found, before it is written. */
  note(changes: readonly IncidentChange[]): void {
    if (changes.length === 0) return;
    for (const change of changes) this.untold.set(change.incidentId, change);
    this.patience ??= setTimeout(() => this.tellUntold(), PATIENCE_MS).unref();
  }

  /** The records have these changes. */
  async written(changes: readonly IncidentChange[]): Promise<void> {
    const ids = [...new Set(changes.map(change => change.incidentId))];
    try {
      for (let i = 0; i < ids.length; i += LIST_LIMIT_MAX) {
        const asked = new Set(ids.slice(i, i + LIST_LIMIT_MAX));
        for (const row of await this.options.incidents.byIds([...asked])) {
          this.known.set(row.id, row);
          // What was told from memory is newer than this row; the one that catches up with it follows.
          if (row.disposal.n >= (this.ahead.get(row.id) ?? 0)) this.publish(row, false);
          asked.delete(row.id);
        }
        this.fromMemory(changes.filter(change => asked.has(change.incidentId)));
      }
    } catch (error) {
      this.options.failed(error);
      this.fromMemory(changes);
    }
    for (const { incidentId, n } of changes)
      if ((this.untold.get(incidentId)?.n ?? Infinity) <= n) this.untold.delete(incidentId);
    for (const id of ids) if (!this.options.engine.incidents.has(id)) this.forget(id);
  }

  /** The records are away. */
  fromMemory(changes: readonly IncidentChange[]): void {
    const newest = new Map(changes.map(change => [change.incidentId, change]));
    for (const change of newest.values()) {
      this.ahead.set(change.incidentId, change.n);
      this.publish(this.rowOf(change), true);
    }
  }

  private tellUntold(): void {
    this.patience = null;
    const changes = [...this.untold.values()];
    this.untold.clear();
    this.fromMemory(changes);
  }

  private forget(id: string): void {
    this.known.delete(id);
    this.ahead.delete(id);
  }

  private publish(row: IncidentRow, isProvisional: boolean): void {
    const shape = incidentShape(row, this.options.clock.now());
    const data = isProvisional ? { ...shape, isProvisional } : shape;
    this.options.live.publish({ name: 'incident', orgIds: row.orgIds, data });
  }

  private rowOf(change: IncidentChange): IncidentRow {
    const { engine, monitor } = this.options;
    const known = this.known.get(change.incidentId);
    const view = incidentView(engine, change.incidentId);
    const cause = view?.causes[0] ?? change.cause ?? known?.cause ?? null;
    const { assets } = monitor.directory;
    const orgIds = (view?.assetIds ?? []).flatMap(id => assets.get(id)?.orgId ?? []);
    const fresh = foldDisposal([change], []);
    const { condition, mergedInto, severity, n, risingN } = fresh;
    return {
      ...(view ?? change.summary),
      ...{ id: change.incidentId, familyId: change.familyId, isCatchAll: change.isCatchAll, cause },
      placeName: cause === null ? null : (assets.get(cause.assetId)?.name ?? cause.assetId),
      onsetAt: view?.onsetAt ?? known?.onsetAt ?? change.at,
      openedAt: view?.openedAt ?? known?.openedAt ?? change.noticedAt,
      changedAt: change.noticedAt,
      releasedAt: known?.releasedAt ?? null,
      archivedAt: known?.archivedAt ?? null,
      orgIds: view === null ? (known?.orgIds ?? []) : [...new Set(orgIds)],
      disposal:
        known === undefined ? fresh : { ...known.disposal, condition, mergedInto, severity, n, risingN },
    };
  }
}
