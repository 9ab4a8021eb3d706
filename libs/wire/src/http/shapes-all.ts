export type * from '../api-shapes';
export type * from './shapes';
