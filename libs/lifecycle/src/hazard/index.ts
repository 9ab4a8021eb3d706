export { foldHazard } from './fold';
export { HAZARD_GRAPH } from './graph';
export * from './hazard';
export { counted } from './late';
export * from './may-step';
export * from './statistics';
export * from './terms';
