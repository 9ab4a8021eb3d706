import fc from 'fast-check';
import type { AnswerValue, DraftFields } from './answer';
import { answersOf, conflictsOf, correctedAt, mergeDrafts, viewField, withOffset, writeField } from './merge';

const text = (value: string): AnswerValue => ({ kind: 'text', text: value });

/** Three phones that write fields of their own copy and now and then meet: every state they can come to. */
type Move =
  | {
      readonly kind: 'write';
      readonly phone: number;
      readonly path: string;
      readonly value: string;
      readonly at: number;
    }
  | { readonly kind: 'meet'; readonly from: number; readonly to: number }
  | { readonly kind: 'send'; readonly phone: number; readonly offsetMs: number };
const phone = fc.nat(2);
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    phone,
    path: fc.constantFrom('a', 'b', 'cracks/c1', 'cracks/c1/width'),
    value: fc.constantFrom('x', 'y', 'z'),
    at: fc.nat(9),
  }),
  fc.record({ kind: fc.constant('meet' as const), from: phone, to: phone }),
  fc.record({ kind: fc.constant('send' as const), phone, offsetMs: fc.integer({ min: -5, max: 5 }) }),
);
function play(moves: readonly Move[]): DraftFields[] {
  const drafts: DraftFields[] = [{}, {}, {}];
  const counts = [0, 0, 0];
  for (const each of moves) {
    if (each.kind === 'meet') drafts[each.to] = mergeDrafts(drafts[each.to]!, drafts[each.from]!);
    else if (each.kind === 'send') drafts[each.phone] = withOffset(drafts[each.phone]!, each.offsetMs);
    else {
      const { path, value, at } = each;
      const write = {
        value: text(value),
        at,
        n: counts[each.phone]!++,
        by: 'ines',
        deviceId: `p${each.phone}`,
      };
      const draft = drafts[each.phone]!;
      drafts[each.phone] = { ...draft, [path]: writeField(draft[path], write) };
    }
  }
  return drafts;
}
const drafts = fc.array(move, { maxLength: 40 }).map(play);

describe('merging of drafts', () => {
  it('does not mind the order, the way or the number of times', () => {
    fc.assert(
      fc.property(drafts, ([a, b, c]) => {
        expect(mergeDrafts(a!, b!)).toEqual(mergeDrafts(b!, a!));
        expect(mergeDrafts(mergeDrafts(a!, b!), c!)).toEqual(mergeDrafts(a!, mergeDrafts(b!, c!)));
        expect(mergeDrafts(a!, a!)).toEqual(a!);
        const all = mergeDrafts(mergeDrafts(a!, b!), c!);
        expect(mergeDrafts(all, b!)).toEqual(all);
      }),
    );
  });

  it('loses no value that nobody replaced, and shows each', () => {
    fc.assert(
      fc.property(drafts, ([a, b]) => {
        const merged = mergeDrafts(a!, b!);
        for (const path of Object.keys({ ...a!, ...b! })) {
          const view = viewField(merged[path]!)!;
          const shown = [view.value, ...view.others.map(other => other.value)];
          // Whoever was alone with a field still finds its value.
          if (b![path] === undefined) expect(shown).toContainEqual(viewField(a![path]!)!.value);
        }
      }),
    );
  });

  it('has no conflict left after a write over all that is known', () => {
    fc.assert(
      fc.property(drafts, ([a, b]) => {
        let merged = mergeDrafts(a!, b!);
        for (const path of conflictsOf(merged)) {
          const write = { value: text('settled'), at: 0, n: 1_000, by: 'ines', deviceId: 'p9' };
          merged = { ...merged, [path]: writeField(merged[path], write) };
          expect(answersOf(merged)[path]).toEqual(text('settled'));
        }
        expect(conflictsOf(merged)).toEqual([]);
      }),
    );
  });
});

const write = (deviceId: string, n: number, value: string, at = n) => ({
  deviceId, n, value: text(value), at, by: 'ines',
}); // prettier-ignore

describe('what a field shows', () => {
  it('is the later of two that did not know of each other, with the other beside it', () => {
    const merged = mergeDrafts(
      { a: writeField(undefined, write('p1', 1, 'early', 10)) },
      { a: writeField(undefined, write('p2', 1, 'late', 20)) },
    );
    const view = viewField(merged['a']!)!;
    expect([view.value, view.others.map(each => each.value)]).toEqual([text('late'), [text('early')]]);
    expect(conflictsOf(merged)).toEqual(['a']);
  });

  it('is no conflict where both say the same', () => {
    const merged = mergeDrafts(
      { a: writeField(undefined, write('p1', 1, 'same', 10)) },
      { a: writeField(undefined, write('p2', 1, 'same', 20)) },
    );
    expect(conflictsOf(merged)).toEqual([]);
  });

  it('is what was written over the other, whatever the clocks say', () => {
    const first = writeField(undefined, write('p1', 1, 'old', 9_999_999));
    const second = writeField(first, write('p2', 1, 'new', 1));
    expect(viewField(second)).toMatchObject({ value: text('new'), others: [] });
  });

  it('orders a device by its own count when its clock was set back', () => {
    const first = { a: writeField(undefined, write('p1', 1, 'old', 5_000)) };
    const second = { a: writeField(first['a'], write('p1', 2, 'new', 1_000)) };
    expect(answersOf(mergeDrafts(second, first))).toEqual({ a: text('new') });
  });
});

describe('the clock of a phone', () => {
  it('is set right once: the same write sent again keeps its first correction', () => {
    const sent = { a: writeField(undefined, write('p1', 1, 'x', 1_000)) };
    const stored = withOffset(sent, 500);
    const again = withOffset(mergeDrafts(stored, sent), 900);
    expect(again).toEqual(stored);
    expect(correctedAt(again['a']!['p1']!)).toBe(1_500);
  });

  it('decides which of two unknowing writes is shown', () => {
    // p1's clock is an hour ahead: its write only looks later.
    const a = withOffset({ a: writeField(undefined, write('p1', 1, 'one', 3_600_000)) }, -3_600_000);
    const b = withOffset({ a: writeField(undefined, write('p2', 1, 'two', 1_000)) }, 0);
    expect(viewField(mergeDrafts(a, b)['a']!)!.value).toEqual(text('two'));
  });
});

it('an answer that was taken back is no answer', () => {
  const first = { a: writeField(undefined, write('p1', 1, 'x')) };
  const back = { a: writeField(first['a'], { ...write('p1', 2, ''), value: { kind: 'empty' } }) };
  expect(answersOf(back)).toEqual({});
});
