export { DeniedParties } from './denied-parties.ts';
