import type { CountryCode, CurrencyCode, DayNumber } from '@crossparcel/units';
import type { CustomsParcel } from '../landed-cost/parcel.ts';
import type { Registration } from './registration.ts';

/** Why the goods travel, in the words of CN 22 and CN 23. */
export type ConsignmentCategory = 'sale-of-goods' | 'gift' | 'documents' | 'sample' | 'returned-goods' | 'other';

/** Somebody whom customs is told of. */
export interface CustomsParty {
  readonly name: string;
  readonly street?: string | undefined;
  readonly additional?: string | undefined;
  /** Address lines as papers print them, town included; made of the other fields when missing. */
  readonly lines?: readonly string[] | undefined;
  readonly city: string;
  readonly postcode?: string | undefined;
  readonly subdivision?: string | undefined;
  readonly country: CountryCode;
  readonly countryName?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  /** EORI number. */
  readonly eori?: string | undefined;
  /** Tax, VAT or importer number. */
  readonly taxNumber?: string | undefined;
  readonly person: 'natural' | 'legal';
  /** Account with the carrier or the platform. */
  readonly account?: string | undefined;
}

/** What customs is told of a parcel's part in carriage. Airports are IATA codes. */
export interface CustomsTransport {
  readonly flight?: string | undefined;
  readonly carrier?: string | undefined;
  readonly carrierName?: string | undefined;
  readonly departureAirport?: string | undefined;
  readonly arrivalAirport?: string | undefined;
  /** RFC 3339 with offset. */
  readonly departsAt?: string | undefined;
  readonly arrivesAt?: string | undefined;
  /** Countries on the way, first to last. */
  readonly routing?: readonly CountryCode[] | undefined;
  /** Code of the port or customs office where the goods enter, and of the one where they leave. */
  readonly portOfEntry?: string | undefined;
  readonly portOfExit?: string | undefined;
  readonly receptacles?: readonly string[] | undefined;
  /** Where the goods were packed or picked up. */
  readonly packingCity?: string | undefined;
  readonly packingCountry?: CountryCode | undefined;
}

/** The parts in which people stand to a consignment; the agent breaks a forwarder's consolidation at its destination. */
const ROLES = [
  'sender',
  'addressee',
  'importer',
  'declarant',
  'representative',
  'platform',
  'carrier',
  'forwarder',
  'agent',
] as const;
export type Role = (typeof ROLES)[number];

/** Numbers by which goods of one kind are known. */
export interface ProductNumbers {
  /** The seller's own code. */
  readonly merchant?: string | undefined;
  /** The manufacturer's own code. */
  readonly manufacturer?: string | undefined;
  /** A code of a standard, such as a GTIN. */
  readonly standard?: string | undefined;
}

/** What customs is told of goods of one kind, beside what the landed cost needs. */
export interface ConsignmentLine {
  readonly id: string;
  readonly description: string;
  /** Digits of the code; empty when nobody has classified the goods. */
  readonly hs: string;
  readonly quantity: number;
  readonly valueMinor: number;
  readonly origin: CountryCode;
  /** Net mass of the whole line. */
  readonly netGrams: number;
  readonly products: ProductNumbers;
  /** Further tariff numbers, such as those of chapters 98 and 99 of the US schedule. */
  readonly furtherCodes: readonly string[];
  readonly certificates: readonly { readonly kind: string; readonly number: string }[];
  /** Codes of a country's forms that only the declarant knows, by name. */
  readonly codes: Readonly<Record<string, string>>;
}

/** References of other papers and messages. */
export interface ConsignmentReferences {
  readonly order?: string | undefined;
  readonly invoice?: string | undefined;
  readonly localReference?: string | undefined;
  readonly uniqueReference?: string | undefined;
  readonly previousDocument?: string | undefined;
  readonly houseWaybill?: string | undefined;
  readonly masterWaybill?: string | undefined;
  readonly entryNumber?: string | undefined;
  readonly filerCode?: string | undefined;
  readonly licence?: string | undefined;
  readonly certificate?: string | undefined;
  readonly payment?: string | undefined;
  readonly stockOrder?: string | undefined;
}

/**
 * The one data set that every declaration of a parcel is made from: the parcel as the landed cost takes it, with who,
 * how and by which numbers. Amounts are minor units of one currency, masses grams.
 */
export interface Consignment {
  readonly id: string;
  /** Number on the parcel: an S10 identifier for mail. */
  readonly number: string;
  /** What the landed cost of the same parcel is computed from. */
  readonly parcel: CustomsParcel;
  readonly currency: CurrencyCode;
  /** The country from which the parcel is sent. */
  readonly despatchCountry: CountryCode;
  readonly day: DayNumber;
  readonly postingDay: DayNumber;
  readonly category: ConsignmentCategory;
  readonly explanation?: string | undefined;
  readonly comments?: string | undefined;
  readonly parties: { readonly [role in Role]?: CustomsParty | undefined } & {
    readonly sender: CustomsParty;
    readonly addressee: CustomsParty;
  };
  readonly lines: readonly ConsignmentLine[];
  readonly grossGrams: number;
  readonly packages: number;
  readonly postageMinor?: number | undefined;
  readonly incoterm?: string | undefined;
  readonly incotermPlace?: string | undefined;
  readonly references: ConsignmentReferences;
  readonly transport: CustomsTransport;
  readonly registrations: readonly Registration[];
  /** Codes of a country's forms that only the declarant knows, by name. */
  readonly codes: Readonly<Record<string, string>>;
}
