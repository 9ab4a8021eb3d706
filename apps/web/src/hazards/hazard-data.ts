import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type {
  AppraisalShape,
  FiledShape,
  GradeFactsShape,
  GradingShape,
  HazardDetailShape,
  HazardShape,
  HazardStatisticsShape,
  Page,
} from '@anmai/wire';
import { useCentre } from '../session/centre';

const LIST_ROWS = 50;
/** Others work on the same hazards; the page looks again by itself. */
const LOOK_MS = 15_000;

export interface HazardFilter {
  readonly state: 'open' | 'overdue' | 'closed' | 'dismissed' | 'all';
  readonly level?: string | undefined;
  readonly buildingId?: string | undefined;
  readonly q?: string | undefined;
}

export function useHazards(filter: HazardFilter) {
  const { api } = useCentre();
  const query = { ...filter, q: filter.q?.trim() === '' ? undefined : filter.q?.trim() };
  return useInfiniteQuery({
    queryKey: ['hazards', query],
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_MS,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<HazardShape>) => last.nextCursor ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<HazardShape>>('/hazards', { ...query, limit: LIST_ROWS, cursor: pageParam }, signal),
  });
}

export function useHazard(id: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['hazard', id],
    refetchInterval: LOOK_MS,
    queryFn: ({ signal }) => api.get<HazardDetailShape>(`/hazards/${encodeURIComponent(id)}`, {}, signal),
  });
}

export function useHazardStatistics() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['hazards', 'statistics'],
    refetchInterval: LOOK_MS,
    queryFn: ({ signal }) => api.get<HazardStatisticsShape>('/hazards/statistics', {}, signal),
  });
}

/** Everything that a step, a report or an appraisal may have changed. */
function useForget(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    for (const key of ['hazards', 'hazard', 'appraisals', 'building', 'buildings', 'watch', 'assets'])
      await queries.invalidateQueries({ queryKey: [key] });
  };
}

export function useHazardStep(id: string) {
  const { api } = useCentre();
  const forget = useForget();
  return useMutation({
    mutationFn: (step: object) =>
      api.post<HazardShape>(`/hazards/${encodeURIComponent(id)}/transition`, step),
    onSuccess: forget,
  });
}

export function useReportHazard() {
  const { api } = useCentre();
  const forget = useForget();
  return useMutation({
    mutationFn: (hazard: object) => api.post<HazardShape>('/hazards', hazard),
    onSuccess: forget,
  });
}

export function useAppraisals(buildingId: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['appraisals', buildingId],
    queryFn: ({ signal }) => api.get<Page<AppraisalShape>>('/appraisals', { buildingId }, signal),
  });
}

export function useGradeFacts(buildingId: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['appraisals', buildingId, 'facts'],
    queryFn: ({ signal }) =>
      api.get<GradeFactsShape>(`/appraisals/facts/${encodeURIComponent(buildingId)}`, {}, signal),
  });
}

export function useFileAppraisal() {
  const { api } = useCentre();
  const forget = useForget();
  return useMutation({
    mutationFn: (appraisal: object) => api.post<FiledShape>('/appraisals', appraisal),
    onSuccess: forget,
  });
}

/** Grades what was counted; nothing is kept. */
export function useCompute() {
  const { api } = useCentre();
  return useMutation({ mutationFn: (input: object) => api.post<GradingShape>('/appraisals/compute', input) });
}
