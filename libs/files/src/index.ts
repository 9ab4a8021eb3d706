export * from './errors';
export * from './exif';
export * from './file-store.port';
export * from './file-type';
export * from './folder-file-store';
export type { TusCall } from './tus-request';
export * from './uploads';
