export * from './alarm-schema';
export * from './building-schema';
export * from './incident-schema';
export * from './life-schema';
export * from './notification-schema';
export * from './people-schema';
export * from './registry-schema';
export * from './trail-schema';
