import type { AlarmChange } from '../../alarm';
import { changeOf, type Place } from './city';

/** The same numbers each time; [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const MIX = [
  ['rain.gauge', 'rain.intensity', 0.04],
  ['drainage.manhole', 'drainage.level', 0.55],
  ['drainage.road', 'drainage.ponding', 0.15],
  ['river', 'river.level', 0.04],
  ['gas.well', 'device.immersion', 0.12],
  ['drainage.manhole', 'device.coverTilt', 0.1],
] as const;

/** Sensors of a rainy city, `kmWide` on each side; each manhole drains into the next. */
export function stormTown(count: number, kmWide: number, seed: number): Place[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => {
    let left = random();
    const [kind, quantity] = MIX.find(([, , share]) => (left -= share) < 0) ?? MIX[1];
    const at = [random() * kmWide * 1_000, random() * kmWide * 1_000] as const;
    return { id: `s${i}`, kind, quantity, at, links: [`s${(i + 1) % count}`], population: 10 };
  });
}

/** Each sensor alarms once within the time, in an order of its own. */
export function stormAlarms(places: readonly Place[], minutes: number, seed: number): AlarmChange[] {
  const random = seeded(seed);
  return places
    .map(({ id }) =>
      changeOf({ alarm: id, minute: random() * minutes, severity: random() < 0.1 ? 'red' : 'yellow' }),
    )
    .sort((a, b) => a.noticedAt - b.noticedAt);
}
