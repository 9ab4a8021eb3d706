import { DAY_MS, HOUR_MS, type Millis } from '@anmai/kernel';
import { randomOf, wanderAt, type SeedPart } from '../random';

/** Local time of the city: UTC+8 all year. */
export const LOCAL_OFFSET_MS = 8 * HOUR_MS;

/** Hours since local midnight, [0, 24). */
export const hourOfDay = (at: Millis): number => {
  const local = at + LOCAL_OFFSET_MS;
  return (((local % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS;
};

/** 1970-01-01 was a Thursday. */
export const isWeekend = (at: Millis): boolean => {
  const weekday = (Math.floor((at + LOCAL_OFFSET_MS) / DAY_MS) + 4) % 7;
  return weekday === 0 || weekday === 6;
};

/** Air temperature in ℃: coldest about 05:00, warmest about 15:00, with spells of some days. */
export function airTemperatureAt(seed: SeedPart, at: Millis): number {
  const day = 5.5 * Math.cos(((hourOfDay(at) - 15) / 24) * 2 * Math.PI);
  return 14 + day + 2 * wanderAt(`${seed} spell`, at, 2 * DAY_MS);
}

/** Ordinary rain comes at most once in each of these windows, and ends within it. */
const RAIN_WINDOW_MS = 8 * HOUR_MS;
const RAIN_CHANCE = 0.35;
/** Ordinary rain stays far from every limit; cloudbursts are incidents. */
const RAIN_PEAK_MM_PER_H = 9;

/** Ordinary rain in mm/h over the whole district. */
export function rainAt(seed: SeedPart, at: Millis): number {
  const window = Math.floor(at / RAIN_WINDOW_MS);
  const random = randomOf(seed, 'rain', window);
  if (!random.chance(RAIN_CHANCE)) return 0;
  const lengthMs = random.between(0.7, 3) * HOUR_MS;
  const startMs = window * RAIN_WINDOW_MS + random.unit() * (RAIN_WINDOW_MS - lengthMs);
  const peak = random.between(2, RAIN_PEAK_MM_PER_H);
  const fraction = (at - startMs) / lengthMs;
  if (fraction <= 0 || fraction >= 1) return 0;
  return peak * Math.sin(Math.PI * fraction) ** 2;
}

const LAG_SAMPLES = 6;

/** What runs off: ordinary rain, later by `delayMs` and smeared over `smearMs`. mm/h. */
export function runoffAt(seed: SeedPart, at: Millis, delayMs: number, smearMs: number): number {
  let sum = 0;
  for (let i = 0; i < LAG_SAMPLES; i += 1) sum += rainAt(seed, at - delayMs - (smearMs * i) / LAG_SAMPLES);
  return sum / LAG_SAMPLES;
}
