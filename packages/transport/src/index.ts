export * from './capacity/advice.ts';
export * from './capacity/check.ts';
export * from './capacity/model.ts';
export * from './capacity/problem.ts';
export * from './capacity/record.ts';
export * from './events/flight-book.ts';
export * from './events/flight-event.ts';
export * from './events/timetable-events.ts';
export * from './lanes/delivery.ts';
export * from './lanes/departures.ts';
export * from './lanes/lane.ts';
export * from './lanes/last-mile.ts';
export * from './lanes/transit.ts';
export * from './rate-cards/card.ts';
export * from './rate-cards/card-book.ts';
export * from './rate-cards/card-on-trip.ts';
export * from './rate-cards/country-price.ts';
export * from './rate-cards/import/import-card.ts';
export { TABLE_FORMS } from './rate-cards/import/table-columns.ts';
export * from './rate-cards/line-price.ts';
export * from './rate-cards/quote.ts';
export * from './rate-cards/record.ts';
export * from './rate-cards/request.ts';
export * from './rate-cards/stepped-tariff.ts';
export * from './rate-cards/zone-table.ts';
export * from './rate-cards/zones.ts';
export * from './reliability/history.ts';
export * from './reliability/reliability.ts';
export { BookingDesk } from './repair/booked/booking-desk.ts';
export { type Rerouted, reroutedSchema } from './repair/booked/record.ts';
export { type RepairSummary, summaryOf } from './repair/booked/summary.ts';
export {
  compileRepairTerms,
  type RepairTerms,
  type RepairTermsRecord,
  repairTermsSchema,
} from './repair/booked/terms.ts';
export { DelayHistory, type DelayHistoryRecord, delayHistorySchema } from './repair/live/delay-history.ts';
export { LivePolicy, type LiveSettings, liveSettingsSchema } from './repair/live/live-policy.ts';
export { UnknownIdentifier } from './repair/live/live-state.ts';
export { type LiveMessage, type LiveReply, liveMessageSchema } from './repair/live/protocol.ts';
export * from './search/earliest-arrival.ts';
export * from './search/ground.ts';
export * from './search/network.ts';
export * from './search/opening-hours.ts';
export * from './search/pareto.ts';
export * from './search/profile.ts';
export * from './search/risk.ts';
export * from './search/route-request.ts';
export * from './search/router.ts';
export * from './timetable/csv-timetable.ts';
export * from './timetable/departure.ts';
export * from './timetable/departure-table.ts';
export * from './timetable/faults.ts';
export * from './timetable/minute.ts';
export * from './timetable/ssim.ts';
export * from './timetable/terms.ts';
export * from './timetable/timetable.ts';
