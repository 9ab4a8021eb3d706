import { foldAlarm, OPEN_CHANGES_MAX, type AlarmChange, type AlarmView, type Monitor } from '@anmai/alarms';
import type { AlarmDetail, AlarmRow, Alarms } from '@anmai/postgres';
import { LIST_LIMIT_MAX } from '@anmai/postgres';
import { alarmShape, type LiveFeed } from '../api';
import type { LivePicture } from './live-picture';

export interface AlarmTellerOptions {
  readonly alarms: Pick<Alarms, 'byIds' | 'list'>;
  readonly live: Pick<LiveFeed, 'publish'>;
  readonly monitor: Monitor;
  readonly picture: LivePicture;
  readonly failed: (error: unknown) => void;
}

/**
 * Puts alarm changes on the live stream: as the records have them, with what operators did; and from memory alone while
 * the records are away, since an alarm must be seen at once.
 */
export class AlarmTeller {
  /** Changes of alarms that are open, or whose end the records do not have yet. */
  private readonly tracks = new Map<string, readonly AlarmChange[]>();

  constructor(private readonly options: AlarmTellerOptions) {}

  /** The records have these changes. */
  async written(changes: readonly AlarmChange[]): Promise<void> {
    const ids = [...new Set(changes.map(change => change.alarmId))];
    try {
      for (let i = 0; i < ids.length; i += LIST_LIMIT_MAX) {
        const asked = new Set(ids.slice(i, i + LIST_LIMIT_MAX));
        for (const detail of await this.options.alarms.byIds([...asked])) {
          this.publish(detail);
          asked.delete(detail.id);
        }
        this.fromMemory(changes.filter(change => asked.has(change.alarmId)));
      }
    } catch (error) {
      this.options.failed(error);
      this.fromMemory(changes);
    }
    for (const id of ids) if (this.tracks.get(id)?.at(-1)?.kind === 'cleared') this.tracks.delete(id);
  }

  /** Told of every change as it is found, before it is written. */
  note(changes: readonly AlarmChange[]): void {
    for (const change of changes) {
      const known =
        this.tracks.get(change.alarmId) ?? this.openChanges(change).filter(old => old.n < change.n);
      this.tracks.set(change.alarmId, [...known, change].slice(-OPEN_CHANGES_MAX));
    }
  }

  /** The records are away. */
  fromMemory(changes: readonly AlarmChange[]): void {
    for (const id of new Set(changes.map(change => change.alarmId))) {
      const track = this.tracks.get(id) ?? [];
      const last = track[track.length - 1];
      if (last !== undefined) this.publish(this.named(foldAlarm(track, []), last.n));
    }
  }

  /** After a start: which open alarms were acknowledged. */
  async learnAcknowledgements(): Promise<void> {
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Alarms['list']>> = await this.options.alarms.list(
        { state: 'open', limit: LIST_LIMIT_MAX, cursor },
        null,
      );
      for (const alarm of page.items) this.options.picture.noteAlarm(alarm);
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  private publish(alarm: AlarmRow | AlarmDetail): void {
    this.options.picture.noteAlarm(alarm);
    this.options.live.publish({ name: 'alarm', orgId: alarm.orgId, data: alarmShape(alarm) });
  }

  private openChanges(change: AlarmChange): readonly AlarmChange[] {
    const state = this.options.monitor.sensors.get(change.sensorId);
    const composites = this.options.monitor.composites.open.get(change.ruleId) ?? [];
    const books = [
      ...(state?.books ?? []),
      ...(state?.silenceBooks ?? []),
      ...composites.map(({ book }) => book),
    ];
    return books.find(book => book.open?.id === change.alarmId)?.open?.changes ?? [];
  }

  private named(view: AlarmView, lastN: number): AlarmDetail {
    const { directory } = this.options.monitor;
    const asset = directory.assets.get(view.assetId);
    return {
      ...view,
      lastN,
      revision: 0,
      ruleName: directory.rules.get(view.ruleId)?.name ?? view.ruleId,
      sensorName: directory.sensors.get(view.sensorId)?.name ?? view.sensorId,
      assetName: asset?.name ?? view.assetId,
      orgId: asset?.orgId ?? null,
    };
  }
}
