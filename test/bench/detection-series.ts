import { MINUTE_MS, type Millis } from '@anmai/kernel';
import { BAD, GOOD, type Reading } from '@anmai/readings';

export const SERIES_START: Millis = Date.UTC(2026, 0, 1);
const DAY_MINUTES = 1_440;
/** Each sensor has trouble for so long every so often, each at another time. */
const TROUBLE_EVERY = 4_000;
const TROUBLE_MINUTES = 30;
/** One reading in so many cannot be used. */
const BAD_EVERY = 500;
/** As many readings as a backtest takes from the store at once: a year in one list would measure the collector. */
const PAGE_READINGS = 10_000;

/** Pages of lists, one list a minute, with one reading of each sensor: a daily wave, noise, rises that raise alarms. */
export function* seriesPages(sensors: number, minutes: number): Generator<Reading[][]> {
  const ids = Array.from({ length: sensors }, (_, i) => `s${i}`);
  const size = Math.max(1, Math.floor(PAGE_READINGS / sensors));
  for (let from = 0; from < minutes; from += size)
    yield Array.from({ length: Math.min(size, minutes - from) }, (_, i) => minuteOf(ids, from + i));
}

function minuteOf(ids: readonly string[], minute: number): Reading[] {
  const at = SERIES_START + minute * MINUTE_MS;
  const wave = 3 * Math.sin((minute / DAY_MINUTES) * 2 * Math.PI);
  return ids.map((sensorId, i) => {
    const since = (minute + i * 37) % TROUBLE_EVERY;
    const trouble = since < TROUBLE_MINUTES ? since : 0;
    const isBad = (minute * 31 + i * 17) % BAD_EVERY === 0;
    return { sensorId, at, value: 10 + wave + noiseAt(minute, i) + trouble, quality: isBad ? BAD : GOOD };
  });
}

/** The same numbers each time, nearly normal, deviation 0.25. */
function noiseAt(minute: number, sensor: number): number {
  let sum = -1.5;
  let hash = Math.imul(minute + 1, 0x9e3779b1) ^ Math.imul(sensor + 1, 0x85ebca6b);
  for (let k = 0; k < 3; k++) {
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
    sum += (hash >>> 0) / 2 ** 32;
  }
  return 0.5 * sum;
}
