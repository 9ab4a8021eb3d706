import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BuildingImportShape, DuplicatePairShape, Page } from '@anmai/wire';
import { queryText } from '../session/api-client';
import { problemOf } from '../session/api-problem';
import { useCentre } from '../session/centre';

/** How often a running import is asked how far it is. */
const POLL_MS = 1_000;
export const IMPORT_ROWS_MAX = 200_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const isRunning = ({ state }: BuildingImportShape): boolean =>
  !['done', 'refused', 'failed'].includes(state);

export interface ImportAsk {
  readonly file: File;
  readonly mode: 'all' | 'good';
  readonly orgId: string;
}

export function useStartImport() {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, mode, orgId }: ImportAsk): Promise<BuildingImportShape> => {
      const type = /\.xlsx$/i.test(file.name) ? XLSX : 'text/csv';
      const path = `/buildings/imports${queryText({ mode, orgId, fileName: file.name.slice(0, 200) })}`;
      const response = await api.open(path, {
        method: 'POST',
        headers: { 'Content-Type': type },
        body: file,
      });
      if (!response.ok) throw await problemOf(response);
      return (await response.json()) as BuildingImportShape;
    },
    onSuccess: job => queries.setQueryData(['building-import', job.id], job),
  });
}

/** One import, asked again while it runs. */
export function useImport(id: string | null) {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useQuery<BuildingImportShape>({
    queryKey: ['building-import', id],
    enabled: id !== null,
    refetchInterval: query => (query.state.data && !isRunning(query.state.data) ? false : POLL_MS),
    queryFn: async ({ signal }) => {
      const job = await api.get<BuildingImportShape>(`/buildings/imports/${id}`, {}, signal);
      if (!isRunning(job)) {
        void queries.invalidateQueries({ queryKey: ['buildings'] });
        void queries.invalidateQueries({ queryKey: ['building-imports'] });
      }
      return job;
    },
  });
}

export function usePastImports() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['building-imports'],
    queryFn: ({ signal }) =>
      api.get<{ items: readonly BuildingImportShape[] }>('/buildings/imports', {}, signal),
  });
}

/** The template as a file for the browser to keep. */
export function useTemplate(lang: 'zh' | 'en') {
  const { api } = useCentre();
  return useMutation({
    mutationFn: async (format: 'csv' | 'xlsx'): Promise<void> => {
      const response = await api.open(`/buildings/template${queryText({ format, lang })}`, {});
      if (!response.ok) throw await problemOf(response);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await response.blob());
      link.download = lang === 'zh' ? `房屋档案模板.${format}` : `buildings-template.${format}`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
}

const PAIRS = 100;
export function useDuplicates() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['building-duplicates'],
    queryFn: ({ signal }) =>
      api.get<Page<DuplicatePairShape>>('/buildings/duplicates', { limit: PAIRS }, signal),
  });
}

/** What a person says of a pair; `keptId` null: two buildings. */
export interface Verdict {
  readonly pair: DuplicatePairShape;
  readonly keptId: string | null;
  readonly reason: string;
}
export function useDecide() {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ pair, keptId, reason }: Verdict): Promise<void> => {
      const path =
        keptId === null ? `/buildings/duplicates/${pair.id}/keep-apart` : `/buildings/${keptId}/merge`;
      const otherId = keptId === pair.building.id ? pair.other.id : pair.building.id;
      const response = await api.open(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(keptId === null ? { reason } : { otherId, reason }),
      });
      if (!response.ok) throw await problemOf(response);
    },
    onSuccess: () =>
      Promise.all(
        ['building-duplicates', 'buildings', 'building'].map(key =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
}
