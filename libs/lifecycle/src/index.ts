export * from './event';
export * from './money';
export * from './refusal';
