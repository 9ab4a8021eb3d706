export * from './account.schema';
export * from './alarm.schema';
export * from './import.schema';
export * from './paging.schema';
export * from './registry.schema';
export * from './reply.schema';
export * from './rule.schema';
export type * from './shapes';
export * from './text.schema';
