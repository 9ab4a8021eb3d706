import type { StateWord } from './shapes';

export type LifeEvent =
  | 'occur'
  | 'return'
  | 'escalate'
  | 'acknowledge'
  | 'reAlarm'
  | 'reset'
  | 'close'
  | 'shelve'
  | 'unshelve'
  | 'shelveExpired'
  | 'suppress'
  | 'unsuppress'
  | 'outOfService'
  | 'inService';

/** Letters of the ISA-18.2 state diagram; the latched variants have none of their own there. */
export const ISA_LETTER: Readonly<Record<StateWord, string | null>> = {
  NORM: 'A',
  UNACK: 'B',
  ACKED: 'C',
  RTNUN: 'D',
  LATCH_UNACK: null,
  LATCH_ACKED: null,
  SHLVD: 'E',
  DSUPR: 'F',
  OOSRV: 'G',
};

export type Edges = Partial<Readonly<Record<LifeEvent, readonly StateWord[]>>>;

/** From any state that is shown, an alarm can be put aside. */
const ASIDE = { shelve: ['SHLVD'], suppress: ['DSUPR'], outOfService: ['OOSRV'] } as const satisfies Edges;

/** Back among those that are shown. Never ACKED: what is still on calls again. */
const SHOWN = ['NORM', 'UNACK', 'RTNUN', 'LATCH_UNACK', 'LATCH_ACKED'] as const;

/** An alarm goes on living while it is put aside; it only does not call. */
const lives = (word: StateWord): Edges => ({
  occur: [word],
  return: [word],
  escalate: [word],
  acknowledge: [word],
  reset: [word],
  close: [word],
  shelve: [word],
  unshelve: [word],
  shelveExpired: [word],
  suppress: [word],
  unsuppress: [word],
});

/**
 * Which event leads where. A state that is put aside in several ways shows the strongest: out of service, then
 * suppressed, then shelved. Source: the transition table of ISA-18.2 as in lifelines.md 6.1; what goes beyond it is
 * named with its reason in the spec beside.
 */
export const GRAPH: Readonly<Record<StateWord, Edges>> = {
  NORM: { ...ASIDE, occur: ['UNACK'], close: ['NORM'] },
  UNACK: { ...ASIDE, acknowledge: ['ACKED'], return: ['RTNUN', 'LATCH_UNACK'], escalate: ['UNACK'] },
  ACKED: { ...ASIDE, return: ['NORM', 'LATCH_ACKED'], escalate: ['UNACK'], reAlarm: ['UNACK'] },
  RTNUN: { ...ASIDE, acknowledge: ['NORM'], occur: ['UNACK'], close: ['NORM'] },
  LATCH_UNACK: { ...ASIDE, acknowledge: ['LATCH_ACKED'], occur: ['UNACK'] },
  LATCH_ACKED: { ...ASIDE, reset: ['NORM'], occur: ['UNACK'] },
  SHLVD: {
    ...lives('SHLVD'),
    unshelve: SHOWN,
    shelveExpired: SHOWN,
    suppress: ['DSUPR'],
    unsuppress: [],
    outOfService: ['OOSRV'],
  },
  DSUPR: { ...lives('DSUPR'), suppress: [], unsuppress: [...SHOWN, 'SHLVD'], outOfService: ['OOSRV'] },
  OOSRV: { ...lives('OOSRV'), inService: [...SHOWN, 'SHLVD', 'DSUPR'] },
};

export const leadsTo = (from: StateWord, event: LifeEvent, to: StateWord): boolean =>
  GRAPH[from][event]?.includes(to) ?? false;

/** States that no sequence of events reaches from `start`. */
export function unreachableFrom(start: StateWord): StateWord[] {
  const reached = new Set<StateWord>([start]);
  for (const word of reached) {
    for (const targets of Object.values(GRAPH[word])) for (const target of targets) reached.add(target);
  }
  return (Object.keys(GRAPH) as StateWord[]).filter(word => !reached.has(word));
}
