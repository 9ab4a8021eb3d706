import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CheckupDemandShape,
  DutyRoundShape,
  Page,
  UnwatchedShape,
  WatchPlanShape,
  WatchReportShape,
} from '@anmai/wire';
import { problemOf } from '../session/api-problem';
import { useCentre } from '../session/centre';

/** A red alarm starts a duty list by itself: the page has to see it soon. */
const LOOK_MS = 5_000;

export function usePlans(state: 'open' | 'ended' | 'all', buildingId?: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['watch', 'plans', state, buildingId],
    refetchInterval: LOOK_MS,
    queryFn: async ({ signal }) =>
      (await api.get<Page<WatchPlanShape>>('/watch-plans', { state, buildingId, limit: 500 }, signal)).items,
  });
}

export function useUnwatched() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['watch', 'unwatched'],
    refetchInterval: LOOK_MS,
    queryFn: async ({ signal }) =>
      (await api.get<UnwatchedShape>('/watch-plans/unwatched', {}, signal)).items,
  });
}

export function useDutyRounds() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['watch', 'duty'],
    refetchInterval: LOOK_MS,
    queryFn: async ({ signal }) =>
      (await api.get<{ items: DutyRoundShape[] }>('/duty-rounds', {}, signal)).items,
  });
}

export function useDemands(buildingId?: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['watch', 'demands', buildingId],
    refetchInterval: LOOK_MS,
    queryFn: async ({ signal }) =>
      (await api.get<{ items: CheckupDemandShape[] }>('/checkup-demands', { buildingId }, signal)).items,
  });
}

export function useWatchReport(planId: string, month: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['watch', 'report', planId, month],
    queryFn: ({ signal }) =>
      api.get<WatchReportShape>(`/watch-plans/${encodeURIComponent(planId)}/report`, { month }, signal),
  });
}

function useForgetWatch(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['watch'] });
    await queries.invalidateQueries({ queryKey: ['building'] });
  };
}

export function useStartPlan() {
  const { api } = useCentre();
  const forget = useForgetWatch();
  return useMutation({
    mutationFn: (buildingId: string) => api.post<WatchPlanShape>('/watch-plans', { buildingId }),
    onSuccess: forget,
  });
}

export type WatchEdit = Pick<
  WatchPlanShape,
  'items' | 'duty' | 'measures' | 'patrolEveryDays' | 'confirmMinutes' | 'checkupFrom'
>;

export function useEditPlan(plan: WatchPlanShape) {
  const { api } = useCentre();
  const forget = useForgetWatch();
  return useMutation({
    mutationFn: (edit: WatchEdit) =>
      api.edit<WatchPlanShape>('PUT', `/watch-plans/${encodeURIComponent(plan.id)}`, plan.version, edit),
    onSuccess: forget,
  });
}

export function useEndPlan(id: string) {
  const { api } = useCentre();
  const forget = useForgetWatch();
  return useMutation({
    mutationFn: () => api.post<WatchPlanShape>(`/watch-plans/${encodeURIComponent(id)}/end`, {}),
    onSuccess: forget,
  });
}

export function useDutyAct(roundId: string) {
  const { api } = useCentre();
  const forget = useForgetWatch();
  return useMutation({
    mutationFn: ({ act, body }: { readonly act: 'calls' | 'stand-down'; readonly body: object }) =>
      api.post<DutyRoundShape>(`/duty-rounds/${encodeURIComponent(roundId)}/${act}`, body),
    onSuccess: forget,
  });
}

/** The report as PDF, in a tab of its own. */
export function useReportPdf() {
  const { api } = useCentre();
  return useMutation({
    mutationFn: async ({
      buildingId,
      month,
      language,
    }: {
      buildingId: string;
      month: string;
      language: string;
    }) => {
      const query = new URLSearchParams({ month, language }).toString();
      const reply = await api.open(`/reports/watch/${encodeURIComponent(buildingId)}.pdf?${query}`, {});
      if (!reply.ok) throw await problemOf(reply);
      const address = URL.createObjectURL(await reply.blob());
      window.open(address, '_blank', 'noopener');
      return address;
    },
  });
}
