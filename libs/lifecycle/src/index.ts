export * from './event';
export * from './insurance';
export * from './money';
export * from './refusal';
