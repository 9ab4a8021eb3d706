import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AccountShape,
  BookingShape,
  EstimateShape,
  MoneyRulesShape,
  MoneySummaryShape,
  Page,
  RequestShape,
} from '@anmai/wire';
import { useCentre } from '../session/centre';

const ROWS = 200;

function useMoney<T>(key: string, path: string, query: Readonly<Record<string, string | number>> = {}) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['money', key],
    queryFn: ({ signal }) => api.get<T>(`/money/${path}`, query, signal),
  });
}

export const useMoneySummary = () => useMoney<MoneySummaryShape>('summary', 'summary');
export const useAccounts = () => useMoney<Page<AccountShape>>('accounts', 'accounts', { limit: ROWS });
export const useBookings = () => useMoney<Page<BookingShape>>('bookings', 'bookings', { limit: ROWS });
export const useRequests = () => useMoney<Page<RequestShape>>('requests', 'requests', { limit: ROWS });
export const useMoneyRules = () => useMoney<MoneyRulesShape>('rules', 'rules');
export const useEstimate = () => useMoney<EstimateShape>('estimate', 'estimate');

/** Writes, and loads all figures of the money anew: balances stand in several places. */
export function useMoneyWrite(done?: () => void) {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: { readonly path: string; readonly body: unknown }) =>
      api.post(`/money/${path}`, body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['money'] });
      done?.();
    },
  });
}
