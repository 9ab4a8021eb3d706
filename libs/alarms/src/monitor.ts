import type { Sensor } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import { isUsable, type Reading } from '@anmai/readings';
import type { AlarmChange } from './alarm';
import { blind, clear, raise, restore, type Book, type Told, type WatchKey } from './book';
import { Companions } from './companions';
import { CompositeEngine } from './composite/composite-engine';
import { openMembers } from './composite/open-members';
import { ripenCondition } from './condition';
import { Directory } from './directory';
import { evidenceOf, silenceEvidence } from './evidence';
import { judge, judgeNewest, tellSpell } from './judge';
import { closeLane, LANE_QUIET_MS, recognise, stepLane, type Finished } from './late-lane';
import type { RegistryChange } from './registry-change';
import { isRipening, newSensorState, rewatch, type SensorState } from './sensor-state';
import { blindness } from './sight';
import { append, place, RING_READINGS_MAX, type Placeable } from './sensor-track';
import { DueWheel, STALE_AFTER_MISSED, watchOn, type WatchedMs, type Watching } from './silence';
import { faultsOf, keyOn, sameWatches, type Watched } from './watch';

type Placed = Placeable & Pick<Reading, 'sensorId'>;

/** A report counts as overdue after so many of its intervals. */
const OVERDUE_FACTOR = 1.5;

/** Who wants to know before a sensor's state changes (a snapshot in progress), and after it did (the live picture). */
export interface MonitorHooks {
  readonly beforeChange?: (sensorId: string) => void;
  /** For files, whose gaps are no absence of the platform. Default OWN_ABSENCE_MS. */
  readonly ownAbsenceMs?: number;
  /** Local time minus UTC. Default: China's. */
  readonly utcOffsetMs?: number;
}

/**
 * The whole of stage 1: conditions and alarms of every sensor as a deterministic function of what the journal holds.
 * Not a clock in sight: time is the `receivedAt` of entries. The same entries give the same changes with the same ids.
 * Each method gives the changes that the entry caused, in order.
 */
export class Monitor {
  readonly directory: Directory;
  readonly composites: CompositeEngine;
  readonly companions: Companions;
  readonly sensors = new Map<string, SensorState>();
  readonly ripening = new Set<string>();
  readonly lanes = new Set<string>();
  wheel = new DueWheel(0);
  watching: Watching | null = null;

  constructor(private readonly hooks: MonitorHooks = {}) {
    this.directory = new Directory(hooks.utcOffsetMs);
    this.companions = new Companions(this.sensors);
    this.composites = new CompositeEngine(this.directory, () => openMembers(this.sensors.values()));
  }

  tick(at: Millis): AlarmChange[] {
    return this.withComposites(this.passTo(at));
  }

  private withComposites(changes: AlarmChange[]): AlarmChange[] {
    if (changes.length > 0) changes.push(...this.composites.alarms(changes));
    return changes;
  }

  private passTo(at: Millis): AlarmChange[] {
    const out: AlarmChange[] = [];
    const before = this.watching;
    this.watching = watchOn(before, at, this.hooks.ownAbsenceMs);
    if (before !== null && this.watching === before) return out;
    for (const id of this.wheel.due(this.watching.watchedMs)) this.lookAt(id, at, out);
    for (const id of this.ripening) this.ripen(id, at, out);
    for (const id of this.lanes) this.closeQuietLane(id, at, out);
    return out;
  }

  readings(readings: readonly Reading[], receivedAt: Millis): AlarmChange[] {
    const out = this.passTo(receivedAt);
    for (const reading of readings) {
      const state = this.sensors.get(reading.sensorId);
      // A sensor that was removed after the gateway took the reading: archived all the same, judged by nobody.
      if (state !== undefined) this.reading(state, reading, receivedAt, out);
    }
    return this.withComposites(out);
  }

  registry(changes: readonly RegistryChange[], at: Millis): AlarmChange[] {
    const out = this.passTo(at);
    for (const id of this.directory.apply(changes)) this.rewatchSensor(id, at, out);
    if (changes.some(({ kind }) => kind === 'sensor' || kind === 'rule')) {
      this.companions.resolve(this.sensors.values());
      // A companion that was taken away, or found, is told of at once and not with the next reading.
      for (const state of this.sensors.values()) {
        if (state.companionIds.length === 0) continue;
        this.hooks.beforeChange?.(state.sensor.id);
        this.tellBlind(state, at, at, out);
      }
    }
    const told = this.withComposites(out);
    told.push(...this.composites.registry(changes, at));
    return told;
  }

  private rewatchSensor(id: string, at: Millis, out: AlarmChange[]): void {
    const sensor = this.directory.sensors.get(id);
    const state = this.sensors.get(id);
    this.hooks.beforeChange?.(id);
    if (sensor === undefined) {
      if (state !== undefined) this.forget(state, at, out);
      return;
    }
    const watches = this.directory.watchesOn(sensor);
    if (state === undefined) {
      this.sensors.set(id, newSensorState(sensor, watches, this.watchedMs(), at));
    } else {
      const old = state.watches;
      const sensorBefore = state.sensor;
      state.sensor = sensor;
      if (sameSensor(sensorBefore, sensor) && sameWatches(old, watches)) {
        // What judges is the same; which rules cannot be used may have changed.
        if (faultsOf(old) !== faultsOf(watches)) state.watches = watches;
        return;
      }
      // Values in another unit can neither be judged nor shown beside the new ones.
      if (sensorBefore.unit !== sensor.unit) state.steps = [];
      const { orphans } = rewatch(state, watches);
      for (const { book, of, index } of orphans) {
        const watch = of === 'limit' ? old.limits[index]! : old.silences[index]!;
        this.clearOrphan(book, keyOn(watch, sensorBefore), at, 'rule no longer covers this sensor', out);
      }
      this.noteRipening(state);
    }
    this.plan(this.sensors.get(id)!);
  }

  private forget(state: SensorState, at: Millis, out: AlarmChange[]): void {
    const { limits, silences } = state.watches;
    const watches = [...limits, ...silences];
    [...state.books, ...state.silenceBooks].forEach((book, i) => {
      if (book.open === null) return;
      this.clearOrphan(book, keyOn(watches[i]!, state.sensor), at, 'sensor was removed', out);
    });
    this.sensors.delete(state.sensor.id);
    this.ripening.delete(state.sensor.id);
    this.lanes.delete(state.sensor.id);
    this.wheel.remove(state.sensor.id);
  }

  private clearOrphan(book: Book, key: WatchKey, at: Millis, reason: string, out: AlarmChange[]): void {
    const evidence = book.open!.changes[0]!.evidence;
    out.push(...clear(book, { key, at, noticedAt: at, reason, evidence }).changes);
  }

  private reading(state: SensorState, reading: Placed, receivedAt: Millis, out: AlarmChange[]): void {
    if (state.companionIds.length > 0)
      reading = { ...reading, beside: this.companions.beside(state, reading.at) };
    const newestAt = state.steps[state.steps.length - 1]?.at ?? -Infinity;
    const inOrder = reading.at > newestAt;
    const placed = inOrder ? null : place(state.watches.compiled, state.start, state.steps, reading);
    if (placed?.kind === 'same') return;
    this.hooks.beforeChange?.(reading.sensorId);
    if (placed?.kind === 'older') return this.lateReading(state, reading, receivedAt, out);
    if (placed === null) append(state.watches.compiled, state.start, state.steps, reading);
    else state.steps = placed.steps as SensorState['steps'];
    if (inOrder && isUsable(reading.quality)) this.heard(state, receivedAt, out);
    this.tellBlind(state, reading.at, receivedAt, out);
    const newest = state.steps.length - 1;
    if (isUsable(state.steps[newest]!.quality) || state.watches.judgesUnusable) {
      const toldBefore = out.length;
      this.judgeAll(state, placed?.from ?? newest, receivedAt, out);
      // What a late reading raises on a silent sensor is blind from its start.
      if (out.length > toldBefore) this.tellBlind(state, reading.at, receivedAt, out);
    }
    while (state.steps.length > RING_READINGS_MAX) state.start = state.steps.shift()!.states;
    this.noteRipening(state);
  }

  private judgeAll(state: SensorState, from: number, receivedAt: Millis, out: AlarmChange[]): void {
    state.watches.limits.forEach((_, i) => {
      const book = state.books[i]!;
      // Nearly every reading of nearly every sensor ends here.
      if (
        book.open === null &&
        from === state.steps.length - 1 &&
        !state.steps[from]!.states[i]!.limits.some(l => l.on)
      )
        return;
      this.tell(state.books, i, judge(book, on(state, i), state.steps, from, receivedAt), out);
    });
  }

  private lateReading(state: SensorState, reading: Placed, receivedAt: Millis, out: AlarmChange[]): void {
    const beforeAt = state.steps[0]!.at;
    const { lane, finished } = stepLane(state.watches, state.lane, reading, receivedAt, beforeAt);
    state.lane = recognise(lane, state.books);
    this.lanes.add(state.sensor.id);
    this.tellFinished(state, finished, receivedAt, out);
  }

  private closeQuietLane(id: string, at: Millis, out: AlarmChange[]): void {
    const state = this.sensors.get(id);
    if (state?.lane == null) {
      this.lanes.delete(id);
      return;
    }
    if (at - state.lane.touchedAt < LANE_QUIET_MS) return;
    this.hooks.beforeChange?.(id);
    this.tellFinished(state, closeLane(state.lane), at, out);
    state.lane = null;
    this.lanes.delete(id);
  }

  private tellFinished(
    state: SensorState,
    finished: readonly Finished[],
    noticedAt: Millis,
    out: AlarmChange[],
  ): void {
    for (const { index, spell } of finished) {
      const told = tellSpell(state.books[index]!, on(state, index), spell, noticedAt);
      this.tell(state.books, index, told, out);
    }
  }

  private heard(state: SensorState, receivedAt: Millis, out: AlarmChange[]): void {
    const wasSilent = state.stale || state.silenceBooks.some(book => book.open !== null);
    state.heardAt = receivedAt;
    state.heardWatchedMs = this.watchedMs();
    if (!wasSilent) return;
    state.stale = false;
    state.watches.silences.forEach((watch, i) => {
      if (state.silenceBooks[i]!.open === null) return;
      const evidence = silenceEvidence(watch, state.steps);
      const telling = {
        key: keyOn(watch, state.sensor),
        at: receivedAt,
        noticedAt: receivedAt,
        reason: 'heard again',
        evidence,
      };
      this.tell(state.silenceBooks, i, clear(state.silenceBooks[i]!, telling), out);
    });
    this.plan(state);
    this.tellCorrected(state, receivedAt, out);
  }

  /** Blind and seeing again is told on the open alarms of the sensor, each by what its own rule can judge. */
  private tellBlind(state: SensorState, at: Millis, noticedAt: Millis, out: AlarmChange[]): void {
    const { books, watches, sensor } = state;
    for (let i = 0; i < books.length; i++) {
      const { open } = books[i]!;
      if (open === null) continue;
      const why = blindness(state, i, this.companions);
      if ((why !== null) === open.blind) continue;
      const evidence = evidenceOf(on(state, i), open.rank, state.steps);
      const reason = why ?? 'usable data again';
      const telling = { key: keyOn(watches.limits[i]!, sensor), at, noticedAt, reason, evidence };
      this.tell(books, i, (why === null ? restore : blind)(books[i]!, telling), out);
    }
  }

  /** It fell silent or speaks again: so do the rules whose values are corrected for it. */
  private tellCorrected({ sensor }: SensorState, at: Millis, out: AlarmChange[]): void {
    for (const id of this.companions.correctedBy(sensor.id)) {
      const corrected = this.sensors.get(id);
      if (corrected === undefined) continue;
      this.hooks.beforeChange?.(id);
      this.tellBlind(corrected, at, at, out);
    }
  }

  /** A sensor's time has come: is it silent? */
  private lookAt(id: string, at: Millis, out: AlarmChange[]): void {
    const state = this.sensors.get(id);
    if (state === undefined) return;
    const silentMs = this.watchedMs() - state.heardWatchedMs;
    this.hooks.beforeChange?.(id);
    if (!state.stale && silentMs >= staleAfterMs(state)) {
      state.stale = true;
      this.tellBlind(state, at, at, out);
      this.tellCorrected(state, at, out);
    }
    state.watches.silences.forEach((watch, i) => {
      if (silentMs < watch.afterMs || state.silenceBooks[i]!.open !== null) return;
      const evidence = silenceEvidence(watch, state.steps);
      const key = keyOn(watch, state.sensor);
      const telling = { key, at, noticedAt: at, reason: 'no usable data', evidence };
      this.tell(
        state.silenceBooks,
        i,
        raise(state.silenceBooks[i]!, state.heardAt, watch.rank, telling),
        out,
      );
    });
    this.plan(state);
  }

  /** Puts the sensor where its next silence would be noticed; nowhere when all that could be said is said. */
  plan(state: SensorState): void {
    const afters = state.watches.silences
      .filter((_, i) => state.silenceBooks[i]!.open === null)
      .map(watch => watch.afterMs);
    if (!state.stale) afters.push(staleAfterMs(state));
    if (afters.length > 0) this.wheel.put(state.sensor.id, state.heardWatchedMs + Math.min(...afters));
  }

  private ripen(id: string, at: Millis, out: AlarmChange[]): void {
    const state = this.sensors.get(id);
    const newest = state?.steps.at(-1);
    if (state === undefined || newest === undefined) return;
    // While its next report is not overdue, that report decides, not the clock: a hold is there to wait for it.
    const silentMs = at - state.heardAt;
    if (silentMs < OVERDUE_FACTOR * state.sensor.expectedEverySeconds * 1_000) return;
    // The device's own clock, carried on from the newest reading of use: that is the one that was heard at `heardAt`.
    const heard = state.steps.findLast(step => isUsable(step.quality)) ?? newest;
    const deviceAt = heard.at + silentMs;
    const states = newest.states.map((limits, i) =>
      ripenCondition(state.watches.compiled[i]!, limits, deviceAt),
    );
    if (states.every((limits, i) => limits === newest.states[i])) return;
    this.hooks.beforeChange?.(id);
    state.steps[state.steps.length - 1] = { ...newest, states };
    state.books.forEach((book, i) => {
      this.tell(state.books, i, judgeNewest(book, on(state, i), state.steps, at, deviceAt), out);
    });
    this.tellBlind(state, at, at, out);
    this.noteRipening(state);
  }

  private tell(books: Book[], index: number, told: Told, out: AlarmChange[]): void {
    books[index] = told.book;
    for (const change of told.changes) out.push(change);
  }

  noteRipening(state: SensorState): void {
    if (isRipening(state)) this.ripening.add(state.sensor.id);
    else if (this.ripening.size > 0) this.ripening.delete(state.sensor.id);
  }

  private watchedMs(): WatchedMs {
    return this.watching?.watchedMs ?? 0;
  }
}

const on = (state: SensorState, index: number): Watched => ({
  watch: state.watches.limits[index]!,
  index,
  sensor: state.sensor,
});

const staleAfterMs = (state: SensorState): number =>
  STALE_AFTER_MISSED * state.sensor.expectedEverySeconds * 1_000;

const sameSensor = (a: Sensor, b: Sensor): boolean =>
  a.unit === b.unit && a.expectedEverySeconds === b.expectedEverySeconds && a.assetId === b.assetId;
