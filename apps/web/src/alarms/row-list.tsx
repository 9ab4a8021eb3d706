import { useEffect, useReducer, useRef } from 'react';
import type { AlarmMap } from './alarm-book';
import { NARROW, useMedia } from '../shell/media';
import { useWords } from '../text/language';
import { AlarmRow } from './alarm-row';
import { rowWindow } from './row-window';

/** Heights of `.alarm-row` in centre.css: a finger needs more than a pointer. */
const ROW_PX = 52;
const NARROW_ROW_PX = 60;

interface RowsProps {
  readonly ids: readonly string[];
  readonly alarms: AlarmMap;
  readonly scroller: HTMLElement | null;
  readonly selectedId: string | null;
  readonly entered: readonly string[];
  readonly nowMs: number;
  readonly onChoose: (id: string) => void;
  /** By id: alarms that the row stands for, where it is more than one. */
  readonly runs?: ReadonlyMap<string, readonly unknown[]>;
  /** A list of nothing but closed alarms. */
  readonly closed?: boolean;
}

/** The rows of a list of alarms. The height is that of all rows, whatever is drawn of them. */
export function RowList({
  ids,
  alarms,
  scroller,
  selectedId,
  entered,
  nowMs,
  onChoose,
  runs,
  closed = false,
}: RowsProps) {
  const { t } = useWords();
  const rowPx = useMedia(NARROW) ? NARROW_ROW_PX : ROW_PX;
  const { from, to } = rowWindow(ids.length, rowPx, scroller?.scrollTop ?? 0, scroller?.clientHeight ?? 0);
  useRedrawOnScroll(scroller);
  useSelectedInSight(scroller, selectedId === null ? -1 : ids.indexOf(selectedId), selectedId, rowPx);
  return (
    <ul
      role="listbox"
      aria-label={t('list.title')}
      data-testid="alarm-list"
      data-count={ids.length}
      data-closed={closed || undefined}
      className="alarm-list"
      style={{ paddingTop: from * rowPx, paddingBottom: (ids.length - to) * rowPx }}
    >
      {ids.slice(from, to).map(id => {
        const alarm = alarms.get(id);
        return alarm ? (
          <AlarmRow
            key={id}
            alarm={alarm}
            selected={id === selectedId}
            entered={entered.includes(id)}
            times={runs?.get(id)?.length ?? 1}
            nowMs={nowMs}
            onChoose={onChoose}
          />
        ) : null;
      })}
    </ul>
  );
}

function useRedrawOnScroll(scroller: HTMLElement | null): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!scroller) return;
    const sizes = new ResizeObserver(redraw);
    sizes.observe(scroller);
    scroller.addEventListener('scroll', redraw, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', redraw);
    };
  }, [scroller]);
}

/** Brings the row that was just chosen into sight, drawn or not. Later moves of the list leave the reader alone. */
function useSelectedInSight(
  scroller: HTMLElement | null,
  index: number,
  selectedId: string | null,
  rowPx: number,
): void {
  const place = useRef(0);
  useEffect(() => {
    place.current = index * rowPx;
  });
  const isListed = index >= 0;
  useEffect(() => {
    if (!scroller || !isListed) return;
    const top = place.current;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + rowPx > scroller.scrollTop + scroller.clientHeight)
      scroller.scrollTop = top + rowPx - scroller.clientHeight;
  }, [scroller, selectedId, isListed, rowPx]);
}
