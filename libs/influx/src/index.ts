export { INFLUX_ERRORS } from './errors';
export * from './influx-reading-store';
export type { InfluxSettings } from './influx-settings';
