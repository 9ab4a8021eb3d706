export * from './embedded-broker';
export * from './errors';
export * from './gateway.port';
export * from './limits';
export * from './outside-broker';
export * from './outside-broker.port';
export { mayPublish, maySubscribe, commandTopic, statusTopic, telemetryTopic } from './rights';
export type { TlsSettings } from './listeners';
