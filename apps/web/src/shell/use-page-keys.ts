import { useEffect, useRef } from 'react';
import { isForPage } from '../alarms/use-alarm-keys';

interface PageKeys {
  readonly onSearch: () => void;
  readonly onHelp: () => void;
  readonly onSound: () => void;
  readonly onEscape: () => void;
}

/** Keys of the whole page; those of the list and of the alarm live with them. */
export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // Escape leaves a field first; only then it closes what is open.
      if (event.key === 'Escape' && !isForPage(event))
        return (document.activeElement as HTMLElement | null)?.blur();
      if (!isForPage(event)) return;
      if (event.key === '/') {
        event.preventDefault();
        latest.current.onSearch();
      }
      if (event.key === '?') latest.current.onHelp();
      if (event.key === 'm' && !event.repeat) latest.current.onSound();
      if (event.key === 'Escape') latest.current.onEscape();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
