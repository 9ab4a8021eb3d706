import type { Severity } from '@anmai/catalog';
import type { ExplainReply } from '@anmai/wire';

type Trace = NonNullable<ExplainReply['trace']>;

/** Reasons why an alarm did not come earlier, each with the instant or the number that it speaks of. */
export type Reason =
  | { readonly kind: 'learning'; readonly until: number }
  | { readonly kind: 'within'; readonly until: number }
  | { readonly kind: 'earlier'; readonly at: number; readonly count: number }
  | { readonly kind: 'blind'; readonly count: number }
  | { readonly kind: 'metAt'; readonly at: number }
  | { readonly kind: 'held'; readonly lastedMs: number };

/** In the order in which they held. `severity`: of the limit that is asked about; the mildest where it has none. */
export function whyNotEarlier(trace: Trace, raisedAt: number, severity: Severity): Reason[] {
  const index = Math.max(0, trace.limits.findIndex(limit => limit.severity === severity));
  const rows = trace.rows.filter(row => Date.parse(row.at) <= raisedAt);
  const out: Reason[] = [];
  const learned = rows.findIndex(row => !row.isLearning && !row.blind);
  const first = rows[Math.max(learned, 0)];
  if (learned > 0 && rows[0]?.isLearning && first) out.push({ kind: 'learning', until: Date.parse(first.at) });
  // What an earlier alarm of the same rule was on for is no run that failed.
  const runs = runsOf(rows.map(row => row.limits[index]?.met === true));
  const last = runs.at(-1);
  const failed = runs.slice(0, -1).filter(run => !rows.slice(run.from, run.to).some(row => row.limits[index]?.on));
  const firstFailed = rows[failed[0]?.from ?? -1];
  if (firstFailed) out.push({ kind: 'earlier', at: Date.parse(firstFailed.at), count: failed.length });
  const metRow = last && rows[last.from];
  if (!metRow) return out;
  const blind = rows.slice(Math.max(0, last.from - 12), last.from).filter(row => row.blind).length;
  if (blind > 0) out.push({ kind: 'blind', count: blind });
  const metAt = Date.parse(metRow.at);
  if (runs.length === 1 && last.from > 0 && !rows[last.from - 1]?.isLearning) out.push({ kind: 'within', until: metAt });
  out.push({ kind: 'metAt', at: metAt });
  if (raisedAt > metAt) out.push({ kind: 'held', lastedMs: raisedAt - metAt });
  return out;
} // prettier-ignore

/** Runs of `true`, half-open. */
function runsOf(flags: readonly boolean[]): { readonly from: number; readonly to: number }[] {
  const out: { from: number; to: number }[] = [];
  flags.forEach((flag, i) => {
    if (!flag) return;
    const open = out.at(-1);
    if (open?.to === i) open.to = i + 1;
    else out.push({ from: i, to: i + 1 });
  });
  return out;
}
