import { useSyncExternalStore } from 'react';

/** Below: a thumb's page, the list alone. */
export const NARROW = '(max-width: 767px)';
/** At least: list, map and detail side by side; below, the detail lies over the map. */
export const WIDE = '(min-width: 1600px)';
export const STILL = '(prefers-reduced-motion: reduce)';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    listener => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
  );
}
