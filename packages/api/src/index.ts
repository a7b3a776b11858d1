export * from './client.ts';
export * from './fields.ts';
export * from './openapi.ts';
export * from './route.ts';
export * from './routes.ts';
export * from './schemas.ts';
export * from './scope.ts';
