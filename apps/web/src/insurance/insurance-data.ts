import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ClaimShape, DutiesShape, Page, PolicyRowShape, PolicyShape } from '@anmai/wire';
import { useCentre } from '../session/centre';

const ROWS = 200;

function useInsurance<T>(key: readonly string[], path: string, isWanted = true) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['insurance', ...key],
    enabled: isWanted,
    queryFn: ({ signal }) => api.get<T>(`/insurance/${path}`, {}, signal),
  });
}

export const usePolicies = () => useInsurance<Page<PolicyRowShape>>(['policies'], `policies?limit=${ROWS}`);
export const usePolicy = (id: string) =>
  useInsurance<PolicyShape>(['policy', id], `policies/${encodeURIComponent(id)}`);
export const useDuties = (id: string) =>
  useInsurance<DutiesShape>(['duties', id], `policies/${encodeURIComponent(id)}/duties`);
export const useClaims = () => useInsurance<Page<ClaimShape>>(['claims'], `claims?limit=${ROWS}`);

export function useInsuranceWrite(done?: () => void) {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: { readonly path: string; readonly body: unknown }) =>
      api.post(`/insurance/${path}`, body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['insurance'] });
      done?.();
    },
  });
}
