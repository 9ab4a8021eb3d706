import { useSyncExternalStore } from 'react';

export type PageName = 'centre' | 'kpi' | 'quarantine' | 'devices' | 'rules' | 'buildings';
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
}

const PATHS: Readonly<Record<PageName, string>> = {
  centre: '/',
  kpi: '/kpi',
  quarantine: '/quarantine',
  devices: '/devices',
  rules: '/rules',
  buildings: '/buildings',
};
export const PAGE_NAMES = Object.keys(PATHS) as readonly PageName[];
export const isPage = (name: string): name is PageName => Object.hasOwn(PATHS, name);

export function routeOf(path: string, search: string): Route {
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
  };
}

export function addressOf(route: Route): string {
  const { page, alarmId, assetId, sensorId, incidentId, ruleId, buildingId, list, view } = route;
  const query = new URLSearchParams();
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
const read = (): Route => (current ??= routeOf(location.pathname, location.search));
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
export const chooseNothing = (): void => choose({ page: read().page });
export const showList = (list: ListName): void => go({ ...read(), list });

export const useRoute = (): Route => useSyncExternalStore(subscribe, read);
