import fc from 'fast-check';
import { DueWheel } from './silence';

it('gives the same in one long stretch as second by second', () => {
  const puts = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(200_000)), { maxLength: 12 });
  fc.assert(
    fc.property(puts, fc.nat(200_000), (all, untilMs) => {
      const [long, short] = [new DueWheel(0), new DueWheel(0)];
      for (const [id, due] of all) {
        long.put(id, due);
        short.put(id, due);
      }
      const seconds = Array.from({ length: Math.floor(untilMs / 1_000) + 1 }, (_, i) => i * 1_000);
      expect(long.due(untilMs)).toEqual(seconds.flatMap(at => short.due(at)));
      // What is put afterwards comes up at the next second in both.
      for (const wheel of [long, short]) wheel.put('e', 0);
      const next = untilMs + 1_000;
      expect(long.due(next)).toEqual(short.due(next));
      expect(long.due(500_000)).toEqual(short.due(500_000));
    }),
  );
});
