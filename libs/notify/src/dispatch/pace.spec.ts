import fc from 'fast-check';
import { Pace } from './pace';

it('lets a burst through, then its rate', () => {
  const pace = new Pace({ burst: 2, perMinute: 60 }, 0);
  expect(pace.room(0)).toBe(2);
  pace.take(2);
  expect([pace.room(0), pace.room(999), pace.room(1_000), pace.room(60_000)]).toEqual([0, 0, 1, 2]);
});

it('takes nothing away when the clock is set back', () => {
  const pace = new Pace({ burst: 2, perMinute: 60 }, 10_000);
  expect(pace.room(5_000)).toBe(2);
});

it('never lets more than burst and rate through in any minute', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, waits => {
      const pace = new Pace({ burst: 5, perMinute: 15 }, 0);
      let now = 0;
      const times: number[] = [];
      for (const wait of waits) {
        now += wait;
        const room = pace.room(now);
        pace.take(room);
        for (let i = 0; i < room; i++) times.push(now);
      }
      for (const from of times)
        expect(times.filter(at => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(20);
    }),
  );
});
