export { foldHazard } from './fold';
export { HAZARD_GRAPH } from './graph';
export * from './hazard';
export { countedHazard } from './late';
export * from './may-step';
export * from './statistics';
export * from './terms';
