import fc from 'fast-check';
import { MINUTE_MS } from '@anmai/kernel';
import type { Activation } from './activation';
import { floodKpi, floodSpells, NO_FLOOD, stepFlood, type FloodState } from './flood';

const HOUR = { from: 0, to: 60 * MINUTE_MS };
const at = (minutes: number): Activation => ({
  at: minutes * MINUTE_MS,
  alarmId: `al-${minutes}`,
  sensorId: 's1',
  ruleId: 'r1',
  severity: 'blue',
});
const many = (count: number, from: number, every: number): Activation[] =>
  Array.from({ length: count }, (_, i) => at(from + i * every));
const spells = (activations: readonly Activation[]): string =>
  floodSpells(activations, HOUR)
    .map(
      ({ since, until, count }) => `${since / MINUTE_MS}-${until === null ? '' : until / MINUTE_MS} ${count}`,
    )
    .join(', ');

describe('flood', () => {
  it.each([
    ['ten in ten minutes are none', many(10, 0, 0.5), ''],
    ['eleven are, from the eleventh on', many(11, 0, 0.5), '5-13 11'],
    ['eleven in exactly ten minutes are none', many(11, 0, 1), ''],
    ['it ends when fewer than five are left', [...many(11, 0, 0.5), at(12.9)], '5-13.5 12'],
    ['a trickle keeps it up', [...many(11, 0, 0.5), ...many(20, 7, 1.9)], '5-45.5 31'],
    ['it goes on past the end', many(200, 50, 0.01), '50.1- 200'],
    ['twice', [...many(11, 0, 0.5), ...many(11, 30, 0.5)], '5-13 11, 35-43 11'],
  ])('%s', (_name, activations, expected) => {
    expect(spells(activations)).toBe(expected);
  });

  it('its share of the period, with alarms from before it', () => {
    const before = many(11, -5, 0.5);
    expect(floodKpi([...before, at(30)], HOUR)).toMatchObject({
      status: 'missed',
      value: { share: 8 / 60 },
    });
    const earlier = many(11, -6, 0.5);
    expect(floodKpi(earlier, HOUR)).toMatchObject({ status: 'missed', value: { share: 7 / 60 } });
    expect(floodKpi(many(11, -60, 0.5), HOUR)).toMatchObject({ status: 'noData' });
    expect(floodKpi(earlier, { from: 5, to: 5 })).toMatchObject({ status: 'noData' });
    expect(floodKpi([at(1)], HOUR)).toMatchObject({ status: 'met', value: { share: 0, floods: [] } });
  });

  it('late ticks do not make it longer', () => {
    let state: FloodState = NO_FLOOD;
    for (const each of many(11, 0, 0.5)) state = stepFlood(state, each.at, true).state;
    expect(stepFlood(state, 12.9 * MINUTE_MS, false)).toEqual({ state, ended: null });
    const late = stepFlood(state, 50 * MINUTE_MS, false);
    expect(late.ended).toEqual({ since: 5 * MINUTE_MS, until: 13 * MINUTE_MS, count: 11 });
    expect(late.state.since).toBeNull();
  });

  it('is what the definition says, for any alarms, and remembers eleven times at most', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 150_000 }), { maxLength: 120 });
    fc.assert(
      fc.property(gaps, list => {
        let now = 0;
        const times = list.map(gap => (now += gap));
        let state: FloodState = NO_FLOOD;
        let isFlood = false;
        times.forEach((time, i) => {
          // By the definition, at each instant at which the count can change.
          const countAt = (instant: number): number =>
            times.slice(0, i).filter(each => each <= instant && instant - each < 600_000).length;
          const drops = times
            .slice(0, i)
            .map(each => each + 600_000)
            .filter(each => each <= time);
          if (drops.some(drop => countAt(drop) < 5)) isFlood = isFlood && countAt(time) >= 5;
          if (times.slice(0, i + 1).filter(each => time - each < 600_000).length > 10) isFlood = true;
          state = stepFlood(state, time, true).state;
          expect(state.since !== null).toBe(isFlood);
          expect(state.times.length).toBeLessThanOrEqual(11);
        });
      }),
      { numRuns: 300 },
    );
  });
});
