export { type Clearance, Clearances, clearanceSchema } from './clearance.ts';
export { DeniedParties } from './denied-parties.ts';
export { ListFault, type ListPart, type ScreeningList } from './list.ts';
export { ListJoiner } from './lists/join.ts';
export { ListReader } from './lists/recognise.ts';
export { decisionLogLine } from './log-line.ts';
export { type ScreeningMethod, screeningMethodsSchema } from './method.ts';
export {
  type ScreenAnswer,
  type ScreeningDesk,
  type ScreenRequest,
  screenAnswer,
  screenAnswerSchema,
  screenRequestSchema,
} from './record.ts';
