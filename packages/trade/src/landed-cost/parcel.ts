import type { Confidence, CountryCode, CurrencyCode, DayNumber, Fault } from '@crossparcel/units';
import type { HsCode } from '../hs/hs-code.ts';
import type { Rule } from '../law/book.ts';
import type { TariffChoice } from '../tariff/tariff-table.ts';

/** Some goods of one kind in a parcel, as customs sees them. */
export interface GoodsLine {
  readonly id: string;
  /** Digits of the code; empty when nobody has classified the goods. */
  readonly hs: HsCode;
  readonly quantity: number;
  /** Value of the whole line, before tax and freight. */
  readonly valueMinor: number;
  readonly origin: CountryCode;
  readonly massGrams?: number | undefined;
  readonly description?: string | undefined;
  readonly attributes?: Readonly<Record<string, boolean>> | undefined;
}

/** A parcel that crosses a border, or leaves stock inside one (`channel` `domestic`). */
export interface CustomsParcel {
  readonly market: CountryCode;
  readonly subdivision?: string | undefined;
  /** The day whose law applies, in the market's own calendar. */
  readonly day: DayNumber;
  readonly channel: string;
  /** The kind of entry; the book decides by value when it is left out. */
  readonly entry?: string | undefined;
  readonly importer: string;
  readonly collectedBy?: string | undefined;
  readonly postalMethod: string;
  readonly postalItems: number;
  readonly schemes: readonly string[];
  /** Whether the price charged to the buyer contains the duty. */
  readonly dutyInPrice: boolean;
  readonly currency: CurrencyCode;
  readonly freightMinor: number;
  readonly insuranceMinor: number;
  /** Value of the rest of the same order, when it travels in other parcels: limits see the whole order. */
  readonly sameOrderMinor?: number | undefined;
  /** Value of what else the same consignee gets on that day. */
  readonly sameDayMinor?: number | undefined;
  readonly lines: readonly GoodsLine[];
}

/** One line of a customs bill. */
export interface Charge {
  readonly rule: Rule;
  readonly name: string;
  /** Index of the goods line; undefined when the charge is on the parcel. */
  readonly line: number | undefined;
  readonly baseMinor: number;
  readonly rate: string;
  readonly amountMinor: number;
  readonly confidence: Confidence;
  /** Ids of the records behind it: the rule, a parameter, a tariff line. */
  readonly rows: readonly string[];
}

/** Something a careful reader of the bill wants to know. */
export interface Warning {
  readonly code: string;
  readonly text: string;
  /** The tariff lines among which somebody who knows the goods can choose. */
  readonly choices?: readonly TariffChoice[];
}

/** What is due on a parcel. Amounts are minor units of the parcel's currency; the charges add up to the sums. */
export interface Assessment {
  readonly charges: readonly Charge[];
  readonly dutyMinor: number;
  readonly taxMinor: number;
  readonly feeMinor: number;
  readonly warnings: readonly Warning[];
}

/** Why a parcel cannot be assessed. */
export type AssessmentFault = Fault;
