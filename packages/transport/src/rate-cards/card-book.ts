import {
  convertNanos,
  type Dimensions,
  type ExchangeRates,
  type Fault,
  fail,
  formatDay,
  formatMinor,
  minorOfNanos,
  type Nanos,
  ok,
  parseDay,
  type Result,
} from '@crossparcel/units';
import { CompiledCard } from './card.ts';
import type { ExplainedQuote, QuoteLine, Trip } from './quote.ts';
import type { RateCardRecord } from './record.ts';
import type { CardRefusal, RateAnswer, RateRequest } from './request.ts';
import type { ZoneTable } from './zone-table.ts';

/** A zone as the request gives it or the zone table tells it. */
interface FoundZone {
  readonly zone: string;
  readonly warnings: RateAnswer['warnings'];
}

/** A card that takes the parcel. */
interface Offer {
  readonly card: CompiledCard;
  readonly trip: Trip;
  readonly quote: ExplainedQuote;
  readonly warnings: RateAnswer['warnings'];
}

const WEAK = ['single', 'memory', 'illustrative'];

/** The cards and zone tables on file, asked for the price of a parcel. Each card quotes in its own currency. */
export class CardBook {
  readonly #cards: readonly CompiledCard[];
  readonly #tables: readonly ZoneTable[];
  readonly #rates: ExchangeRates;

  /** Of cards with the same id or alias the first counts. `rates` only serve to put prices in order. */
  constructor(cards: readonly RateCardRecord[], tables: readonly ZoneTable[], rates: ExchangeRates) {
    this.#cards = cards.map((card) => new CompiledCard(card, (price) => price));
    this.#tables = tables;
    this.#rates = rates;
  }

  /**
   * Answers a request: by the card that it names, else by the cheapest of all that serve its country. Illustrative cards are
   * asked by name only. Faults: `unknown-card`, `unknown-zone`, `missing-zone`, `missing-country`, `before-prices`.
   */
  answer(request: RateRequest): Result<RateAnswer, Fault> {
    if (request.card !== undefined) return this.#byName(request, request.card);
    if (request.country === undefined && request.to?.country === undefined) {
      return fail({
        code: 'missing-country',
        field: 'country',
        what: 'is missing where no card is named',
        mend: 'give the country of destination, or a card',
      });
    }
    const offers: Offer[] = [];
    const refused: CardRefusal[] = [];
    for (const card of this.#cards) {
      if (card.record.confidence === 'illustrative' || elsewhere(card.record, request)) continue;
      const offer = this.#offer(card, request);
      if (!offer.ok) refused.push({ card: card.record.id, rate: card.record.service, ...asRefusal(offer.error) });
      // Boxes that the parcel is not in are no news where nobody asked for them.
      else if (Array.isArray(offer.value)) refused.push(...offer.value.filter(({ code }) => code !== 'packaging'));
      else offers.push(offer.value);
    }
    return ok(this.#cheapestOf(request, offers, refused));
  }

  #byName(request: RateRequest, name: string): Result<RateAnswer, Fault> {
    const card = this.#cards.find(({ record: { id, aliases = [] } }) => id === name || aliases.includes(name));
    if (!card) {
      const known = this.#cards.map(({ record }) => record.id).join(', ');
      return fail({
        code: 'unknown-card',
        field: 'card',
        what: `there is no card ${name}`,
        mend: `give one of ${known}`,
      });
    }
    const away = elsewhere(card.record, request);
    if (away)
      return ok(refusal(request, card.record.id, [{ card: card.record.id, rate: card.record.service, ...away }]));
    const offer = this.#offer(card, request);
    if (!offer.ok) return offer;
    const { value } = offer;
    return ok(Array.isArray(value) ? refusal(request, card.record.id, value) : answerOf(request, value as Offer));
  }

  /** A card's offer, or why its rates refuse the parcel; a fault where the card cannot be asked at all. */
  #offer(card: CompiledCard, request: RateRequest): Result<Offer | CardRefusal[], Fault> {
    const { record } = card;
    const day = parseDay(request.at.slice(0, 10)) as number;
    if (day < card.onFileFrom) {
      const what = `${formatDay(day)} is before the first prices of ${record.id} on file`;
      return fail({ code: 'before-prices', field: 'at', what, mend: `give ${formatDay(card.onFileFrom)} or later` });
    }
    const zone = this.#zone(record, request);
    if (!zone.ok) return zone;
    const country = request.country ?? request.to?.country ?? '';
    const trip: Trip = { country, zone: zone.value.zone, day, attributes: new Set(request.attributes) };
    const quote = card.explain(request.outer, request.grossGrams, trip);
    if (!quote.ok) return ok(quote.error.map((one) => ({ card: record.id, ...one })));
    return ok({ card, trip, quote: quote.value, warnings: zone.value.warnings });
  }

  #zone({ id, zones }: RateCardRecord, { zone, from, to }: RateRequest): Result<FoundZone, Fault> {
    if (zones?.by !== 'zone') return ok({ zone: '', warnings: [] });
    if (zone !== undefined) {
      if (zones.names.includes(zone)) return ok({ zone, warnings: [] });
      const what = `${zone} is no zone of ${id}`;
      return fail({ code: 'unknown-zone', field: 'zone', what, mend: `give one of ${zones.names.join(', ')}` });
    }
    const table = this.#tables.find((one) => one.record.id === zones.table);
    if (!table || from?.postcode === undefined || to?.postcode === undefined) {
      const mend = table ? 'give zone, or from.postcode and to.postcode' : 'give zone';
      return fail({ code: 'missing-zone', field: 'zone', what: `is missing; ${id} has zones`, mend });
    }
    const found = table.zoneBetween(from.postcode, to.postcode);
    if (!found) {
      const what = `no zones from ${from.postcode} are on file`;
      const mend = `give zone, or a code that begins with ${table.despatchPrefixes.join(', ')}`;
      return fail({ code: 'missing-zone', field: 'from.postcode', what, mend });
    }
    const warnings = [{ code: 'zone-nominal', text: `zone ${found.zone}: ${table.record.source}` }];
    const assumed = `${to.postcode} has no zone on file; the farthest that it could be is taken`;
    if (found.assumed) warnings.push({ code: 'zone-assumed', text: assumed });
    return ok({ zone: found.zone, warnings });
  }

  #cheapestOf(request: RateRequest, offers: readonly Offer[], refused: readonly CardRefusal[]): RateAnswer {
    const worth = (offer: Offer): Nanos => {
      const { currency } = offer.card.record;
      const [first] = offers;
      const common = first?.card.record.currency ?? currency;
      return currency === common
        ? offer.quote.price
        : convertNanos(offer.quote.price, this.#rates.rate(currency, common));
    };
    const [best, ...others] = offers.toSorted((a, b) => worth(a) - worth(b));
    if (!best) return refusal(request, undefined, refused);
    return {
      ...answerOf(request, best),
      others: others.map(({ card: { record }, quote }) => ({
        card: record.id,
        currency: record.currency,
        price: formatMinor(minorOfNanos(quote.price, record.currency), record.currency),
      })),
      ...(refused.length > 0 && { refused: [...refused] }),
    };
  }
}

const asRefusal = ({ code, what, mend }: Fault): Pick<CardRefusal, 'code' | 'text'> => ({
  code: code === 'before-prices' ? 'day' : 'zone',
  text: `${what}; ${mend}`,
});

/** Whether a card does not go from or to where the request says. */
const elsewhere = (card: RateCardRecord, request: RateRequest): Pick<CardRefusal, 'code' | 'text'> | undefined => {
  const to = request.country ?? request.to?.country;
  const from = request.from?.country;
  if (to !== undefined && card.to && !card.to.includes(to)) return { code: 'country', text: `does not go to ${to}` };
  if (from !== undefined && card.from !== undefined && card.from !== from) {
    return { code: 'country', text: `does not start in ${from}` };
  }
  return undefined;
};

const refusal = ({ id }: RateRequest, card: string | undefined, refused: readonly CardRefusal[]): RateAnswer => ({
  id,
  ...(card !== undefined && { card }),
  lines: [],
  edges: [],
  refused: [...refused],
  warnings: [],
});

const answerOf = (request: RateRequest, { card, trip, quote, warnings }: Offer): RateAnswer => {
  const { id, currency } = card.record;
  const money = (nanos: Nanos) => formatMinor(minorOfNanos(nanos, currency), currency);
  return {
    id: request.id,
    card: id,
    currency,
    price: money(quote.price),
    ...(trip.zone !== '' && { zone: trip.zone }),
    billableGrams: quote.billableGrams,
    weight: { basis: quote.basis, text: quote.weight },
    lines: billLines(quote.lines, currency),
    edges: edgesOf(card, request.outer, request.grossGrams, trip),
    warnings: [...warnings, ...doubts(card.record, quote, trip)],
  };
};

/** Lines in minor units that add up to the rounded price: each is the rise of the rounded running sum. */
const billLines = (lines: readonly QuoteLine[], currency: string): RateAnswer['lines'] => {
  let sum = 0;
  return lines.map(({ name, row, amount, source, confidence }) => {
    const before = minorOfNanos(sum, currency);
    sum += amount;
    const minor = minorOfNanos(sum, currency) - before;
    return { name, row, amount: formatMinor(minor, currency), source, confidence };
  });
};

const edgesOf = (card: CompiledCard, outer: Dimensions, grossGrams: number, trip: Trip): RateAnswer['edges'] => {
  const { currency } = card.record;
  return card
    .tariff(trip)
    .cheaperEdges(outer, grossGrams)
    .flatMap(({ change, by, saves }) => {
      const minor = minorOfNanos(saves, currency);
      if (minor === 0) return [];
      const unit = change === 'mass' ? ('g' as const) : ('mm' as const);
      return [{ change, by, unit, saves: formatMinor(minor, currency) }];
    });
};

const doubts = (
  { note }: RateCardRecord,
  { lines, validFrom }: ExplainedQuote,
  { day }: Trip,
): RateAnswer['warnings'] => {
  const warnings = note === undefined ? [] : [{ code: 'card-note', text: note }];
  if (validFrom > day) {
    const text = `the price is on file from ${formatDay(validFrom)} only; that one is taken`;
    warnings.push({ code: 'rates-before-records', text });
  }
  const weak = lines.filter(({ confidence }) => WEAK.includes(confidence));
  if (weak.length > 0) {
    const named = weak.map(({ name, confidence }) => `${name} (${confidence})`).join(', ');
    warnings.push({ code: 'weak-source', text: `these lines rest on weak sources: ${named}` });
  }
  return warnings;
};
