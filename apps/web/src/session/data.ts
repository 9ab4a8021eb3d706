import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type {
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
import { useCentre, useStreamState } from './centre';

/** Lists are live; asking again now and then heals what a bug or a proxy may have swallowed. */
const HEAL_MS = 60_000;
const STATUS_MS = 30_000;

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
      hub.book.loaded(begun, items);
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
  return { alarm: alarms.get(id) ?? query.data, query };
}

/** Acknowledges or comments. The reply is the alarm as it is now. */
export function useAlarmAction(id: string, action: 'acknowledge' | 'comment') {
  const { api, hub } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string) =>
      api.post<AlarmShape>(`/alarms/${encodeURIComponent(id)}/${action}`, note === '' ? {} : { note }),
    onSuccess: alarm => {
      hub.book.apply(alarm);
      queries.setQueryData(['alarm', id], alarm);
    },
  });
}

export function useAssets() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['assets'],
    refetchInterval: HEAL_MS,
    queryFn: ({ signal }) => api.all<AssetShape>('/assets', {}, signal),
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
    queryFn: ({ signal }) => api.get<Page<QuarantineShape>>('/quarantine', { limit: 200 }, signal),
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
