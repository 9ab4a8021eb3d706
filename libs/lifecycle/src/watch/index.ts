export * from './default-items';
export * from './duty';
export * from './may-watch';
export * from './plan';
export * from './report';
