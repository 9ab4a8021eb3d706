import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type {
  AlarmSettingsShape,
  AlarmShape,
  AssetShape,
  DeviceShape,
  HealthShape,
  MeShape,
  Page,
  QuarantineShape,
  RuleShape,
  SensorShape,
  SeriesReply,
} from '@anmai/wire';
import type { AlarmMap } from '../alarms/alarm-book';
import { STATUS_KEY } from '../live/live-hub';
import { trustOf, type Trust } from '../live/trust';
import { PAGE_ROWS } from './api-client';
import { useCentre, useStreamState } from './centre';

/** Lists are live; asking again now and then heals what a bug or a proxy may have swallowed. */
const HEAL_MS = 60_000;
const STATUS_MS = 30_000;
const UNWATCHED_ROWS = 1_000;

export function useMe() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => api.get<MeShape>('/me', {}, signal),
    staleTime: HEAL_MS,
  });
}

/** The alarms known, live. The query tells about the first load and about faults. */
export function useAlarms() {
  const { api, hub } = useCentre();
  const query = useQuery({
    queryKey: ['alarms', 'open'],
    refetchInterval: HEAL_MS,
    queryFn: async ({ signal }) => {
      const begun = hub.book.begin();
      const { items, cut } = await api.all<AlarmShape>('/alarms', { state: 'open' }, signal);
      hub.loaded(begun, items);
      return { count: items.length, cut };
    },
  });
  const alarms: AlarmMap = useSyncExternalStore(hub.book.subscribe, hub.book.snapshot);
  return { alarms, query };
}

/** One alarm: what is known at once, and asked for anew, since it may be closed long ago. */
export function useAlarm(id: string) {
  const { api, hub } = useCentre();
  const alarms = useSyncExternalStore(hub.book.subscribe, hub.book.snapshot);
  const query = useQuery({
    queryKey: ['alarm', id],
    queryFn: async ({ signal }) => {
      const alarm = await api.get<AlarmShape>(`/alarms/${encodeURIComponent(id)}`, {}, signal);
      hub.book.apply(alarm);
      return alarm;
    },
  });
  const known = alarms.get(id);
  // A row of a list that is ahead of what was asked for has no history; it has to be asked for anew.
  const isBare = known?.history.length === 0 && query.isSuccess && !query.isFetching;
  const { refetch } = query;
  useEffect(() => {
    if (isBare) void refetch();
  }, [isBare, refetch]);
  return { alarm: known ?? query.data, query };
}

/** Closed alarms that were raised in the window, newest first; `cut` when there are more than one page. */
export function useClosedAlarms(window: Window) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['alarms', 'closed', window.from, window.to],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { state: 'closed', from: iso(window.from), to: iso(window.to), limit: PAGE_ROWS };
      const page = await api.get<Page<AlarmShape>>('/alarms', query, signal);
      return { items: page.items, cut: page.nextCursor !== null };
    },
  });
}

export type AlarmActionName =
  'acknowledge' | 'comment' | 'shelve' | 'unshelve' | 'assess' | 'close' | 'reset';

interface AlarmNote {
  readonly note: string;
  /** Of shelving. */
  readonly reason?: string;
  readonly until?: string;
  /** Of an assessment. */
  readonly verdict?: string;
  /** Of a close. */
  readonly confirmed?: boolean;
  /** Of an acknowledgement: the newest change that was on the screen. A rise since then stays unacknowledged. */
  readonly seenN?: number | undefined;
}

/** Does something to an alarm. The reply is the alarm as it is now. */
export function useAlarmAction(id: string, action: AlarmActionName) {
  const { api, hub } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ note, seenN, ...rest }: AlarmNote) =>
      api.post<AlarmShape>(`/alarms/${encodeURIComponent(id)}/${action}`, {
        ...rest,
        ...(note === '' ? {} : { note }),
        ...(seenN === undefined ? {} : { seenN }),
      }),
    onSuccess: alarm => {
      hub.book.apply(alarm);
      queries.setQueryData(['alarm', id], alarm);
    },
  });
}

/** What the server allows and asks for; forms that do not know it let the server decide. */
export function useAlarmSettings() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['alarm-settings'],
    staleTime: HEAL_MS,
    queryFn: ({ signal }) => api.get<AlarmSettingsShape>('/alarm-settings', {}, signal),
  });
}

export function useAssets() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['assets'],
    refetchInterval: HEAL_MS,
    queryFn: async ({ signal }) => {
      const watched = await api.all<AssetShape>('/assets', { watched: 'true' }, signal);
      // Of the buildings that nothing watches a city has a hundred thousand: they must not push a gas well off the map.
      const others = await api.get<Page<AssetShape>>(
        '/assets',
        { watched: 'false', limit: UNWATCHED_ROWS },
        signal,
      );
      return { items: [...watched.items, ...others.items], cut: watched.cut };
    },
  });
}

export function useSensors(assetId: string | null) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['sensors', assetId],
    enabled: assetId !== null,
    queryFn: ({ signal }) => api.all<SensorShape>('/sensors', { assetId: assetId ?? undefined }, signal),
  });
}

/** What a device already measures, and where; nothing of a device that nobody registered. */
export function useKnownDevice(id: string | null) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['device', id],
    enabled: id !== null,
    queryFn: async ({ signal }) => {
      const sensors = await api.all<SensorShape>('/sensors', { deviceId: id ?? '' }, signal);
      const assetId = sensors.items[0]?.assetId ?? null;
      return { assetId, channels: sensors.items.map(sensor => sensor.channel) };
    },
  });
}

export function useSensor(id: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['sensor', id],
    queryFn: ({ signal }) => api.get<SensorShape>(`/sensors/${encodeURIComponent(id)}`, {}, signal),
  });
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

export function useSeries(sensorId: string, name: string, window: Window | null, points: number) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['series', sensorId, name, window?.from, window?.to, points],
    enabled: window !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.get<SeriesReply>(
        `/sensors/${encodeURIComponent(sensorId)}/series`,
        { from: iso(window?.from), to: iso(window?.to), points },
        signal,
      ),
  });
}

const iso = (at: number | undefined): string => new Date(at ?? 0).toISOString();

export function useRules() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['rules'],
    staleTime: HEAL_MS,
    queryFn: ({ signal }) => api.all<RuleShape>('/rules', {}, signal),
  });
}

export function useDevices() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['devices'],
    refetchInterval: HEAL_MS,
    queryFn: ({ signal }) => api.all<DeviceShape>('/devices', {}, signal),
  });
}

export function useQuarantine() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['quarantine'],
    refetchInterval: HEAL_MS,
    queryFn: ({ signal }) =>
      api.get<Page<QuarantineShape>>('/quarantine', { limit: 200, adopted: 'false' }, signal),
  });
}

export function useHealth() {
  const { api } = useCentre();
  return useQuery({
    queryKey: STATUS_KEY,
    refetchInterval: STATUS_MS,
    queryFn: ({ signal }) => api.get<HealthShape>('/status', {}, signal),
  });
}

export function useTrust(): Trust {
  return trustOf(useStreamState(), useHealth().data);
}
