import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  BacktestReply,
  DefaultRuleShape,
  DefaultsTakenShape,
  ExplainReply,
  Page,
  RuleShape,
  RuleVersionShape,
  SensorShape,
} from '@anmai/wire';
import { useCentre } from '../session/centre';
import { chooseRule } from '../shell/route';
import type { Window } from '../session/data';

const path = (id: string): string => `/rules/${encodeURIComponent(id)}`;

/** All versions, newest first. */
export function useVersions(id: string) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['rules', id, 'versions'],
    queryFn: ({ signal }) => api.get<Page<RuleVersionShape>>(`${path(id)}/versions`, {}, signal),
  });
}

/** What a rule says, without what the server keeps of it. */
function bodyOf({ version: _, coverage: __, id, ...body }: RuleShape): object {
  return id === '' ? body : { id, ...body };
}

/** Switches the version that was shown on or off, as a new version. */
export function useSwitch(rule: RuleShape) {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (enabled: boolean) => api.edit<RuleShape>('PATCH', path(rule.id), rule.version, { enabled }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['rules'] }),
  });
}

/** Puts a whole draft in force. It stands on the version that it was made of; version 0: it is a new rule. */
export function usePutInForce() {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (draft: RuleShape) =>
      draft.version === 0
        ? api.post<RuleShape>('/rules', bodyOf(draft))
        : api.edit<RuleShape>('PUT', path(draft.id), draft.version, bodyOf(draft)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['rules'] }),
  });
}

/** Takes a rule out of force. Its versions stay readable, its id is not free again. */
export function useRemoveRule() {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: RuleShape) => api.remove(path(id), version),
    // Away from it first: the new list takes the rule's page out of the picture, and with it what it meant to do.
    onSuccess: () => {
      chooseRule(null);
      return queries.invalidateQueries({ queryKey: ['rules'] });
    },
  });
}

/** Rules that the program brings along. None is in force before somebody takes it over. */
export function useDefaults() {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['rules', 'defaults'],
    queryFn: ({ signal }) => api.get<{ items: readonly DefaultRuleShape[] }>('/rules/defaults', {}, signal),
  });
}

export function useTakeDefaults() {
  const { api } = useCentre();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) => api.post<DefaultsTakenShape>('/rules/defaults', { ids }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['rules'] }),
  });
}

export interface BacktestAsk {
  readonly rule: RuleShape;
  readonly sensorIds: readonly string[];
  readonly window: Window;
}

export function useBacktest() {
  const { api } = useCentre();
  return useMutation({
    mutationFn: ({ rule, sensorIds, window }: BacktestAsk) =>
      api.post<BacktestReply>('/rules/backtest', {
        rule: bodyOf(rule),
        ...(sensorIds.length === 0 ? {} : { sensorIds }),
        from: new Date(window.from).toISOString(),
        to: new Date(window.to).toISOString(),
      }),
  });
}

/** Sensors to choose from: of the quantity that the rule is about. */
export function useCandidates(quantity: string | undefined) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['sensors', 'quantity', quantity],
    queryFn: ({ signal }) => api.all<SensorShape>('/sensors', { quantity }, signal),
  });
}

export function useExplanation(alarmId: string, isAsked: boolean) {
  const { api } = useCentre();
  return useQuery({
    queryKey: ['explain', alarmId],
    enabled: isAsked,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      api.get<ExplainReply>(`/alarms/${encodeURIComponent(alarmId)}/explain`, {}, signal),
  });
}
