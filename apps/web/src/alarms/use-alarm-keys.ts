import { useEffect, useRef } from 'react';

interface Keys {
  readonly ids: readonly string[];
  readonly selectedId: string | null;
  readonly onChoose: (id: string) => void;
  readonly onTop: () => void;
}

const INPUTS = 'input, textarea, select, [contenteditable], .ant-select-dropdown';

/** Is the key meant for the page, and not for a field that is being written in? */
export const isForPage = (event: KeyboardEvent): boolean =>
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !(event.target instanceof Element && event.target.closest(INPUTS) !== null);

/** The id that is `step` rows away; from nothing the first, and never past the ends. */
export function neighbour(
  ids: readonly string[],
  selectedId: string | null,
  step: number,
): string | undefined {
  const index = selectedId === null ? -1 : ids.indexOf(selectedId);
  if (index < 0) return ids[0];
  return ids[Math.min(ids.length - 1, Math.max(0, index + step))];
}

/** j and k walk through the list, g goes to the top. */
export function useAlarmKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isForPage(event)) return;
      const { ids, selectedId, onChoose, onTop } = latest.current;
      const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
      const step = steps[event.key];
      if (event.key === 'g') onTop();
      if (step === undefined) return;
      event.preventDefault();
      const next = neighbour(ids, selectedId, step);
      if (next !== undefined) onChoose(next);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
