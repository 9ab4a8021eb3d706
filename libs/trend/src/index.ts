export * from './feature';
export * from './baseline/baseline-feature';
export * from './night-flow/night-flow-feature';
export * from './companion/companion-feature';
