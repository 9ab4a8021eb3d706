import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { StepBody } from '@anmai/wire';
import type { AlarmShape, IncidentDetailShape, IncidentShape, KpiReply, OrgShape, Page } from '@anmai/wire';
import { useCentre } from '../session/centre';
import type { IncidentMap } from './incident-book';

const HEAL_MS = 60_000;
/** Alarms that are unfolded under an incident; the alarm list has all. */
export const UNFOLDED_MAX = 100;

/** Open incidents, live. The query tells about the first load and about faults. */
export function useIncidents() {
  const { api, hub } = useCentre();
  const query = useQuery({
    queryKey: ['incidents', 'open'],
    refetchInterval: HEAL_MS,
    queryFn: async ({ signal }) => {
      const begun = hub.incidents.begin();
      const { items, cut } = await api.all<IncidentShape>('/incidents', { state: 'open' }, signal);
      hub.incidents.loaded(begun, items);
      return { count: items.length, cut };
    },
  });
  const incidents: IncidentMap = useSyncExternalStore(hub.incidents.subscribe, hub.incidents.snapshot);
  return { incidents, query };
}

/** All about one; asked for anew with each change that the stream tells of. */
export function useIncident(id: string) {
  const { api } = useCentre();
  const query = useQuery({
    queryKey: ['incident', id],
    refetchInterval: HEAL_MS,
    queryFn: ({ signal }) => api.get<IncidentDetailShape>(`/incidents/${encodeURIComponent(id)}`, {}, signal),
  });
  return { incident: query.data, query };
}

export function useIncidentAlarms(incidentId: string, changedAt: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['incident-alarms', incidentId, changedAt],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.get<Page<AlarmShape>>('/alarms', { incident: incidentId, limit: UNFOLDED_MAX }, signal),
  });
}

/** Takes a step. The reply is the incident as it is now. */
export function useStep(id: string) {
  const { api, hub } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SentStep) =>
      api.post<IncidentShape>(`/incidents/${encodeURIComponent(id)}/steps`, body),
    onSuccess: incident => {
      hub.incidents.apply(incident);
      void queries.invalidateQueries({ queryKey: ['incident', id] });
    },
  });
}

type Sent<T> = T extends { kind: 'dispatch' }
  ? { kind: 'dispatch'; tasks: readonly { orgId: string; what: string; dueAt: string }[] }
  : T;
/** As it goes over the wire: instants are text there. */
export type SentStep = Sent<StepBody>;

export function useOrgs() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['orgs'],
    staleTime: HEAL_MS,
    queryFn: ({ signal }) => api.all<OrgShape>('/orgs', {}, signal),
  });
}

export function useKpi(days: number) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['kpi', days],
    staleTime: HEAL_MS,
    queryFn: ({ signal }) => {
      const to = Date.now();
      const from = to - days * 86_400_000;
      const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      return api.get<KpiReply>('/kpi/alarms', query, signal);
    },
  });
}
