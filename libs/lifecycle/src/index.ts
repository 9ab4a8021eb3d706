export * from './building';
export * from './event';
