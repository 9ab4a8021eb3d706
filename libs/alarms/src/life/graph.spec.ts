import { GRAPH, ISA_LETTER, leadsTo, unreachableFrom, type LifeEvent } from './graph';
import type { StateWord } from './shapes';

type Edge = readonly [from: StateWord, event: LifeEvent, to: StateWord];
const ANY: readonly StateWord[] = ['NORM', 'UNACK', 'ACKED', 'RTNUN'];

/** The table of ISA-18.2 as in lifelines.md 6.1. */
const ISA: readonly Edge[] = [
  ['NORM', 'occur', 'UNACK'],
  ['UNACK', 'acknowledge', 'ACKED'],
  ['UNACK', 'return', 'RTNUN'],
  ['ACKED', 'return', 'NORM'],
  ['RTNUN', 'acknowledge', 'NORM'],
  ['RTNUN', 'occur', 'UNACK'],
  ['ACKED', 'escalate', 'UNACK'],
  ...ANY.map(from => [from, 'shelve', 'SHLVD'] as const),
  ...ANY.map(from => [from, 'suppress', 'DSUPR'] as const),
  ...ANY.map(from => [from, 'outOfService', 'OOSRV'] as const),
  ['SHLVD', 'unshelve', 'NORM'],
  ['SHLVD', 'unshelve', 'UNACK'],
  ['DSUPR', 'unsuppress', 'NORM'],
  ['DSUPR', 'unsuppress', 'UNACK'],
  ['OOSRV', 'inService', 'NORM'],
  ['OOSRV', 'inService', 'UNACK'],
];

const ASIDE: readonly StateWord[] = ['SHLVD', 'DSUPR', 'OOSRV'];
const BACK: readonly LifeEvent[] = ['unshelve', 'shelveExpired', 'unsuppress', 'inService'];
const isLatch = (word: StateWord): boolean => word.startsWith('LATCH');

/** Where we go beyond the table, and why. */
const BEYOND: Readonly<Record<string, (edge: Edge) => boolean>> = {
  'latched alarms stay until reset (OPC UA Part 9, LatchedState)': ([from, , to]) =>
    isLatch(from) || isLatch(to),
  'an alarm goes on living while it is put aside': ([from, , to]) => from === to && ASIDE.includes(from),
  'put aside in several ways at once': ([from, , to]) =>
    ASIDE.includes(from) && ASIDE.includes(to) && from !== to,
  'what returned while it was put aside, unseen, stays to be seen': ([, event, to]) =>
    BACK.includes(event) && to === 'RTNUN',
  'a shelving ends by itself as by hand': ([, event, to]) =>
    event === 'shelveExpired' && ['NORM', 'UNACK'].includes(to),
  'a rise before anybody has seen it is told too': ([from, event, to]) =>
    event === 'escalate' && from === 'UNACK' && to === 'UNACK',
  'unattended for too long (OPC UA Part 9, ReAlarmTime)': ([from, event, to]) =>
    event === 'reAlarm' && from === 'ACKED' && to === 'UNACK',
  'a person closes (design.md, invariant 8)': ([, event, to]) => event === 'close' && to === 'NORM',
};

const edges: Edge[] = Object.entries(GRAPH).flatMap(([from, out]) =>
  Object.entries(out).flatMap(([event, targets]) =>
    targets.map(to => [from as StateWord, event as LifeEvent, to] as const),
  ),
);
const isIsa = (edge: Edge): boolean => ISA.some(isa => isa.every((part, i) => part === edge[i]));

it('leaves no state out of reach, from wherever', () => {
  expect(Object.keys(GRAPH).map(start => [start, unreachableFrom(start as StateWord)])).toEqual(
    Object.keys(ISA_LETTER).map(start => [start, []]),
  );
});

it('has every transition of ISA-18.2', () => {
  expect(ISA.filter(([from, event, to]) => !leadsTo(from, event, to))).toEqual([]);
});

it('goes beyond it for named reasons only, each of them needed', () => {
  const beyond = edges.filter(edge => !isIsa(edge));
  expect(beyond.filter(edge => !Object.values(BEYOND).some(fits => fits(edge)))).toEqual([]);
  expect(Object.entries(BEYOND).filter(([, fits]) => !beyond.some(fits))).toEqual([]);
});

it('brings nothing back as acknowledged, and lets nothing on go to normal by itself', () => {
  const intoAcked = edges.filter(([, , to]) => to === 'ACKED').map(([from, event]) => `${from} ${event}`);
  expect(intoAcked).toEqual(['UNACK acknowledge']);
  const intoNormal = edges.filter(([from, , to]) => to === 'NORM' && !ASIDE.includes(from));
  expect(intoNormal.map(([from, event]) => `${from} ${event}`)).toEqual([
    'NORM close',
    'ACKED return',
    'RTNUN acknowledge',
    'RTNUN close',
    'LATCH_ACKED reset',
  ]);
});
