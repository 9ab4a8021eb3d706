export * from './fake-clock';
export * from './memory-journal';
export * from './memory-reading-store';
export * from './services/influxd';
export * from './services/ts-process';
