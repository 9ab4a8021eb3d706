import { useSyncExternalStore } from 'react';

/* One line a page: its name and where it is. */
const PATHS = {
  centre: '/',
  kpi: '/kpi',
  quarantine: '/quarantine',
  devices: '/devices',
  rules: '/rules',
  plans: '/plans',
  notify: '/notify',
  buildings: '/buildings',
  checkups: '/checkups',
  hazards: '/hazards',
  watch: '/watch',
  money: '/money',
  insurance: '/insurance',
  city: '/city',
} as const;
export type PageName = keyof typeof PATHS;
/** What the list of the centre shows; incidents where nothing is said. */
export type ListName = 'incidents' | 'alarms';

/** What the address says: which page, and what is chosen on it. So a reload shows the same again. */
export interface Route {
  readonly page: PageName;
  readonly alarmId: string | null;
  readonly assetId: string | null;
  readonly sensorId: string | null;
  readonly incidentId: string | null;
  /** Part of the path: `/rules/{id}`. */
  readonly ruleId: string | null;
  /** Part of the path: `/buildings/{id}`. */
  readonly buildingId: string | null;
  /** Which part of the page is shown, such as a tab; its first where nothing is said. */
  readonly view?: string;
  readonly list?: ListName;
  /** Which part of a page with several: `/plans?tab=settings`. */
  readonly tab?: string | null;
}

export const PAGE_NAMES = Object.keys(PATHS) as readonly PageName[];
export const isPage = (name: string): name is PageName => Object.hasOwn(PATHS, name);

/** Addresses that messages carry: they lead to the thing, chosen in the centre. */
function linkOf(path: string): Route | null {
  const [, what, id] = /^\/(incidents|alarms)\/([^/]+)$/.exec(path) ?? [];
  if (what === undefined || id === undefined) return null;
  const chosen = decodeURIComponent(id);
  return what === 'incidents'
    ? { page: 'centre', ...NOTHING, incidentId: chosen, list: 'incidents' }
    : { page: 'centre', ...NOTHING, alarmId: chosen, list: 'alarms' };
}

export function routeOf(path: string, search: string): Route {
  const link = linkOf(path);
  if (link !== null) return link;
  const query = new URLSearchParams(search);
  const rule = /^\/rules\/([^/]+)$/.exec(path)?.[1];
  const building = /^\/buildings\/([^/]+)$/.exec(path)?.[1];
  const view = query.get('view');
  const named = PAGE_NAMES.find(name => PATHS[name] === path);
  return {
    page: rule !== undefined ? 'rules' : building !== undefined ? 'buildings' : (named ?? 'centre'),
    alarmId: query.get('alarm'),
    assetId: query.get('asset'),
    sensorId: query.get('sensor'),
    incidentId: query.get('incident'),
    ruleId: rule === undefined ? null : decodeURIComponent(rule),
    buildingId: building === undefined ? null : decodeURIComponent(building),
    ...(view === null ? {} : { view }),
    list: query.get('list') === 'alarms' ? 'alarms' : 'incidents',
    tab: query.get('tab'),
  };
}

export function addressOf(route: Route): string {
  const { page, alarmId, assetId, sensorId, incidentId, ruleId, buildingId, list, view, tab } = route;
  const query = new URLSearchParams();
  if (tab !== undefined && tab !== null) query.set('tab', tab);
  if (list === 'alarms' && page === 'centre') query.set('list', list);
  if (incidentId !== null) query.set('incident', incidentId);
  if (alarmId !== null) query.set('alarm', alarmId);
  if (assetId !== null) query.set('asset', assetId);
  if (sensorId !== null) query.set('sensor', sensorId);
  if (view !== undefined) query.set('view', view);
  const text = query.toString();
  const part = ruleId ?? buildingId;
  const path = PATHS[page] + (part === null ? '' : `/${encodeURIComponent(part)}`);
  return path + (text === '' ? '' : `?${text}`);
}

export const NOTHING = {
  alarmId: null,
  assetId: null,
  sensorId: null,
  incidentId: null,
  ruleId: null,
  buildingId: null,
} as const;

const listeners = new Set<() => void>();
let current: Route | null = null;
const read = (): Route => (current ??= arrive());

function arrive(): Route {
  const route = routeOf(location.pathname, location.search);
  // So that the address says what is chosen, also after the next choice and a reload.
  if (linkOf(location.pathname) !== null) history.replaceState(null, '', addressOf(route));
  return route;
}
const changed = (): void => {
  current = null;
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', changed);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', changed);
  };
}

/** Choosing within a page replaces the address, a new page adds one: Back leaves the page, not the last of 50 alarms. */
export function go(route: Route): void {
  const before = read();
  const address = addressOf(route);
  if (addressOf(before) === address) return;
  const isStep = before.page !== route.page || before.buildingId !== route.buildingId;
  if (!isStep) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  changed();
}

/** The list stays what it was, whatever is chosen. */
const choose = (chosen: Partial<Route>): void => {
  const { list } = read();
  go({ page: 'centre', ...NOTHING, ...(list === undefined ? {} : { list }), ...chosen });
};
/** `incidentId`: as part of which it is looked at. */
export const chooseAlarm = (alarmId: string, incidentId: string | null = null): void =>
  choose({ alarmId, incidentId });
export const chooseIncident = (incidentId: string): void => choose({ incidentId });
export const chooseAsset = (assetId: string, sensorId: string | null = null): void =>
  choose({ assetId, sensorId });
export const chooseRule = (ruleId: string | null): void => go({ page: 'rules', ...NOTHING, ruleId });
/** A building and what is shown of it; null: the list. Each is a step that Back undoes. */
export const chooseBuilding = (buildingId: string | null, view?: string): void =>
  go({ page: 'buildings', ...NOTHING, buildingId, ...(view === undefined ? {} : { view }) });
export const chooseNothing = (): void => choose({ page: read().page, tab: read().tab ?? null });
export const showTab = (tab: string): void => go({ ...read(), tab });
export const showList = (list: ListName): void => go({ ...read(), list });

export const useRoute = (): Route => useSyncExternalStore(subscribe, read);
