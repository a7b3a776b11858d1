export * from './import.ts';
export * from './order.ts';
