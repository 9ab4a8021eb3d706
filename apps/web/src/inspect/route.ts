import { useSyncExternalStore } from 'react';

/** `/inspect`, `/inspect/outbox`, `/inspect/{check-up}`, `/inspect/{check-up}/{step}`. */
export type InspectRoute =
  | { readonly page: 'tasks' }
  | { readonly page: 'outbox' }
  | { readonly page: 'checkup'; readonly id: string; readonly step: number };

const ROOT = '/inspect';

export function routeOf(path: string): InspectRoute {
  const [first, second] = path.slice(ROOT.length).split('/').filter(Boolean);
  if (first === undefined) return { page: 'tasks' };
  if (first === 'outbox') return { page: 'outbox' };
  const step = /^\d{1,2}$/.test(second ?? '') ? Number(second) : 0;
  return { page: 'checkup', id: decodeURIComponent(first), step };
}

export function addressOf(route: InspectRoute): string {
  switch (route.page) {
    case 'tasks':
      return ROOT;
    case 'outbox':
      return `${ROOT}/outbox`;
    case 'checkup':
      return `${ROOT}/${encodeURIComponent(route.id)}/${route.step}`;
  }
}

const listeners = new Set<() => void>();
const changed = (): void => listeners.forEach(listener => listener());
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', changed);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', changed);
  };
}

/** Steps within a check-up replace the address: Back leaves the check-up, not its last step. */
export function go(route: InspectRoute): void {
  const before = routeOf(location.pathname);
  const isStep = before.page === 'checkup' && route.page === 'checkup' && before.id === route.id;
  if (isStep) history.replaceState(null, '', addressOf(route));
  else history.pushState(null, '', addressOf(route));
  changed();
}

export function useInspectRoute(): InspectRoute {
  return routeOf(useSyncExternalStore(subscribe, () => location.pathname));
}
