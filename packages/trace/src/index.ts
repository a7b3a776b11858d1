export * from './canonical-json.ts';
export * from './epcis/event.ts';
export * from './epcis/identity.ts';
export * from './epcis/milestone.ts';
export * from './timeline/timeline.ts';
