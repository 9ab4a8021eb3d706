import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { BuildingFile } from '@anmai/lifecycle';
import type { BuildingShape, BuildingSummaryShape, OrgShape, Page, TimelineEntryShape } from '@anmai/wire';
import type { Query } from '../session/api-client';
import { useCentre } from '../session/centre';

const LIST_ROWS = 50;
const TIMELINE_ROWS = 50;

export interface BuildingFilterState {
  readonly q: string;
  readonly grade: string;
  readonly protection: string;
  readonly use: string;
  readonly structure: string;
  readonly district: string;
  readonly street: string;
  readonly yearTo: number | null;
}
export const NO_BUILDING_FILTER: BuildingFilterState = {
  ...{ q: '', grade: '', protection: '', use: '', structure: '', district: '', street: '', yearTo: null },
};

/** What is asked of the server: nothing of what is not set. */
export const filterQuery = (filter: BuildingFilterState): Query =>
  Object.fromEntries(
    Object.entries(filter)
      .map(([key, value]: [string, string | number | null]) => [
        key,
        typeof value === 'string' ? value.trim() : value,
      ])
      .filter(([, value]) => value !== '' && value !== null),
  ) as Query;

export function useBuildings(filter: BuildingFilterState) {
  const { api } = useCentre();
  const query = filterQuery(filter);
  return useInfiniteQuery({
    queryKey: ['buildings', query],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<BuildingSummaryShape>) => last.nextCursor ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<BuildingSummaryShape>>(
        '/buildings',
        { ...query, limit: LIST_ROWS, cursor: pageParam },
        signal,
      ),
  });
}

const pathOf = (id: string): string => `/buildings/${encodeURIComponent(id)}`;

export function useBuilding(id: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['building', id],
    queryFn: ({ signal }) => api.get<BuildingShape>(pathOf(id), {}, signal),
  });
}

export function useTimeline(id: string, kinds: readonly string[]) {
  const { api } = useCentre();
  const kind = kinds.length === 0 ? undefined : kinds.join(',');
  return useInfiniteQuery({
    queryKey: ['building', id, 'timeline', kind],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<TimelineEntryShape>) => last.nextCursor ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TimelineEntryShape>>(
        `${pathOf(id)}/timeline`,
        { limit: TIMELINE_ROWS, kind, cursor: pageParam },
        signal,
      ),
  });
}

/** Keeps a file: a new one (`version` null), or an edit of the version that was shown. */
export function useSaveBuilding(version: number | null) {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...file }: BuildingFile) =>
      version === null
        ? api.post<BuildingShape>('/buildings', id === '' ? file : { id, ...file })
        : api.edit<BuildingShape>('PUT', pathOf(id), version, file),
    onSuccess: async saved => {
      queries.setQueryData(['building', saved.id], saved);
      await queries.invalidateQueries({ queryKey: ['buildings'] });
      await queries.invalidateQueries({ queryKey: ['building', saved.id, 'timeline'] });
    },
  });
}

export function useOrgs() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['orgs'],
    queryFn: async ({ signal }) => (await api.all<OrgShape>('/orgs', {}, signal)).items,
  });
}
