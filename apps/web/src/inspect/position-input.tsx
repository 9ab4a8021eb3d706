import { cellPath, rowsOf, type FieldPath } from '@anmai/lifecycle';
import { useState, type MouseEvent } from 'react';
import { useWords } from '../text/language';
import { useWriting } from './checkup-context';
import { floorsOf } from './floors';

/** Where on the floor: a touch on the sketch. Other cracks are there as numbers, those of last time hollow. */
export function PositionInput({ path }: { readonly path: FieldPath }) {
  const { t } = useWords();
  const { answers, last, task, write, isLocked } = useWriting();
  const answer = answers[path];
  const mine = answer?.kind === 'position' ? answer : null;
  const floors = floorsOf(task.properties);
  const [floor, setFloor] = useState(mine?.floor ?? floors.find(each => each === '1F') ?? floors[0]!);
  const place = (event: MouseEvent<SVGSVGElement>): void => {
    if (isLocked) return;
    const box = event.currentTarget.getBoundingClientRect();
    const part = (at: number, size: number): number =>
      Math.round(Math.min(1, Math.max(0, at / size)) * 1_000) / 1_000;
    const x = part(event.clientX - box.left, box.width);
    const y = part(event.clientY - box.top, box.height);
    write(path, { kind: 'position', floor, x, y });
  };
  const change = (next: string): void => {
    setFloor(next);
    if (mine !== null && !isLocked) write(path, { ...mine, floor: next });
  };
  const [group = '', row = '', item = ''] = path.split('/');
  const marks = rowsOf(answers, group).flatMap((id, i) => {
    const at = answers[cellPath(group, id, item)];
    return at?.kind === 'position' && at.floor === floor && id !== row
      ? [{ ...at, label: String(i + 1), id }]
      : [];
  });
  const before = last === null ? undefined : last[path];
  return (
    <div className="field-sketch">
      <label className="field-row">
        {t('inspect.floor')}
        <select
          value={floor}
          disabled={isLocked}
          data-testid={`floor-${path}`}
          onChange={event => change(event.target.value)}
        >
          {floors.map(each => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <svg
        viewBox="0 0 300 200"
        data-testid={`sketch-${path}`}
        onClick={place}
        role="img"
        aria-label={t('inspect.sketch')}
      >
        <rect x="1" y="1" width="298" height="198" className="plan" />
        {[60, 120, 180, 240].map(x => (
          <line key={x} x1={x} x2={x} y1="1" y2="199" className="axis" />
        ))}
        {[67, 133].map(y => (
          <line key={y} x1="1" x2="299" y1={y} y2={y} className="axis" />
        ))}
        {before?.kind === 'position' && before.floor === floor && (
          <circle cx={before.x * 300} cy={before.y * 200} r="9" className="before" />
        )}
        {marks.map(mark => (
          <text key={mark.id} x={mark.x * 300} y={mark.y * 200} className="other">
            {mark.label}
          </text>
        ))}
        {mine !== null && mine.floor === floor && (
          <g className="mine">
            <circle cx={mine.x * 300} cy={mine.y * 200} r="7" />
            <path d={`M${mine.x * 300 - 14} ${mine.y * 200}h28M${mine.x * 300} ${mine.y * 200 - 14}v28`} />
          </g>
        )}
      </svg>
      <p className="quiet">{t(mine === null ? 'inspect.touchSketch' : 'inspect.sketchGrid')}</p>
    </div>
  );
}
