export { type Connection, connect, connectTo } from './connect.ts';
export { configOf, type HouseConfig } from './house.ts';
export { type Listening, type Running, startServer, startWork } from './serve.ts';
