import type { ExplainReply } from '@anmai/wire';
import type { ChartPicture } from '../chart/chart-option';
import type { Point } from '../chart/gaps';
import type { LimitLine } from '../chart/limits-of';

type Trace = NonNullable<ExplainReply['trace']>;

/** The judged value against its limits, as the chart takes it; a row that could not be told is a gap. */
export function explainPicture(
  reply: ExplainReply,
  trace: Trace,
  raisedAt: number,
): Omit<ChartPicture, 'words' | 'unit'> {
  const points = trace.rows.map((row): Point => [Date.parse(row.at), row.derived]);
  const limits = trace.limits.flatMap((limit): LimitLine[] => {
    const common = {
      severity: limit.severity,
      ruleId: reply.rule.id,
      ruleName: reply.rule.name,
      source: reply.rule.source,
    };
    return [
      ...(limit.above === null ? [] : [{ ...common, side: 'above' as const, value: limit.above }]),
      ...(limit.below === null ? [] : [{ ...common, side: 'below' as const, value: limit.below }]),
    ];
  });
  const from = points[0]?.[0] ?? raisedAt;
  const to = points.at(-1)?.[0] ?? raisedAt;
  return {
    points,
    doubtful: trace.rows.flatMap((row): Point[] =>
      row.quality === 3 && row.derived !== null ? [[Date.parse(row.at), row.derived]] : [],
    ),
    limits,
    from,
    to: Math.max(to, from + 1),
    onsetAt: raisedAt,
  };
}
