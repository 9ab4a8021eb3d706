/*
 * A threshold rule said once more, in a few independent lines, for whole series that are known beforehand. Nothing of the
 * platform is imported: what both say alike was not said by the same code.
 */

export interface Sample {
  /** Device time, ms. */
  readonly at: number;
  /** null: missing, or outside the range of the instrument. */
  readonly value: number | null;
}

export interface LevelByHand {
  readonly severity: string;
  readonly above: number;
  readonly clearBelow: number;
}

export interface RuleByHand {
  /** Mildest first. */
  readonly levels: readonly LevelByHand[];
  readonly raiseSamples: number;
  readonly clearMs: number;
}

export interface AlarmByHand {
  readonly onsetAt: number;
  readonly raisedAt: number;
  readonly clearedAt: number | null;
  readonly severity: string;
  readonly condition: string;
  readonly kinds: readonly string[];
  /** Device time of the reading that decided the severity last. */
  readonly decidedAt: number;
}

interface Level {
  on: boolean;
  onset: number;
  run: number;
  runAt: number;
  calmAt: number | null;
}

function stepLevel(level: Level, rule: RuleByHand, of: LevelByHand, { at, value }: Sample): void {
  if (value === null) {
    level.calmAt = null;
  } else if (!level.on) {
    level.runAt = level.run === 0 ? at : level.runAt;
    level.run = value >= of.above ? level.run + 1 : 0;
    if (level.run < rule.raiseSamples) return;
    Object.assign(level, { on: true, onset: level.runAt, run: 0, calmAt: null });
  } else {
    level.calmAt = value < of.clearBelow ? (level.calmAt ?? at) : null;
    if (level.calmAt !== null && at - level.calmAt >= rule.clearMs) level.on = false;
  }
}

/** The alarms of one sensor, ascending by onset. */
export function alarmsByHand(rule: RuleByHand, samples: readonly Sample[]): AlarmByHand[] {
  const out: AlarmByHand[] = [];
  const levels = rule.levels.map((): Level => ({ on: false, onset: 0, run: 0, runAt: 0, calmAt: null }));
  let open: { -readonly [K in keyof AlarmByHand]: AlarmByHand[K] } | null = null;
  let rank = -1;
  for (const sample of samples) {
    levels.forEach((level, i) => stepLevel(level, rule, rule.levels[i]!, sample));
    const { at, value } = sample;
    if (open !== null && (value === null) !== (open.condition === 'blind')) {
      open.kinds = [...open.kinds, value === null ? 'blinded' : 'restored'];
      open.condition = value === null ? 'blind' : 'active';
    }
    if (value === null) continue;
    const now = levels.findLastIndex(level => level.on);
    const severity = rule.levels[now]?.severity ?? '';
    if (open === null && now >= 0) {
      const onsetAt = Math.min(...levels.filter(level => level.on).map(level => level.onset));
      const start = { onsetAt, raisedAt: at, clearedAt: null, severity, condition: 'active' };
      out.push((open = { ...start, kinds: ['raised'], decidedAt: at }));
    } else if (open !== null && now < 0) {
      Object.assign(open, { clearedAt: at, condition: 'cleared', kinds: [...open.kinds, 'cleared'] });
      open = null;
    } else if (open !== null && now !== rank) {
      const kinds = [...open.kinds, now > rank ? 'escalated' : 'deescalated'];
      Object.assign(open, { severity, kinds, decidedAt: at });
    }
    rank = now;
  }
  return out;
}
