export { type Holder, holderOf } from './database/folder-lock.ts';
export { configOf, type House, type HouseConfig, openHouse } from './house.ts';
export { type Listening, type Running, startServer, startWork } from './serve.ts';
