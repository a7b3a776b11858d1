import type { Milestone, ParcelState } from '@crossparcel/trace';
import type { Fault, Instant, Money, Result } from '@crossparcel/units';
import type { CarrierAddress, Shipment } from './shipment.ts';

/** What a carrier's interface can be asked for. */
export const ABILITIES = ['rate', 'buy', 'void', 'track', 'manifest'] as const;
export type Ability = (typeof ABILITIES)[number];

/** What a service asks for a shipment. */
export interface Quote {
  /** The service as `buy` takes it. */
  readonly service: string;
  /** Who carries it, where a gateway speaks for several. */
  readonly via: string;
  readonly cost: Money;
  readonly transitDays?: number;
  /** What the carrier adds, and doubts about the price. */
  readonly notes: readonly string[];
}

/** The quotes for a shipment, cheapest first within a currency, and which services refuse it, in their own words. */
export interface Rates {
  readonly quotes: readonly Quote[];
  readonly refused: readonly { readonly service: string; readonly text: string }[];
}

/** An order to buy a label. The same key never buys twice. */
export interface BuyOrder {
  /** Ours: one for each label that is wanted, for example the parcel's id; 1 to 128 characters. */
  readonly key: string;
  readonly shipment: Shipment;
  readonly service: string;
}

/** A label that was bought. */
export interface Purchase {
  readonly key: string;
  readonly carrier: string;
  /** The carrier's own id of the purchase. */
  readonly id: string;
  readonly service: string;
  readonly via: string;
  /** The number on the label, by which it is tracked. */
  readonly number: string;
  readonly cost: Money;
  /** The account with the carrier that it was charged to, where a gateway has several. */
  readonly account?: string;
  /** Where the label lies, where it does not come with the purchase. */
  readonly labelUrl?: string;
}

/** A label as a printer takes it. */
export interface CarrierLabel {
  readonly format: 'pdf' | 'zpl' | 'png';
  readonly bytes: Uint8Array;
}

/** A purchase with its label. */
export interface Bought {
  readonly purchase: Purchase;
  readonly label: CarrierLabel;
}

/** What became of a void: done, or asked for and still to be decided by the carrier (`said` in its words). */
export interface Voided {
  readonly outcome: 'voided' | 'requested';
  readonly said: string;
}

/** Where something happened, as far as the carrier says. */
export interface TrackPlace {
  readonly city?: string;
  readonly subdivision?: string;
  readonly postcode?: string;
  /** As the carrier writes it: a code of two or three letters, or a name. */
  readonly country?: string;
}

/** One event of a parcel's way as a carrier tells it. */
export interface TrackEvent {
  /** Undefined where the carrier gives no time that can be read. */
  readonly at?: Instant;
  /** Whether the carrier named the offset from UTC; without it the clock of the place was read as UTC. */
  readonly hasOffset: boolean;
  /** What it means; `other` for a status that is not known, which is kept and shown all the same. */
  readonly milestone: Milestone | 'other';
  /** The carrier's status, untouched. */
  readonly status: string;
  readonly text?: string;
  readonly place?: TrackPlace;
}

/** Where a parcel is. `state` follows from the events; `status` is what the carrier says of the whole. */
export interface Track {
  readonly number: string;
  readonly via?: string;
  readonly state: ParcelState;
  readonly status: string;
  /** Oldest first; those without a time at the end. */
  readonly events: readonly TrackEvent[];
}

/** Where and when parcels are handed over. */
export interface Handover {
  readonly from: CarrierAddress;
  readonly at: Instant;
}

/** The list under which parcels are handed over. */
export interface Manifest {
  readonly id: string;
  readonly numbers: readonly string[];
  /** Carriers may take their time to draw it. */
  readonly state: 'ready' | 'pending';
  readonly url?: string;
  readonly document?: CarrierLabel;
  /** A list in plain text, one line a parcel, where the carrier has no form of its own. */
  readonly text?: string;
}

/**
 * A carrier, or a gateway to many. Calls that it does not offer fail with `not-offered`. Other faults: `carrier-refused` (the
 * carrier's words in `data.said`), `carrier-credentials`, `carrier-throttled`, `carrier-silent`, `carrier-failed`,
 * `carrier-unreachable`, `carrier-answer`, and those that each call names. No fault holds a credential.
 */
export interface Carrier {
  readonly id: string;
  readonly abilities: readonly Ability[];
  rate(shipment: Shipment): Promise<Result<Rates, Fault>>;
  /**
   * Buys a label once for each key. Faults: `unknown-service`, `key-reused`, `purchase-under-way`, `purchase-uncertain` (call
   * again with the same key), `label-missing` (bought; call again for the label), `purchase-voided`.
   */
  buy(order: BuyOrder): Promise<Result<Bought, Fault>>;
  /** Gives an unused label back. Fault: `void-refused`. */
  void(purchase: Purchase): Promise<Result<Voided, Fault>>;
  /** `via` is the carrier in the gateway's own code, where the number does not tell. Fault: `unknown-number`. */
  track(number: string, via?: string): Promise<Result<Track, Fault>>;
  manifest(purchases: readonly Purchase[], handover: Handover): Promise<Result<Manifest, Fault>>;
}
