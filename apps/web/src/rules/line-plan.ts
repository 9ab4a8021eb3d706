import type { ThresholdLimit } from '@anmai/alarms';
import { severityRank, type Severity } from '@anmai/catalog';

/** Where limits lie on a line from 0 to 1, and which stretch each severity takes. */
export interface LinePlan {
  readonly marks: readonly { readonly severity: Severity; readonly value: number; readonly at: number }[];
  readonly spans: readonly { readonly severity: Severity; readonly from: number; readonly to: number }[];
}

/** Room beyond the outermost limits, as a share of the line. */
const MARGIN = 0.25;

/** null: nothing to draw. */
export function linePlan(limits: readonly ThresholdLimit[]): LinePlan | null {
  const borders = limits
    .flatMap(({ severity, above, below }) => [
      ...(above === undefined ? [] : [{ severity, value: above, side: 'above' as const }]),
      ...(below === undefined ? [] : [{ severity, value: below, side: 'below' as const }]),
    ])
    .sort((a, b) => a.value - b.value);
  const low = borders[0]?.value;
  const high = borders.at(-1)?.value;
  if (low === undefined || high === undefined) return null;
  const place = (value: number): number =>
    high === low ? 0.5 : MARGIN + ((value - low) / (high - low)) * (1 - 2 * MARGIN);
  const marks = borders.map(({ severity, value }) => ({ severity, value, at: place(value) }));
  // Milder first: the worse one is drawn over it, out to the end of the line.
  const spans = [...borders]
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity))
    .map(({ severity, value, side }) =>
      side === 'above' ? { severity, from: place(value), to: 1 } : { severity, from: 0, to: place(value) },
    );
  return { marks, spans };
}
