import type { QueryClient } from '@tanstack/react-query';
import type { AlarmShape, LiveEvents } from '@anmai/wire';
import { isCalling } from '../alarms/aside';
import { AlarmBook } from '../alarms/alarm-book';
import { IncidentBook } from '../incidents/incident-book';
import { queryText, type ApiClient } from '../session/api-client';
import { LiveReadings } from './live-readings';
import { LiveStream, type StreamState } from './live-stream';
import type { SseMessage } from './sse-parser';

/** How many sensors one page may follow at once; the rest show their last value of the list. */
export const FOLLOWED_MAX = 50;

/** Walking through the list with a key held down must not open a stream a row. */
const FOLLOW_REST_MS = 200;

/** In a flood of alarms the assets are asked for once in this time. */
const ANEW_MS = 3_000;

const FILES_ANEW_MS = 500;

export const STATUS_KEY = ['status'] as const;

/** Worth a sound: red, going on, calling, and neither red nor calling before (a shelf that ended calls again). */
export const isNewRed = (alarm: AlarmShape, before: AlarmShape | undefined): boolean =>
  alarm.severity === 'red' &&
  alarm.condition === 'active' &&
  isCalling(alarm) &&
  (before?.severity !== 'red' || !isCalling(before));

/** Everything live of one log-in: the stream, the alarms, the readings of what is looked at. */
export class LiveHub {
  readonly book = new AlarmBook();
  readonly incidents = new IncidentBook();
  readonly readings = new LiveReadings();
  private state: StreamState = { phase: 'connecting', lastByteAt: null, failures: 0 };
  private started = false;
  private listed = false;
  private followed: readonly string[] = [];
  private soon: ReturnType<typeof setTimeout> | undefined;
  private anew: ReturnType<typeof setTimeout> | undefined;
  private filesAnew: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly redListeners = new Set<() => void>();
  private readonly stream: LiveStream;

  constructor(
    api: ApiClient,
    private readonly queries: QueryClient,
  ) {
    this.stream = new LiveStream({
      open: (path, headers, signal) => api.open(path, { headers, signal, cache: 'no-store' }),
      now: Date.now,
      onMessage: message => this.take(message),
      onState: state => this.tell(state),
      onBack: () => void this.queries.invalidateQueries(),
    });
  }

  start(): void {
    this.started = true;
    this.apply();
  }

  /** From now on the readings of these sensors are wanted. Takes effect soon: choosing the next one undoes the last. */
  follow(sensorIds: readonly string[]): void {
    this.followed = [...new Set(sensorIds)].sort().slice(0, FOLLOWED_MAX);
    clearTimeout(this.soon);
    if (this.started) this.soon = setTimeout(() => this.apply(), FOLLOW_REST_MS);
  }

  retry = (): void => this.stream.retry();

  stop(): void {
    this.started = false;
    clearTimeout(this.soon);
    clearTimeout(this.anew);
    this.anew = undefined;
    clearTimeout(this.filesAnew);
    this.filesAnew = undefined;
    this.stream.stop();
    this.book.clear();
    this.incidents.clear();
  }

  streamState = (): StreamState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  onNewRed(listener: () => void): () => void {
    this.redListeners.add(listener);
    return () => void this.redListeners.delete(listener);
  }

  /** Takes the whole list of open alarms, asked for after `begun`. A red that came while we were deaf is heard now. */
  loaded(begun: number, open: readonly AlarmShape[]): void {
    const before = this.book.snapshot();
    this.book.loaded(begun, open);
    if (this.listed && open.some(alarm => isNewRed(alarm, before.get(alarm.id)))) this.ring();
    this.listed = true;
  }

  private ring(): void {
    for (const listener of this.redListeners) listener();
  }

  private apply(): void {
    const ids = this.followed;
    this.readings.keep(ids);
    this.stream.start(`/live${queryText({ sensors: ids.length > 0 ? ids.join(',') : undefined })}`);
  }

  private take({ event, data }: SseMessage): void {
    switch (event as keyof LiveEvents) {
      case 'alarm':
        return this.takeAlarm(JSON.parse(data) as LiveEvents['alarm']);
      case 'incident':
        return this.takeIncident(JSON.parse(data) as LiveEvents['incident']);
      case 'reading': {
        const { sensorId, ...reading } = JSON.parse(data) as LiveEvents['reading'];
        return this.readings.add(sensorId, reading);
      }
      case 'health':
        this.queries.setQueryData(STATUS_KEY, JSON.parse(data) as LiveEvents['health']);
        return;
      case 'reset':
        void this.queries.invalidateQueries();
    }
  }

  private takeAlarm(alarm: AlarmShape): void {
    const before = this.book.apply(alarm);
    if (before === undefined || before.condition !== alarm.condition) this.assetsAnew();
    if (isNewRed(alarm, before)) this.ring();
  }

  /** The row is here; the file of one that is being looked at is asked for soon, once for a whole storm of changes. */
  private takeIncident(incident: LiveEvents['incident']): void {
    this.incidents.apply(incident);
    this.filesAnew ??= setTimeout(() => {
      this.filesAnew = undefined;
      void this.queries.invalidateQueries({ queryKey: ['incident'] });
    }, FILES_ANEW_MS);
  }

  /** What the server says of an asset (blind or not) is as old as the list; asked for anew soon after a change. */
  private assetsAnew(): void {
    this.anew ??= setTimeout(() => {
      this.anew = undefined;
      for (const key of ['assets', 'sensors', 'sensor'])
        void this.queries.invalidateQueries({ queryKey: [key] });
    }, ANEW_MS);
  }

  private tell(state: StreamState): void {
    const changed = state.phase !== this.state.phase || state.failures !== this.state.failures;
    this.state = state;
    // The time of the last byte alone changes often and is drawn only while lost.
    if (changed) for (const listener of this.listeners) listener();
  }
}
