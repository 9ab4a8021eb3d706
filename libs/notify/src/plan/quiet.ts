import { severityRank, type Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import { holds, spansAround } from './local-day';
import type { Quiet } from './recipient';

/** Quiet hours that follow each other are one; more than this many would be a week without a word. */
const JOINS_MAX = 14;

/**
 * When a message of that severity may disturb the person again; null: now. At the end of one quiet time another may begin.
 */
export function quietUntil(
  quiet: readonly Quiet[],
  severity: Severity,
  at: Millis,
  utcOffsetMs: number,
): Millis | null {
  if (severity === 'red') return null;
  const fitting = quiet.filter(each => severityRank(severity) <= severityRank(each.upTo));
  let until = at;
  for (let i = 0; i < JOINS_MAX; i++) {
    const ends = fitting
      .flatMap(each => spansAround(each.fromMinute, each.toMinute, until, utcOffsetMs))
      .filter(span => holds(span, until))
      .map(span => span.to);
    if (ends.length === 0) break;
    until = Math.max(...ends);
  }
  return until === at ? null : until;
}
