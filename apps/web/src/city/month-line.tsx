import type { CityShape } from '@anmai/wire';

const WIDTH = 120;
const HEIGHT = 24;

/** Twelve months as a small line from 0 to 100 %; months without data are gaps, single ones are dots. */
export function MonthLine({ history }: { readonly history: CityShape['items'][number]['history'] }) {
  const last = history.at(-1);
  if (last === undefined) return null;
  const [year, number] = last.month.split('-').map(Number) as [number, number];
  const placeOf = (month: string): number => {
    const [y, m] = month.split('-').map(Number) as [number, number];
    return WIDTH - 4 - ((year - y) * 12 + number - m) * ((WIDTH - 8) / 11);
  };
  const known = history.filter(each => each.share !== null);
  const y = (share: number): number => HEIGHT - 3 - share * (HEIGHT - 6);
  const runs: (typeof known)[] = [];
  for (const point of known) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    const isNext =
      before !== undefined && placeOf(point.month) - placeOf(before.month) < (WIDTH - 8) / 11 + 1;
    if (run !== undefined && isNext) run.push(point);
    else runs.push([point]);
  }
  return (
    <svg className="month-line" width={WIDTH} height={HEIGHT} aria-hidden="true">
      <line x1={0} x2={WIDTH} y1={y(1)} y2={y(1)} className="edge" />
      <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} className="edge" />
      {runs.map(run => (
        <polyline
          key={run[0]!.month}
          points={run.map(each => `${placeOf(each.month)},${y(each.share!)}`).join(' ')}
        />
      ))}
      {known.map(each => (
        <circle key={each.month} cx={placeOf(each.month)} cy={y(each.share!)} r={1.8} />
      ))}
    </svg>
  );
}
