import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Seq } from '@anmai/journal';
import { DAY_MS } from '@anmai/kernel';
import { LmdbSnapshotStore } from '@anmai/lmdb';
import type { Records } from '@anmai/postgres';
import type { Reading } from '@anmai/readings';
import { ARCHIVER } from '../archiver/archiver';
import { CLERK } from '../archiver/quarantine-clerk';
import type { Core } from '../core/core';
import { JOURNAL_BYTES_MAX } from '../core/core';
import { utcOffsetMs } from '../core/utc-offset';
import { within } from '../core/within';
import { GATEWAY } from '../gateway/registry-keeper';
import { AlarmTeller } from './alarm-teller';
import { ChangeWriter } from './change-writer';
import type { Found } from './incident-runner';
import { IncidentTeller } from './incident-teller';
import { LivePicture } from './live-picture';
import { MONITOR, MonitorRunner } from './monitor-runner';

/** A quiet journal for so long means that no gateway runs: time has to move all the same, or silence would not show. */
const QUIET_MS = 5_000;
/** How long the process in charge gets to write changes before this one asks the records for them. */
const OTHERS_WRITE_MS = 250;
const STOP_MS_MAX = 2_000;
const JOURNAL_LIMITS = { ageMsMax: 7 * DAY_MS, bytesMax: JOURNAL_BYTES_MAX / 2 };

/** Evaluates the journal, keeps its own state, and tells the records and the live stream what it found. */
export class MonitorRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly runner: MonitorRunner;
  readonly picture: LivePicture;
  private readonly teller: AlarmTeller;
  private readonly incidentTeller: IncidentTeller;
  private readonly writer: ChangeWriter;
  private fault: unknown = null;
  private saving: NodeJS.Timeout | null = null;
  /** Messages with readings seen in the journal since the start. */
  messages = 0;

  constructor(
    private readonly core: Core,
    records: Records,
    /** `looking on`: another process is in charge; this one follows for its page alone and keeps nothing. */
    private readonly part: 'in charge' | 'looking on',
  ) {
    const { journal, clock, live, parts } = core;
    this.runner = new MonitorRunner({
      journal,
      snapshots: new LmdbSnapshotStore(core.env),
      clock,
      listener: { changed: (found, seq) => this.changed(found, seq), evaluated: r => this.evaluated(r) },
      failed: error => this.stopped(error),
      utcOffsetMs: utcOffsetMs(core.config.ANMAI_TIMEZONE, clock.now()),
    });
    const { monitor, deviceSeenAt, incidents } = this.runner;
    const { engine } = incidents;
    const failed = (error: unknown): void => parts.records.failed(error);
    this.picture = new LivePicture(monitor, deviceSeenAt, clock, engine);
    this.teller = new AlarmTeller({ alarms: records.alarms, live, monitor, picture: this.picture, failed });
    this.incidentTeller = new IncidentTeller({
      incidents: records.incidents,
      ...{ live, monitor, engine, clock, failed },
    });
    this.writer = new ChangeWriter({
      alarms: records.alarms,
      monitor: MONITOR,
      written: found => void this.written(found),
      overdue: found => {
        this.teller.fromMemory(found.alarms);
        this.incidentTeller.fromMemory(found.incidents);
      },
      failed,
    });
    // An acknowledgement reaches the picture by the way of the live stream, like everyone else.
    live.subscribe({ sensorIds: new Set() }, event => {
      if (event.name === 'alarm') this.picture.noteAlarm(event.data);
    });
  }

  onApplicationBootstrap(): void {
    if (this.part === 'in charge') {
      this.teller.note(this.runner.unsent.alarms);
      this.writer.add(this.runner.unsent, this.runner.position);
    }
    this.writer.start();
    this.runner.start();
    const everyMs = this.core.config.ANMAI_SNAPSHOT_SECONDS * 1_000;
    this.saving = setInterval(() => void this.save(), everyMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.saving !== null) clearInterval(this.saving);
    this.runner.stop();
    // What the records do not take in time is part of the snapshot.
    await within(STOP_MS_MAX, this.writer.stop());
    await this.save();
  }

  /** The records came (back): what waits is written, and who was acknowledged is known again. */
  async recordsUp(): Promise<void> {
    await this.teller.learnAcknowledgements();
  }

  get inCharge(): boolean {
    return this.part === 'in charge';
  }

  get healthy(): boolean {
    return this.fault === null;
  }

  async save(): Promise<void> {
    if (!this.healthy || this.part === 'looking on') return;
    try {
      await this.runner.save(() => this.writer.unsent);
    } catch (error) {
      this.core.log.error({ error }, 'the monitor state was not saved');
    }
  }

  @Interval(QUIET_MS)
  async moveTime(): Promise<void> {
    if (this.part === 'looking on') return;
    const { journal, clock, parts, config } = this.core;
    const { lastSeq } = journal.stats();
    const [newest] = journal.read(lastSeq - 1, 1);
    if (newest !== undefined && clock.now() - newest.receivedAt < QUIET_MS) {
      // Where a gateway runs, its own ticks say how the journal is.
      if (!config.ANMAI_ROLES.has('gateway')) parts.journal.set('up');
      return;
    }
    try {
      await journal.append(clock.now(), { kind: 'tick' });
      parts.journal.set('up');
    } catch (error) {
      // Time stands still for the rules meanwhile: that must not look like a calm night.
      parts.journal.failed(error);
    }
  }

  /** Room in the journal: what everyone has read and nobody needs for a restart. */
  @Interval(60_000)
  async trim(): Promise<void> {
    if (this.part === 'looking on') return;
    const { journal, clock, log } = this.core;
    try {
      await journal.trim([ARCHIVER, CLERK, MONITOR, GATEWAY], clock.now(), JOURNAL_LIMITS);
    } catch (error) {
      log.error({ error }, 'the journal was not trimmed');
    }
  }

  private changed(found: Found, seq: Seq): void {
    this.teller.note(found.alarms);
    this.incidentTeller.note(found.incidents);
    if (this.part === 'in charge') this.writer.add(found, seq);
    // The process in charge writes them; what it has not written by then is told from memory.
    else setTimeout(() => void this.written(found), OTHERS_WRITE_MS).unref();
  }

  private async written({ alarms, incidents }: Found): Promise<void> {
    // The incident first: it is what operators work on, and one event stands for many alarms.
    await this.incidentTeller.written(incidents);
    await this.teller.written(alarms);
  }

  private evaluated(readings: readonly Reading[]): void {
    this.messages++;
    const { live } = this.core;
    for (const { sensorId, at, value, quality } of readings) {
      if (!live.wantsReadingsOf(sensorId)) continue;
      const shown = {
        sensorId,
        at: new Date(at).toISOString(),
        value: Number.isNaN(value) ? null : value,
        quality,
      };
      live.publish({ name: 'reading', data: shown });
    }
  }

  /** A bug in the evaluation: nothing is skipped over. The state says so and the program has to be looked at. */
  private stopped(error: unknown): void {
    this.fault = error;
    this.core.log.fatal({ error }, 'the monitor has stopped: alarms are NOT evaluated');
  }
}
