export type { Convert } from './condition.ts';
export * from './consignment.ts';
export {
  type ConsignmentRequest,
  consignmentOf,
  consignmentSchema,
  landedCostRequestOf,
  registrationSchema,
} from './consignment-record.ts';
export { type Consolidation, Consolidator, declareConsolidation } from './consolidation.ts';
export {
  type AssessedFacts,
  assessedFacts,
  type DeclarationSources,
  type Declared,
  declare,
  writingFor,
} from './declare.ts';
export type { Facts } from './facts.ts';
export {
  isConfirmed,
  type Message,
  type MessageField,
  type MessageNode,
  MessageTable,
  type PlacedField,
  type Writing,
} from './message.ts';
export { MessageBook } from './message-book.ts';
export { type MessageData, messageData, unconfirmedElements } from './message-data.ts';
export { messagePage } from './message-page.ts';
export {
  type ChoiceRecord,
  choicesSchema,
  type MessageRecord,
  messageSchema,
  type RegistrationRule,
  registrationRulesSchema,
} from './message-record.ts';
export type { Registration } from './registration.ts';
export { checkRegistrations, type RegistrationFinding, type RegistrationQuestion } from './registrations.ts';
export { VagueLists, vagueListSchema } from './vague-words.ts';
export { type ViewSources, viewOf } from './view.ts';
