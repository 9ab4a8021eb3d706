import type { RuleShape } from '@anmai/wire';
import { SHAPES } from '../look/severity-mark';
import { valueText } from '../text/format';
import { useWords } from '../text/language';
import { linePlan } from './line-plan';

const WIDTH = 420;
const LEFT = 16;

/** The limits on a line, each with the side on which it is met. */
export function NumberLine({ condition }: Pick<RuleShape, 'condition'>) {
  const { t } = useWords();
  const plan = linePlan('limits' in condition ? condition.limits : []);
  if (plan === null) return null;
  const x = (share: number): number => LEFT + share * (WIDTH - 2 * LEFT);
  return (
    <svg className="number-line" viewBox={`0 0 ${WIDTH} 64`} role="img" aria-label={t('rule.numberLine')}>
      {plan.spans.map(span => (
        <rect
          key={`${span.severity} ${span.from}`}
          x={x(span.from)}
          y={28}
          width={x(span.to) - x(span.from)}
          height={8}
          fill={`var(--${span.severity})`}
        />
      ))}
      <line x1={x(0)} x2={x(1)} y1={32} y2={32} stroke="var(--quiet)" />
      {plan.marks.map((mark, i) => (
        <g key={`${mark.severity} ${mark.value}`} transform={`translate(${x(mark.at)} 0)`}>
          <line y1={20} y2={40} stroke="var(--text)" />
          <svg x={-7} y={4} width={14} height={14} viewBox="-2 -2 24 24">
            <path d={SHAPES[mark.severity]} fill={`var(--${mark.severity})`} stroke="var(--edge)" />
          </svg>
          <text y={i % 2 === 0 ? 52 : 62} textAnchor="middle" fontSize={11} fill="var(--text)">
            {valueText(mark.value)}
          </text>
        </g>
      ))}
    </svg>
  );
}
