import { seeded } from './seeded';

export const STEP_MS = 10_000;
/** Messages that are put in another order among themselves. */
const SHUFFLE_WINDOW = 5;
/** How far back a message can come again. */
const RECENT = 8;

/** One message: values by channel; null stands for "no value". */
export interface Planned {
  readonly at: number;
  readonly values: Readonly<Record<string, number | null>>;
}

/**
 * What one device sends, without end, and the same for the same seed: channels `a` and `b` swing across their limits
 * and are now and then out of range or empty; there are gaps; the order is disturbed; some messages come twice.
 */
export function* planOf(seed: number, startsAt: number): Generator<Planned> {
  const random = seeded(seed);
  const phase = random() * 20;
  const recent: Planned[] = [];
  for (let i = 0; ;) {
    const window: Planned[] = [];
    while (window.length < SHUFFLE_WINDOW) {
      if (random() < 0.02) i += Math.floor(random() * 10);
      window.push(messageAt(startsAt, i++, phase, random));
    }
    if (random() < 0.3) window.sort(() => random() - 0.5);
    for (const message of window) {
      yield message;
      recent.push(message);
      if (recent.length > RECENT) recent.shift();
      if (random() < 0.05) yield recent[Math.floor(random() * recent.length)]!;
    }
  }
}

function messageAt(startsAt: number, i: number, phase: number, random: () => number): Planned {
  const wave = (period: number): number => 30 + 32 * Math.sin((i + phase) / period) + 8 * (random() - 0.5);
  const a = random() < 0.01 ? 140 : round(Math.max(0, wave(6)));
  const b = random() < 0.01 ? null : round(Math.max(0, wave(11)));
  return { at: startsAt + i * STEP_MS, values: { a, b } };
}

const round = (value: number): number => Math.round(value * 100) / 100;
