export * from './building';
export * from './checkup';
export * from './event';
export * from './grading';
export * from './hazard';
export * from './money';
export * from './refusal';
export * from './watch';
