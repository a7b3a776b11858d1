import type { Fonts, LabelBook, ParcelNumber, Party } from '@crossparcel/documents';
import type { CardBook, RateAnswer, RateRequest } from '@crossparcel/transport';
import {
  type Fault,
  fail,
  formatInstant,
  type Instant,
  type Money,
  ok,
  parseMinor,
  type Result,
} from '@crossparcel/units';
import { Buyer, type BuyingSteps, type Committed } from '../buyer.ts';
import type {
  Bought,
  BuyOrder,
  Carrier,
  CarrierLabel,
  Manifest,
  Purchase,
  Quote,
  Rates,
  Track,
  TrackEvent,
  Voided,
} from '../carrier.ts';
import { notOffered, unknownNumber, unknownService, voidRefused } from '../faults.ts';
import type { PurchaseStore } from '../purchase-store.ts';
import type { CarrierAddress, Shipment } from '../shipment.ts';
import { oldestFirst, stateOf } from '../tracking.ts';

/** Where numbers come from, for example a range that a post has assigned. */
export interface NumberRange {
  /** A number for a key: always the same one, however often it is asked for. */
  take(key: string): Promise<Result<ParcelNumber, Fault>>;
}

/** What the built-in carrier works with beside prices; it offers what it is given the means for. */
export interface RateCardMeans {
  /** For buying: where purchases are kept, where numbers come from, and what labels are drawn with. */
  readonly labels?: {
    readonly store: PurchaseStore;
    readonly numbers: NumberRange;
    readonly fonts: Fonts;
    readonly book: LabelBook;
  };
  /** For tracking: the events of a number, undefined for one that is not known. */
  eventsOf?(number: string): Promise<readonly TrackEvent[] | undefined>;
  now(): Instant;
}

type LabelMeans = NonNullable<RateCardMeans['labels']>;

const ID = 'rate-card';
const LEASE_MS = 60_000;

/**
 * The carrier that needs no account: prices from rate cards on file, numbers from a given range, labels drawn here, tracks
 * from given events. A service is a card's id. Cards say what a carrier publishes; whether it carries the parcel at that
 * price is for its own terms to say.
 */
export class RateCardCarrier implements Carrier {
  readonly id = ID;
  readonly abilities: Carrier['abilities'];
  readonly #book: CardBook;
  readonly #means: RateCardMeans;
  readonly #buyer: Buyer | undefined;

  constructor(book: CardBook, means: RateCardMeans) {
    this.#book = book;
    this.#means = means;
    const { labels, now } = means;
    if (labels) this.#buyer = new Buyer(this.#steps(labels), { store: labels.store, leaseMs: LEASE_MS, now });
    this.abilities = [
      'rate',
      ...(labels ? (['buy', 'void', 'manifest'] as const) : []),
      ...(means.eventsOf ? (['track'] as const) : []),
    ];
  }

  async rate(shipment: Shipment): Promise<Result<Rates, Fault>> {
    const answer = this.#book.answer(requestOf(shipment));
    return answer.ok ? ok(ratesOf(answer.value)) : answer;
  }

  async buy(order: BuyOrder): Promise<Result<Bought, Fault>> {
    return this.#buyer ? this.#buyer.buy(order) : notOffered(ID, 'buy');
  }

  async void(purchase: Purchase): Promise<Result<Voided, Fault>> {
    return this.#buyer ? this.#buyer.void(purchase) : notOffered(ID, 'void');
  }

  async track(number: string): Promise<Result<Track, Fault>> {
    if (!this.#means.eventsOf) return notOffered(ID, 'track');
    const events = await this.#means.eventsOf(number);
    if (!events) return fail(unknownNumber(ID, number));
    const sorted = oldestFirst(events);
    return ok({ number, state: stateOf(sorted), status: sorted.at(-1)?.status ?? '', events: sorted });
  }

  async manifest(purchases: readonly Purchase[]): Promise<Result<Manifest, Fault>> {
    if (!this.#buyer) return notOffered(ID, 'manifest');
    const at = formatInstant(this.#means.now());
    const text = purchases.map(({ number, service, key }) => `${number}\t${service}\t${key}\n`).join('');
    return ok({ id: `${ID} ${at}`, numbers: purchases.map(({ number }) => number), state: 'ready', text });
  }

  #steps({ store, ...tools }: LabelMeans): BuyingSteps {
    return {
      carrier: ID,
      prepare: async ({ shipment, service }) => {
        const quote = this.#quote(shipment, service);
        return quote.ok ? ok(service) : quote;
      },
      commit: async (order) => this.#commit(order, tools),
      // Buying costs nothing here and the range gives the same number again, so that there is nothing to look for.
      find: async () => ok(undefined),
      label: async ({ number }) => fail(unknownNumber(ID, number)),
      void: async ({ key, number }) => {
        const stored = await store.read(ID, key);
        const isOurs = stored?.entry.state === 'bought' && stored.entry.purchase.number === number;
        if (!isOurs) return fail(unknownNumber(ID, number));
        if (stored.entry.state === 'bought' && stored.entry.isVoid) return fail(voidRefused(ID, number, 'it is void'));
        return ok({ outcome: 'voided', said: 'void' });
      },
    };
  }

  async #commit(
    { key, shipment, service }: BuyOrder,
    { numbers, fonts, book }: Omit<LabelMeans, 'store'>,
  ): Promise<Result<Committed, Fault>> {
    const quote = this.#quote(shipment, service);
    if (!quote.ok) return quote;
    const number = await numbers.take(key);
    if (!number.ok) return number;
    const label = await this.#label(shipment, service, number.value, { fonts, book });
    if (!label.ok) return label;
    const purchase: Purchase = {
      key,
      carrier: ID,
      id: number.value.number,
      service,
      via: service,
      number: number.value.number,
      cost: quote.value.cost,
    };
    return ok({ purchase, label: label.value });
  }

  #quote(shipment: Shipment, service: string): Result<Quote, Fault> {
    const answer = this.#book.answer({ ...requestOf(shipment), card: service });
    if (!answer.ok) return answer;
    const { quotes, refused } = ratesOf(answer.value);
    const [quote] = quotes;
    if (quote) return ok(quote);
    const fault = unknownService(ID, service, []);
    return fail({ ...fault, mend: refused.map(({ text }) => text).join('; ') || fault.mend });
  }

  async #label(
    { id, from, to, grossGrams }: Shipment,
    service: string,
    identifier: ParcelNumber,
    { fonts, book }: Pick<LabelMeans, 'fonts' | 'book'>,
  ): Promise<Result<CarrierLabel, Fault>> {
    // Drawing brings a PDF library along, which prices and tracks do without.
    const { labelPdf } = await import('@crossparcel/documents');
    const drawn = labelPdf(
      {
        identifier,
        sender: partyOf(from),
        recipient: partyOf(to),
        service,
        route: [from.country, to.country],
        grossGrams,
        orderReference: id,
        marks: [],
        at: this.#means.now(),
      },
      fonts,
      book,
    );
    return drawn.ok ? ok({ format: 'pdf', bytes: drawn.value }) : drawn;
  }
}

const partyOf = ({ name, company, lines, city, subdivision, postcode, country }: CarrierAddress): Party => ({
  name,
  lines: [
    ...(company === undefined ? [] : [company]),
    ...lines,
    [city, subdivision, postcode].filter((part) => part !== undefined).join(' '),
  ],
  country,
});

const requestOf = ({ id, at, from, to, outer, grossGrams, zone, attributes }: Shipment): RateRequest => ({
  id,
  at: formatInstant(at),
  from: { country: from.country, ...(from.postcode !== undefined && { postcode: from.postcode }) },
  to: { country: to.country, ...(to.postcode !== undefined && { postcode: to.postcode }) },
  outer,
  grossGrams,
  ...(zone !== undefined && { zone }),
  ...(attributes && { attributes }),
});

const moneyOf = (price: string, currency: string): Money => ({ minor: parseMinor(price, currency) ?? 0, currency });

const ratesOf = ({ card, price, currency, others = [], refused = [], warnings }: RateAnswer): Rates => {
  const notes = warnings.map(({ text }) => text);
  const quote = (service: string, text: string, unit: string, said: readonly string[]): Quote => ({
    service,
    via: service,
    cost: moneyOf(text, unit),
    notes: said,
  });
  const best =
    card !== undefined && price !== undefined && currency !== undefined ? [quote(card, price, currency, notes)] : [];
  return {
    quotes: [...best, ...others.map((other) => quote(other.card, other.price, other.currency, []))],
    refused: refused.map(({ card: service, rate, text }) => ({ service, text: `${rate}: ${text}` })),
  };
};
