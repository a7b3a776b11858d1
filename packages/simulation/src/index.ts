export * from './flights/replay-departures.ts';
export * from './sample-shop/assumptions.ts';
export type { SampleLine } from './sample-shop/basket.ts';
export { type SampleProduct, sampleCatalogue } from './sample-shop/catalogue.ts';
export { journeyOf, type Sighting, type TravellingParcel } from './sample-shop/journey.ts';
export { type SampleOrder, type SampleShop, sampleShop } from './sample-shop/orders.ts';
export type { SampleDestination, SampleRecipient } from './sample-shop/people/recipient.ts';
export type { SampleStock } from './sample-shop/stock.ts';
