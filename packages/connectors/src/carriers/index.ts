export { CALL_SETTINGS, type Call, type CallSettings } from './caller.ts';
export * from './carrier.ts';
export { type CarrierAccount, carrierAccountsSchema, openCarrier } from './open.ts';
export { FolderPurchaseStore, MemoryPurchaseStore, type PurchaseEntry, type PurchaseStore } from './purchase-store.ts';
export { type NumberRange, RateCardCarrier, type RateCardMeans } from './rate-card/rate-card-carrier.ts';
export type { CarrierSetting } from './setting.ts';
export { type CarrierAddress, type Shipment, type ShippedGoods, shipmentSchema } from './shipment.ts';
export { epcisOf } from './tracking.ts';
