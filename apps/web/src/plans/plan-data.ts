import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InhibitionRule, LifeSettings } from '@anmai/alarms';
import type { AlarmSettingsShape, InhibitionShape, SensorShape, ServiceWindowShape } from '@anmai/wire';
import { useCentre } from '../session/centre';
import { useMe } from '../session/data';
import { useOrgs } from '../incidents/incident-data';

export type PlanKind = 'inhibitions' | 'service-windows';
const HEAL_MS = 60_000;
const one = (kind: PlanKind, id: string): string => `/${kind}/${encodeURIComponent(id)}`;

function usePlans<T>(kind: PlanKind) {
  const { api } = useCentre();
  return useQuery({
    queryKey: [kind],
    refetchInterval: HEAL_MS,
    queryFn: ({ signal }) => api.all<T>(`/${kind}`, {}, signal),
  });
}
export const useInhibitions = () => usePlans<InhibitionShape>('inhibitions');
export const useServiceWindows = () => usePlans<ServiceWindowShape>('service-windows');

/** What is sent: an instant is text there, and an id only when one was chosen. */
export type WindowBody = Omit<ServiceWindowShape, 'version' | 'id'> & { readonly id?: string };
export type InhibitionBody = Omit<InhibitionRule, 'id'> & { readonly id?: string };

interface Saved<T> {
  readonly body: T;
  /** What is changed; null: a new one. */
  readonly before: { readonly id: string; readonly version: number } | null;
}

/** Creates a plan or changes the version that was shown. */
export function useSavePlan<T extends WindowBody | InhibitionBody>(kind: PlanKind) {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, before }: Saved<T>) =>
      before === null
        ? api.post<{ id: string }>(`/${kind}`, body)
        : api.edit<{ id: string }>('PUT', one(kind, before.id), before.version, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: [kind] }),
  });
}

export function useRemovePlan(kind: PlanKind) {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: { readonly id: string; readonly version: number }) =>
      api.remove(one(kind, id), version),
    onSuccess: () => queries.invalidateQueries({ queryKey: [kind] }),
  });
}

export function useSaveSettings() {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...body }: LifeSettings & { readonly version: number }) =>
      api.edit<AlarmSettingsShape>('PUT', '/alarm-settings', version, body),
    onSuccess: settings => queries.setQueryData(['alarm-settings'], settings),
  });
}

/** All sensors to choose from, asked for once somebody wants to choose. */
export function useAllSensors(isWanted: boolean) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['sensors', 'all'],
    enabled: isWanted,
    staleTime: HEAL_MS,
    queryFn: ({ signal }) => api.all<SensorShape>('/sensors', {}, signal),
  });
}

/** Whether the own organisation is the one of the platform; unknown: the server decides. */
export function useIsPlatformWide(): boolean {
  const me = useMe().data;
  const own = useOrgs().data?.items.find(org => org.id === me?.orgId);
  return own === undefined || own.parentId === null;
}
