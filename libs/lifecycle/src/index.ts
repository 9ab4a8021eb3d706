export * from './building';
export * from './event';
export * from './grading';
export * from './hazard';
export * from './money';
export * from './refusal';
export * from './watch';
