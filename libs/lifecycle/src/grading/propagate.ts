import { floorNumbers, type GradingInput } from './grading-input';
import { isVertical, type MemberCount, type MemberKind, type VerticalKind } from './member';

/** A floor as it counts: dangerous ones of its own, and those that stand on dangerous ones below. */
export interface CountedFloor {
  readonly no: number;
  readonly counts: Readonly<Partial<Record<MemberKind, MemberCount>>>;
  /** Of the dangerous ones: counted only since what carries them is dangerous. */
  readonly fromBelow: number;
}

/** Position and kind of a vertical member, as one key. */
const placeOf = (kind: VerticalKind, position: string): string => `${kind}\n${position}`;

/**
 * Counts each floor from the bottom up. A vertical member above a dangerous one, or above a dangerous foundation, at the same
 * plan position counts as dangerous on every floor above (applied so in worked reports). It ends where nothing stands at that
 * position (`emptyAt`); a floor never has more dangerous members than members.
 */
export function countFloors(input: GradingInput): CountedFloor[] {
  let below = new Set(
    (input.foundations?.dangerous ?? []).map(({ under, position }) => placeOf(under, position)),
  );
  return floorNumbers(input).map(no => {
    const floor = input.floors.find(each => each.no === no);
    const empty = new Set(floor?.emptyAt ?? []);
    below = new Set([...below].filter(place => !empty.has(place.split('\n')[1]!)));
    const counts: Partial<Record<MemberKind, MemberCount>> = {};
    let fromBelow = 0;
    for (const { kind, total, dangerous, dangerousAt = [] } of floor?.members ?? []) {
      if (!isVertical(kind)) {
        counts[kind] = { total, dangerous };
        continue;
      }
      for (const position of dangerousAt) below.add(placeOf(kind, position));
      const standing = [...below].filter(place => place.startsWith(`${kind}\n`)).length;
      const counted = Math.min(total, standing);
      fromBelow += counted - dangerous;
      counts[kind] = { total, dangerous: counted };
    }
    return { no, counts, fromBelow };
  });
}
