export { latinOf } from './latin.ts';
