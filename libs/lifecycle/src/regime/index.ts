export * from './agency';
export * from './calendar-date';
export * from './facts';
export * from './rule-set';
export * from './rule-sets';
