import { MINUTE_MS } from '@anmai/kernel';
import { BAD, GOOD, type Reading } from '@anmai/readings';

const START = Date.UTC(2026, 0, 1);
const DAY_MINUTES = 1_440;
/** Each sensor has trouble for so long every so often, each at another time. */
const TROUBLE_EVERY = 4_000;
const TROUBLE_MINUTES = 30;
/** One reading in so many cannot be used. */
const BAD_EVERY = 500;

/** One list a minute, with one reading of each sensor: a daily wave, noise, now and then a rise that raises alarms. */
export function makeSeries(sensors: number, minutes: number): Reading[][] {
  const unit = randomOf(7);
  const ids = Array.from({ length: sensors }, (_, i) => `s${i}`);
  return Array.from({ length: minutes }, (_, minute) => {
    const at = START + minute * MINUTE_MS;
    const wave = 3 * Math.sin((minute / DAY_MINUTES) * 2 * Math.PI);
    return ids.map((sensorId, i): Reading => {
      const since = (minute + i * 37) % TROUBLE_EVERY;
      const trouble = since < TROUBLE_MINUTES ? since : 0;
      const noise = 0.5 * (unit() + unit() + unit() - 1.5);
      const isBad = (minute * 31 + i * 17) % BAD_EVERY === 0;
      return { sensorId, at, value: 10 + wave + noise + trouble, quality: isBad ? BAD : GOOD };
    });
  });
}

/** The same numbers each time; [0, 1). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
