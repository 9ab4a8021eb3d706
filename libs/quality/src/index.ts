export { checkSeries } from './check-series';
export * from './config';
export { readQualityConfig } from './config-reader';
export * from './errors';
export {
  attenuatedSignalTest,
  type AttenuatedSignalConfig,
  type SpreadMeasure,
} from './qartod/attenuated-signal';
export type { QualityFault } from './qartod/config-fault';
export { densityInversionTest, type DensityInversionConfig } from './qartod/density-inversion';
export { flatLineTest, type FlatLineConfig } from './qartod/flat-line';
export { grossRangeTest, type GrossRangeConfig, type Span } from './qartod/gross-range';
export { rateOfChangeTest, type RateOfChangeConfig } from './qartod/rate-of-change';
export { rollUp } from './qartod/roll-up';
export { spikeTest, type SpikeConfig, type SpikeMethod } from './qartod/spike';
export {
  QualityCheck,
  type QualityFlags,
  type QualityInput,
  type QualityRow,
  type QualityState,
  type QualityStep,
  type QualityTest,
} from './quality-check';
