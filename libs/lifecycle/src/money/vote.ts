import { ok, type Result } from '@anmai/kernel';
import { refuse, type Refusal } from '../refusal';
import { MONEY_ERRORS as E } from './errors';
import type { VoteRule } from './rules';

/** A vote of owners, by area (whole 1/100 m²) and by head. */
export interface OwnersVote {
  readonly areaAll: number;
  readonly areaTakePart: number;
  readonly areaAgree: number;
  readonly ownersAll: number;
  readonly ownersTakePart: number;
  readonly ownersAgree: number;
}

/** Both by area and by head: enough take part, and of these more than the share agrees. Exact, in whole numbers. */
export function checkVote(
  rule: VoteRule,
  vote: OwnersVote | null,
  isEmergency: boolean,
): Result<true, Refusal> {
  if (isEmergency) return ok(true);
  if (vote === null) return refuse(E.voteMissing);
  const counts: readonly (readonly [string, number, number, number])[] = [
    ['by area', vote.areaAll, vote.areaTakePart, vote.areaAgree],
    ['by head', vote.ownersAll, vote.ownersTakePart, vote.ownersAgree],
  ];
  for (const [how, all, takePart, agree] of counts) {
    if (takePart > all || agree > takePart || all <= 0)
      return refuse(E.voteFailed, { why: `${how}: the counts contradict` });
    if (!reaches(takePart, all, rule.takePart)) {
      return refuse(E.voteFailed, { why: `${how}: ${takePart} of ${all} took part` });
    }
    if (!exceeds(agree, takePart, rule.agree)) {
      return refuse(E.voteFailed, { why: `${how}: ${agree} of ${takePart} agreed` });
    }
  }
  return ok(true);
}

const reaches = (part: number, all: number, [num, den]: readonly [number, number]): boolean =>
  BigInt(part) * BigInt(den) >= BigInt(all) * BigInt(num);
const exceeds = (part: number, all: number, [num, den]: readonly [number, number]): boolean =>
  BigInt(part) * BigInt(den) > BigInt(all) * BigInt(num);
