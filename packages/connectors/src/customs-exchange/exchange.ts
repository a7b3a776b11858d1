import type { Fault, Result } from '@crossparcel/units';
import type { Filing } from './filing.ts';

/** A message to be lodged: which parcel and message it is of, and its bytes. */
export interface Lodging {
  /** The message, for example `h7`. */
  readonly message: string;
  /** Id of the consignment. */
  readonly consignment: string;
  readonly extension: string;
  readonly content: Uint8Array;
  /** The day on which it is declared, `YYYY-MM-DD`. */
  readonly day: string;
}

/** What became of a lodging. The same bytes are lodged once: a second time they are `already-lodged`. */
export interface Lodged {
  readonly id: string;
  readonly outcome: 'lodged' | 'already-lodged' | 'amendment-lodged';
  /** The version that this one replaces. */
  readonly amends?: string;
}

/** A filing with what it is of. */
export interface FiledMessage extends Filing {
  readonly message: string;
  readonly consignment: string;
  readonly version: number;
  readonly day: string;
  readonly amends?: string;
}

/** What there is to say about an exchange: all filings, and what could not be matched or read. */
export interface ExchangeStatus {
  readonly filings: readonly FiledMessage[];
  /** Answers to messages that were not lodged here. */
  readonly unmatched: readonly { readonly file: string; readonly id: string }[];
  readonly unreadable: readonly { readonly file: string; readonly why: string }[];
}

/** A way to customs, a broker or a post: a folder, or an interface of theirs. */
export interface CustomsExchange {
  /** Lodges a message. Fails with `answer-awaited` when another version is under way. */
  lodge(lodging: Lodging): Promise<Result<Lodged, Fault>>;
  /** Fetches what the other side said since, and tells where everything stands. */
  poll(): Promise<ExchangeStatus>;
}
