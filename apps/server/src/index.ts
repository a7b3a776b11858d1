export { type Connection, connect, connectTo } from './connect.ts';
export { configOf, type HouseConfig } from './house.ts';
export { type LoadProgress, loadSample } from './sample/load-sample.ts';
export { type Listening, type Running, startServer, startWork } from './serve.ts';
