import type { Severity } from '@anmai/catalog';
import { useWords } from '../text/language';

/** One shape a severity, so that colour is never alone: ◆ red, ▲ orange, ● yellow, ■ blue. In a box of 20 x 20. */
export const SHAPES: Readonly<Record<Severity, string>> = {
  red: 'M10 1 19 10 10 19 1 10Z',
  orange: 'M10 1.5 19 18 1 18Z',
  yellow: 'M10 2a8 8 0 1 0 0 16a8 8 0 1 0 0-16Z',
  blue: 'M3 3h14v14h-14Z',
};
/** Blind and without a severity: a ring. */
export const RING = SHAPES.yellow;

export type Fill = 'solid' | 'hollow' | 'hatched';

interface MarkProps {
  readonly severity: Severity | null;
  readonly fill: Fill;
  readonly size?: number;
  readonly pulsing?: boolean;
  /** The shape without its colour: there is none of this severity. */
  readonly muted?: boolean;
}

const inside = (fill: Fill, colour: string): string =>
  fill === 'solid' ? colour : fill === 'hatched' ? 'url(#hatch)' : 'var(--panel)';

/** The shape of a severity: full, hollow (over) or hatched (blind). */
export function SeverityMark({ severity, fill, size = 18, pulsing = false, muted = false }: MarkProps) {
  const colour = severity && !muted ? `var(--${severity})` : 'var(--quiet)';
  const path = severity ? SHAPES[severity] : RING;
  return (
    <svg
      className={pulsing ? 'mark pulsing' : 'mark'}
      width={size}
      height={size}
      viewBox="-2 -2 24 24"
      aria-hidden="true"
    >
      <path
        d={path}
        fill={inside(fill, colour)}
        stroke="var(--edge)"
        strokeWidth={muted ? 0 : fill === 'solid' ? 1.5 : 4.5}
      />
      {fill !== 'solid' && (
        <path
          d={path}
          fill="none"
          stroke={colour}
          strokeWidth={2.5}
          strokeDasharray={severity ? undefined : '3 2'}
        />
      )}
    </svg>
  );
}

/** Once a page: the hatch that all marks share. */
export function HatchDefinition() {
  return (
    <svg width="0" height="0" className="hidden-defs" aria-hidden="true">
      <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" fill="var(--panel)" />
        <rect width="2" height="5" fill="var(--quiet)" />
      </pattern>
    </svg>
  );
}

/** The word of a severity on its colour. */
export function SeverityWord({ severity, fill }: { readonly severity: Severity; readonly fill: Fill }) {
  const { t } = useWords();
  return <span className={`severity-word ${severity} ${fill}`}>{t(`severity.${severity}`)}</span>;
}
