export * from './claims';
export * from './errors';
export * from './patrols';
export * from './policy';
