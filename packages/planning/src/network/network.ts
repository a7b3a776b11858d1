import type { DiscreteDistribution } from '@crossparcel/numerics';
import type { Lane, LastMile } from '@crossparcel/transport';
import type {
  CountryCode,
  CurrencyCode,
  DayNumber,
  ExchangeRates,
  Identifier,
  Nanos,
  Ratio,
  TimeZone,
  WorkingCalendar,
} from '@crossparcel/units';
import type { HandlingBook, Packer } from '@crossparcel/warehouse';

/** A way by which stock is brought to a facility in bulk. */
export interface Replenishment {
  readonly id: Identifier;
  readonly perKg: Nanos;
  readonly perM3: Nanos;
  /** Cubic millimetres that are charged as a gram at least; undefined where mass alone counts. */
  readonly mm3PerGram: number | undefined;
  readonly perShipment: Nanos;
  /** Days from order to shelf, where they are told. */
  readonly leadDays: DiscreteDistribution | undefined;
}

/** A place that packs and sends: a hub where every SKU can be had, or a warehouse abroad that holds stock. */
export interface Facility {
  readonly id: Identifier;
  readonly kind: 'origin' | 'stock';
  readonly country: CountryCode;
  readonly zone: TimeZone;
  readonly calendar: WorkingCalendar;
  /** Minutes after local midnight until which an order leaves the same day. */
  readonly cutoffMinutes: number;
  readonly ordersPerDay: number;
  readonly packer: Packer;
  readonly handling: { readonly perOrder: Nanos; readonly perUnit: Nanos; readonly perParcel: Nanos };
  readonly storagePerLitreDay: Nanos;
  /** Countries that a warehouse abroad may send to. */
  readonly serves: ReadonlySet<CountryCode>;
  readonly lastMiles: readonly LastMile[];
  /** The ways by which stock is brought here. */
  readonly replenishments: readonly Replenishment[];
  /** Freight of a unit into this stock, by the slow mode. */
  readonly inbound: { readonly perKg: Nanos; readonly perM3: Nanos } | undefined;
}

/** What the operator promises, and what breaking the promise costs. */
export interface ServicePromise {
  readonly promiseDays: ReadonlyMap<CountryCode, number>;
  readonly late: { readonly once: Nanos; readonly perDay: Nanos; readonly maximum: Nanos };
  readonly held: { readonly shareOfValue: Ratio; readonly minimum: Nanos };
}

/** The operator's network, compiled: everything in the plan's currency. */
export interface Network {
  readonly currency: CurrencyCode;
  readonly rates: ExchangeRates;
  /** How goods must be treated in packing. */
  readonly handling: HandlingBook;
  readonly facilities: ReadonlyMap<Identifier, Facility>;
  /** In the order of the file. */
  readonly lanes: readonly Lane[];
  readonly seasonFrom: DayNumber | undefined;
  readonly service: ServicePromise;
  readonly importValueShare: Ratio;
  readonly lostParcelValueShare: Ratio;
  /** What stock costs beside freight and storage: capital a year and write-down of what is left, as shares of its value. */
  readonly stockValuation: {
    readonly capitalPerYear: Ratio;
    readonly writeDown: Ratio;
    readonly skusPerShipment: number;
  };
}
