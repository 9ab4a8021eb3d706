import { SECOND_MS, type Millis } from '@anmai/kernel';
import type { Quality } from '@anmai/readings';
import { qualityFaults, type QualityConfig } from './config';
import { FlatWindow, type FlatWindowState } from './flat-window';
import { refuse } from './qartod/config-fault';
import { readingsIn } from './qartod/flat-line';
import { rateFlag } from './qartod/rate-of-change';
import { rollUp } from './qartod/roll-up';
import { spikeFlag } from './qartod/spike';

export type QualityTest =
  'range' | 'spike' | 'rateOfChange' | 'flatLine' | 'gap' | 'clock' | 'attenuatedSignal';
/** Flag of each test that is configured. */
export type QualityFlags = Readonly<Partial<Record<QualityTest, Quality>>>;

export interface QualityInput {
  /** Device time. */
  readonly at: Millis;
  /** null: missing. NaN and infinities count as missing, too. */
  readonly value: number | null;
  /** Time of receipt; without it the clock is not evaluated. */
  readonly receivedAt?: Millis | undefined;
}

export interface QualityRow {
  readonly at: Millis;
  /** null exactly when `quality` is 9. */
  readonly value: number | null;
  readonly flags: QualityFlags;
  /** The worst by QARTOD's order; 9 whenever the value is missing, 2 when no test had anything to say. */
  readonly quality: Quality;
}

export interface QualityStep {
  /** What is known on arrival: spike is not evaluated, it needs the next reading. Rules look at this one. */
  readonly live: QualityRow;
  /** The reading before, final, now that its neighbour is known. null when spike is not configured. */
  readonly settled: QualityRow | null;
}

/** State of one sensor as plain JSON; bounded by the configuration. */
export interface QualityState {
  readonly newest: QualityRow | null;
  /** Value before the newest; null: missing or none. */
  readonly before: number | null;
  readonly flatSuspect: FlatWindowState | null;
  readonly flatFail: FlatWindowState | null;
}

/**
 * The tests of one sensor, one reading at a time. Constant work per reading, bounded state. A reading that is
 * not newer than the newest (late, or delivered twice) is judged by range and clock alone and leaves no
 * trace, except that the newest itself, delivered again, gets its own answer again. Throws QLT-001 for a bad
 * configuration.
 */
export class QualityCheck {
  private newest: QualityRow | null;
  private before: number;
  private readonly flatSuspect: FlatWindow | null;
  private readonly flatFail: FlatWindow | null;

  constructor(
    private readonly config: QualityConfig,
    state: QualityState | null = null,
  ) {
    const faults = qualityFaults(config);
    if (config.flatLine !== undefined && config.intervalSeconds === undefined) {
      faults.push({ at: 'intervalSeconds', message: 'is needed for flatLine' });
    }
    refuse(faults);
    this.newest = state?.newest ?? null;
    this.before = state?.before ?? NaN;
    this.flatSuspect = flatWindow(config, 'suspectThreshold', state?.flatSuspect ?? null);
    this.flatFail = flatWindow(config, 'failThreshold', state?.flatFail ?? null);
  }

  next(input: QualityInput): QualityStep {
    const value = input.value === null || !Number.isFinite(input.value) ? NaN : input.value;
    const last = this.newest;
    if (last !== null && input.at <= last.at)
      return { live: this.outOfTurn(input, value, last), settled: null };

    const live = toRow(input.at, value, {
      ...this.ownFlags(input, value),
      ...this.historyFlags(input.at, value, last),
    });
    const settled = last === null ? null : this.settle(last, value);
    this.before = last?.value ?? NaN;
    this.newest = live;
    return { live, settled };
  }

  state(): QualityState {
    return {
      newest: this.newest,
      before: Number.isNaN(this.before) ? null : this.before,
      flatSuspect: this.flatSuspect?.state() ?? null,
      flatFail: this.flatFail?.state() ?? null,
    };
  }

  private outOfTurn(input: QualityInput, value: number, last: QualityRow): QualityRow {
    if (input.at === last.at && Object.is(value, last.value ?? NaN)) return last;
    const flags: Partial<Record<QualityTest, Quality>> = { ...this.ownFlags(input, value) };
    for (const test of ['spike', 'rateOfChange', 'flatLine', 'gap'] as const) {
      if (this.config[test] !== undefined) flags[test] = test === 'gap' || !Number.isNaN(value) ? 2 : 9;
    }
    return toRow(input.at, value, flags);
  }

  /** Tests that need nothing but the reading. */
  private ownFlags({ at, receivedAt }: QualityInput, value: number): QualityFlags {
    const { config } = this;
    return {
      ...((config.range ?? config.suspectRange) && { range: rangeFlag(value, config) }),
      ...(config.clock && { clock: clockFlag(at, receivedAt, config) }),
    };
  }

  /** Tests that look back. */
  private historyFlags(at: Millis, value: number, last: QualityRow | null): QualityFlags {
    const { spike, rateOfChange, flatLine, gap } = this.config;
    const missing = Number.isNaN(value);
    const elapsedMs = last === null ? NaN : at - last.at;
    return {
      ...(spike && { spike: missing ? 9 : 2 }),
      ...(rateOfChange && { rateOfChange: rateFlag(last?.value ?? NaN, value, elapsedMs, rateOfChange) }),
      ...(flatLine && { flatLine: this.flatFlag(value) }),
      ...(gap && { gap: last === null ? 2 : elapsedMs > gap.suspectSeconds * SECOND_MS ? 3 : 1 }),
    };
  }

  private flatFlag(value: number): Quality {
    const suspect = this.flatSuspect?.push(value) ?? false;
    const fail = this.flatFail?.push(value) ?? false;
    if (Number.isNaN(value)) return 9;
    if (fail) return 4;
    return suspect ? 3 : 1;
  }

  private settle(row: QualityRow, after: number): QualityRow | null {
    const { spike } = this.config;
    if (spike === undefined) return null;
    const value = row.value ?? NaN;
    return toRow(row.at, value, { ...row.flags, spike: spikeFlag(this.before, value, after, spike) });
  }
}

/** Row with its rolled-up flag. A missing value is missing whatever else was found. */
export function toRow(at: Millis, value: number, flags: QualityFlags): QualityRow {
  if (Number.isNaN(value)) return { at, value: null, flags, quality: 9 };
  return { at, value, flags, quality: rollUp(Object.values(flags)) };
}

function rangeFlag(value: number, { range, suspectRange, saturates }: QualityConfig): Quality {
  if (Number.isNaN(value)) return 9;
  if (range !== undefined && value > range.max) return saturates === 'high' || saturates === 'both' ? 3 : 4;
  if (range !== undefined && value < range.min) return saturates === 'low' || saturates === 'both' ? 3 : 4;
  return suspectRange !== undefined && (value < suspectRange.min || value > suspectRange.max) ? 3 : 1;
}

function clockFlag(at: Millis, receivedAt: Millis | undefined, { clock }: QualityConfig): Quality {
  if (receivedAt === undefined) return 2;
  const { aheadSeconds = Infinity, behindSeconds = Infinity } = clock ?? {};
  const aheadMs = at - receivedAt;
  return aheadMs > aheadSeconds * SECOND_MS || -aheadMs > behindSeconds * SECOND_MS ? 3 : 1;
}

function flatWindow(
  { flatLine, intervalSeconds }: QualityConfig,
  key: 'suspectThreshold' | 'failThreshold',
  state: FlatWindowState | null,
): FlatWindow | null {
  if (flatLine === undefined || intervalSeconds === undefined) return null;
  return new FlatWindow(readingsIn(flatLine[key], intervalSeconds * SECOND_MS), flatLine.tolerance, state);
}
