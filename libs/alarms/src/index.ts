export * from './alarm';
export * from './backtest/lead-in';
export * from './backtest/replay';
export * from './backtest/spells';
export * from './backtest/trace';
export * from './book';
export * from './clear-readings';
export * from './composite/composite-engine';
export * from './condition';
export * from './default-rules';
export * from './directory';
export * from './fold';
export * from './hold';
export * from './incident';
export * from './kpi';
export * from './life/alarm-lines';
export * from './life/alarm-view';
export * from './life/asset-reach';
export * from './life/chatter';
export * from './life/graph';
export * from './life/inhibition';
export {
  isAside,
  isCalling,
  PLAIN_CONTEXT,
  stateBeneath,
  stateWord,
  type Life,
  type LifeContext,
  type Transition,
} from './life/life';
export * from './life/life-of';
export * from './life/refusals';
export * from './life/service-window';
export * from './life/settings';
export * from './life/shapes';
export * from './monitor';
export * from './registry-change';
export * from './rule';
export * from './scope';
export * from './sensor-snapshot';
export * from './sensor-state';
export * from './sight';
export * from './sensor-track';
export * from './silence';
export * from './snapshot';
export * from './snapshot-store.port';
export * from './watch';
