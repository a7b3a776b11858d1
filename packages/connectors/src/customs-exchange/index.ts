export * from './exchange.ts';
export * from './filing.ts';
export { FolderExchange } from './folder-exchange.ts';
