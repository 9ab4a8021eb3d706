import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  ContactsShape,
  MessageShape,
  NotifyOutboxShape,
  NotifyTestShape,
  RotaShape,
  RoutesShape,
  UserShape,
} from '@anmai/wire';
import { useCentre } from '../session/centre';
import { useMe } from '../session/data';
import { mayManageUsers } from '../session/permissions';

const HEAL_MS = 60_000;
const OUTBOX_MS = 10_000;
const OUTBOX_ROWS = 200;
const OUTBOX_KEY = ['notify', 'outbox'] as const;

export type Route = RoutesShape['items'][number];
export type Tier = Route['tiers'][number];
export type Audience = Tier['audiences'][number];
export type Rota = RotaShape['items'][number];
export type Shift = Rota['shifts'][number];
export type MessageState = MessageShape['state'];

/** Messages of one state, or all; with the counts of all. Asked again often: it is about what goes out now. */
export function useOutbox(state: MessageState | 'all') {
  const { api } = useCentre();
  return useQuery({
    queryKey: [...OUTBOX_KEY, state],
    refetchInterval: OUTBOX_MS,
    queryFn: ({ signal }) =>
      api.get<NotifyOutboxShape>(
        '/notify/outbox',
        { limit: OUTBOX_ROWS, state: state === 'all' ? undefined : state },
        signal,
      ),
  });
}

export function useRequeue() {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      api.post<MessageShape>(`/notify/outbox/${encodeURIComponent(id)}/requeue`, {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: OUTBOX_KEY }),
  });
}

export function useSendTest() {
  const { api } = useCentre();
  return useMutation({
    mutationFn: (body: { readonly channel: string; readonly username: string }) =>
      api.post<NotifyTestShape>('/notify/test', body),
  });
}

/** One of the two lists, which are edited as a whole. */
function useNotifyList<T>(name: 'routes' | 'rota') {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['notify', name],
    staleTime: HEAL_MS,
    queryFn: ({ signal }) => api.get<T>(`/notify/${name}`, {}, signal),
  });
}
export const useRoutes = () => useNotifyList<RoutesShape>('routes');
export const useRota = () => useNotifyList<RotaShape>('rota');

interface ListBody {
  readonly version: number;
  readonly items: readonly object[];
  readonly fallback?: string | null;
}

/** The whole list as it is to be, in place of the version that was shown. */
export function useSaveList(name: 'routes' | 'rota') {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...body }: ListBody) => api.edit<object>('PUT', `/notify/${name}`, version, body),
    onSuccess: list => queries.setQueryData(['notify', name], list),
  });
}

export function useContacts(username: string | undefined) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['notify', 'contacts', username],
    enabled: username !== undefined,
    queryFn: ({ signal }) =>
      api.get<ContactsShape>(`/notify/contacts/${encodeURIComponent(username ?? '')}`, {}, signal),
  });
}

export type ContactsBody = Pick<ContactsShape, 'language' | 'contacts' | 'quiet'>;

export function useSaveContacts(username: string) {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...body }: ContactsBody & { readonly version: number }) =>
      api.edit<ContactsShape>('PUT', `/notify/contacts/${encodeURIComponent(username)}`, version, body),
    onSuccess: contacts => queries.setQueryData(['notify', 'contacts', username], contacts),
  });
}

/** Accounts to choose from; empty for those who may not see them: they type the name. */
export function useUsers() {
  const { api } = useCentre();
  const role = useMe().data?.role;
  return useQuery({
    queryKey: ['users'],
    enabled: mayManageUsers(role),
    staleTime: HEAL_MS,
    queryFn: ({ signal }) => api.all<UserShape>('/users', {}, signal),
  });
}
