import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { CheckupForm } from '@anmai/lifecycle';
import type {
  AgenciesShape,
  CheckupDetailShape,
  CheckupShape,
  DueCountsShape,
  DueListShape,
  NewRoundShape,
  Page,
  PlanShape,
  RoundsShape,
} from '@anmai/wire';
import { useCentre } from '../session/centre';

const LIST_ROWS = 50;
const HEAL_MS = 30_000;

export interface DueFilterState {
  readonly state: string;
  readonly district: string;
  readonly street: string;
}
export const NO_DUE_FILTER: DueFilterState = { state: '', district: '', street: '' };
const given = (filter: object): Record<string, string> =>
  Object.fromEntries(Object.entries(filter as Record<string, string>).filter(([, value]) => value !== ''));

export function useDue(filter: DueFilterState) {
  const { api } = useCentre();
  const query = given(filter);
  return useInfiniteQuery({
    queryKey: ['checkups', 'due', query],
    placeholderData: keepPreviousData,
    refetchInterval: HEAL_MS,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: DueListShape) => last.nextCursor ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<DueListShape>('/checkups/due', { ...query, limit: LIST_ROWS, cursor: pageParam }, signal),
  });
}

export function useDueCounts() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['checkups', 'due', 'counts'],
    refetchInterval: HEAL_MS,
    queryFn: ({ signal }) => api.get<DueCountsShape>('/checkups/due/counts', {}, signal),
  });
}

export function useCheckups(state: string) {
  const { api } = useCentre();
  return useInfiniteQuery({
    queryKey: ['checkups', 'list', state],
    placeholderData: keepPreviousData,
    refetchInterval: HEAL_MS,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<CheckupShape>) => last.nextCursor ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<CheckupShape>>(
        '/checkups',
        { ...given({ state }), limit: LIST_ROWS, cursor: pageParam },
        signal,
      ),
  });
}

const pathOf = (id: string): string => `/checkups/${encodeURIComponent(id)}`;

export function useCheckup(id: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['checkups', 'one', id],
    queryFn: ({ signal }) => api.get<CheckupDetailShape>(pathOf(id), {}, signal),
  });
}

/** A version of a form never changes. */
export function useForm(form: { readonly id: string; readonly version: number } | null) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['checkups', 'form', form?.id, form?.version],
    enabled: form !== null,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      api.get<CheckupForm>(`/checkups/forms/${form?.id ?? ''}/${form?.version ?? 0}`, {}, signal),
  });
}

export type JudgeStep = 'review' | 'accept' | 'return';

/** The reply is the check-up as it is now; its page asks anew. */
export function useJudge(id: string) {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ step, note }: { readonly step: JudgeStep; readonly note: string }) =>
      api.post<CheckupShape>(
        `${pathOf(id)}/${step}`,
        step === 'return' ? { reason: note } : { note: note === '' ? null : note },
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['checkups'] }),
  });
}

export function useAgencies() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['checkups', 'agencies'],
    queryFn: async ({ signal }) => (await api.get<AgenciesShape>('/checkups/agencies', {}, signal)).items,
  });
}
export function useRounds() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['checkups', 'rounds'],
    refetchInterval: HEAL_MS,
    queryFn: async ({ signal }) => (await api.get<RoundsShape>('/checkups/rounds', {}, signal)).items,
  });
}

export interface RoundFilter {
  readonly year: number;
  readonly monthFrom: number;
  readonly streets: readonly string[];
}
export function usePreview() {
  const { api } = useCentre();
  return useMutation({
    mutationFn: (filter: RoundFilter) => api.post<PlanShape>('/checkups/rounds/preview', filter),
  });
}
export function useMakeRound() {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (round: RoundFilter & { readonly name: string }) =>
      api.post<NewRoundShape>('/checkups/rounds', round),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['checkups'] }),
  });
}

/** Bytes that only a token gives out, as an address for this tab; null: they are not here. */
export function useBlob(path: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['blob', path],
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await api.open(path, { signal });
      return response.ok ? URL.createObjectURL(await response.blob()) : null;
    },
  });
}
