import { SEVERITIES, type Severity } from '@anmai/catalog';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@anmai/kernel';
import type { DutyKind } from './shapes';

export type PerSeverity<T> = Readonly<Record<Severity, T>>;

export interface ChatterSettings {
  /** So many activations of one watch … */
  readonly activationsMin: number;
  /** … within this, or within so many expected intervals of the sensor where that is longer. */
  readonly withinMs: number;
  readonly withinIntervals: number;
  /** Without a raise for this, or for twice the window above where that is longer, it is over. */
  readonly quietMs: number;
}

/** What an operations centre sets for its alarms. Every number is editable; an edit never reaches back. */
export interface LifeSettings {
  /** Longest shelving. 0: this severity cannot be shelved. */
  readonly shelveMsMax: PerSeverity<number>;
  /** An acknowledged alarm that is still on calls again after this (OPC UA Part 9, ReAlarmTime). Null: never. */
  readonly reAlarmMs: PerSeverity<number | null>;
  readonly dutyMs: Readonly<Record<DutyKind, number>>;
  /** What ends an alarm that has cleared. `confirmation`: only a person's close does (design.md, invariant 8). */
  readonly closeNeeds: PerSeverity<'acknowledgement' | 'confirmation'>;
  /** Normal readings in a row before anybody may close. */
  readonly clearReadingsMin: number;
  readonly chatter: ChatterSettings;
}

/**
 * Provisional, save for `dutyMs`: identify in 1 min, respond in 10 min, feed back in 1 h is the rule of Suqian
 * (《城市生命线安全工程建设运行管理办法(试行)》, 2025; lifelines.md 3.3). ISA-18.2 gives no number for chattering; 3 in 60 s
 * is the working rule of lifelines.md 6.2.
 */
export const DEFAULT_LIFE_SETTINGS: LifeSettings = {
  shelveMsMax: { blue: 8 * HOUR_MS, yellow: 8 * HOUR_MS, orange: 2 * HOUR_MS, red: 30 * MINUTE_MS },
  reAlarmMs: { blue: 24 * HOUR_MS, yellow: 4 * HOUR_MS, orange: HOUR_MS, red: 30 * MINUTE_MS },
  dutyMs: { identify: MINUTE_MS, respond: 10 * MINUTE_MS, feedback: HOUR_MS },
  closeNeeds: {
    blue: 'acknowledgement',
    yellow: 'acknowledgement',
    orange: 'acknowledgement',
    red: 'acknowledgement',
  },
  clearReadingsMin: 3,
  chatter: { activationsMin: 3, withinMs: 60 * SECOND_MS, withinIntervals: 6, quietMs: 10 * MINUTE_MS },
};

/** Longest shelving and re-alarm time that can be set: nothing is put away for weeks. */
export const SETTING_MS_MAX = 7 * 24 * HOUR_MS;

/** What is wrong with edited settings, by key; empty: nothing. */
export function settingsFaults(settings: LifeSettings): string[] {
  const faults: string[] = [];
  const check = (key: string, value: number, least: number, most: number): void => {
    if (!(Number.isSafeInteger(value) && value >= least && value <= most)) {
      faults.push(`${key} is ${value}, it has to be a whole number from ${least} to ${most}`);
    }
  };
  for (const severity of SEVERITIES) {
    check(`shelveMsMax.${severity}`, settings.shelveMsMax[severity], 0, SETTING_MS_MAX);
    const reAlarmMs = settings.reAlarmMs[severity];
    if (reAlarmMs !== null) check(`reAlarmMs.${severity}`, reAlarmMs, SECOND_MS, SETTING_MS_MAX);
  }
  const { identify, respond, feedback } = settings.dutyMs;
  check('dutyMs.identify', identify, SECOND_MS, SETTING_MS_MAX);
  check('dutyMs.respond', respond, identify, SETTING_MS_MAX);
  check('dutyMs.feedback', feedback, respond, SETTING_MS_MAX);
  check('clearReadingsMin', settings.clearReadingsMin, 1, 1_000);
  const { activationsMin, withinMs, withinIntervals, quietMs } = settings.chatter;
  check('chatter.activationsMin', activationsMin, 2, 100);
  check('chatter.withinMs', withinMs, SECOND_MS, SETTING_MS_MAX);
  // Two activations are at least two intervals apart: a reading that is on, one that is not, one that is on again.
  check('chatter.withinIntervals', withinIntervals, 2 * (activationsMin - 1), 1_000);
  check('chatter.quietMs', quietMs, SECOND_MS, SETTING_MS_MAX);
  return faults;
}
