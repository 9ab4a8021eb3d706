import fc from 'fast-check';
import { decimate } from './decimate';
import { isUsable } from './reading';
import type { StoredReading } from './reading-store.port';

const cell = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ value: fc.integer({ min: -50, max: 50 }), quality: fc.constantFrom(1, 2, 3) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ value: fc.integer({ min: -999, max: 999 }), quality: fc.constant(4) }),
  },
  { weight: 2, arbitrary: fc.constant({ value: null, quality: 9 }) },
);
/** Rows with gaps, bad values, runs of equal values and uneven steps in time. */
const rowsArbitrary = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 500 }), cell), { maxLength: 300 })
  .map(cells => {
    let at = 1_000;
    return cells.map(([step, { value, quality }]): StoredReading => {
      at += step;
      return { at, value, quality: quality };
    });
  });

const valuesOf = (rows: readonly StoredReading[], usable: boolean): number[] =>
  rows.flatMap(row => (row.value !== null && isUsable(row.quality) === usable ? [row.value] : []));
const extremesOf = (values: readonly number[]): number[] =>
  values.length === 0 ? [] : [Math.min(...values), Math.max(...values)];
const gapRunsOf = (rows: readonly StoredReading[]): StoredReading[][] => {
  const runs: StoredReading[][] = [];
  rows.forEach((row, index) => {
    if (row.value !== null) return;
    if (index > 0 && rows[index - 1]?.value === null) runs.at(-1)?.push(row);
    else runs.push([row]);
  });
  return runs;
};

it('is exact when the rows fit, and never gives more than asked for', () => {
  fc.assert(
    fc.property(rowsArbitrary, fc.integer({ min: 0, max: 320 }), (rows, points) => {
      const kept = decimate(rows, points);
      if (rows.length <= points) expect(kept).toEqual(rows);
      expect(kept.length).toBeLessThanOrEqual(points);
    }),
  );
});

it('keeps rows of the input, ascending, each once', () => {
  fc.assert(
    fc.property(rowsArbitrary, fc.integer({ min: 0, max: 120 }), (rows, points) => {
      const known = new Set(rows);
      const kept = decimate(rows, points);
      expect(kept.every(row => known.has(row))).toBe(true);
      expect(kept.every((row, index) => index === 0 || (kept[index - 1] as StoredReading).at < row.at)).toBe(
        true,
      );
    }),
  );
});

it('keeps both ends and the extremes of good and of bad values', () => {
  fc.assert(
    fc.property(rowsArbitrary, fc.integer({ min: 6, max: 120 }), (rows, points) => {
      const kept = decimate(rows, points);
      expect([kept[0], kept.at(-1)]).toEqual([rows[0], rows.at(-1)]);
      for (const usable of [true, false]) {
        expect(extremesOf(valuesOf(kept, usable))).toEqual(extremesOf(valuesOf(rows, usable)));
      }
    }),
  );
});

it('keeps a row of every gap while the gaps take at most a quarter of the points', () => {
  fc.assert(
    fc.property(rowsArbitrary, fc.integer({ min: 16, max: 200 }), (rows, points) => {
      const runs = gapRunsOf(rows);
      fc.pre(runs.length <= points / 4);
      const kept = new Set(decimate(rows, points));
      expect(runs.filter(run => !run.some(row => kept.has(row)))).toEqual([]);
    }),
  );
});

it('keeps first, last, lowest and highest of each column of pixels', () => {
  const rows = Array.from({ length: 10_000 }, (_, at): StoredReading => {
    return { at, value: Math.sin(at / 17) * (at % 1_003), quality: 1 };
  });
  const columns = 100;
  // Ends and extremes of the whole are columns' own already, so four rows a column fill the budget exactly.
  const kept = new Set(decimate(rows, columns * 4));
  const widthMs = 9_999 / columns;
  for (let column = 0; column < columns; column += 1) {
    const inside = rows.filter(({ at }) => Math.min(columns - 1, Math.floor(at / widthMs)) === column);
    const values = inside.map(row => row.value as number);
    const needed = [inside[0], inside.at(-1)];
    needed.push(inside[values.indexOf(Math.min(...values))], inside[values.indexOf(Math.max(...values))]);
    expect(needed.every(row => kept.has(row as StoredReading))).toBe(true);
  }
});

it('shows one gap a column when there are more gaps than room', () => {
  const rows = Array.from({ length: 1_000 }, (_, at): StoredReading => {
    return at % 2 === 0 ? { at, value: 1, quality: 1 } : { at, value: null, quality: 9 };
  });
  const kept = decimate(rows, 100);
  expect(kept.length).toBeLessThanOrEqual(100);
  expect(kept.filter(row => row.value === null).length).toBeGreaterThan(10);
});

it.each([
  ['no rows', [], 5, []],
  ['no points', [1], 0, []],
  ['the highest alone for one point', [1, 9, 2], 1, [9]],
  ['highest and lowest for two', [3, 9, 1, 2], 2, [9, 1]],
])('survives %s', (_name, values, points, expected) => {
  const rows = values.map((value, at): StoredReading => ({ at, value, quality: 1 }));
  expect(decimate(rows, points).map(row => row.value)).toEqual(expected);
});
