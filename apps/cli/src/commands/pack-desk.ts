import { Reference } from '@crossparcel/files';
import {
  type CurrencyCode,
  convertNanos,
  type DayNumber,
  ExchangeRates,
  type Fault,
  fail,
  type Nanos,
  ok,
  parseDay,
  type Result,
} from '@crossparcel/units';
import {
  type Carton,
  type ColdBand,
  type ColdCarton,
  cartonsOf,
  coldCartons,
  compileCartons,
  EFFORTS,
  type Effort,
  goodsOf,
  HandlingBook,
  type Lot,
  Packer,
  type Packing,
  type PackOptions,
  type PackRequest,
  type ParcelDemands,
  type Treatment,
} from '@crossparcel/warehouse';
import type { OptionValues } from '../conventions/batch-answerer.ts';
import { dayOption } from '../conventions/day-option.ts';
import { UsageError } from '../conventions/exit.ts';
import { type Freight, Freights } from './pack-tariff.ts';

/** Packers kept for carton lists that come again, which is the usual case. */
const MOST_PACKERS = 100;

/** What the options of pack commands say. */
export interface PackSettings {
  readonly effort: Effort;
  readonly timeLimitMs: number | undefined;
  /** Where neither option nor record names one, what is on file without an end counts. */
  readonly day: DayNumber | undefined;
}

/** Reads the options of pack commands. Throws `UsageError`. */
export const settingsOf = ({ effort = 'normal', timeLimit, at }: OptionValues): PackSettings => {
  const known = EFFORTS.find((one) => one === effort);
  if (!known) throw new UsageError(`--effort ${effort} is not known; give one of ${EFFORTS.join(', ')}`);
  if (timeLimit !== undefined && !/^[1-9]\d{0,8}$/.test(timeLimit))
    throw new UsageError(`--time-limit ${timeLimit} is not a number of milliseconds; give a whole number from 1 on`);
  return {
    effort: known,
    timeLimitMs: timeLimit === undefined ? undefined : Number(timeLimit),
    day: at === undefined ? undefined : dayOption('--at', at),
  };
};

/** A lot of a request, packed, and what its cartons keep cold with. */
export interface PackedLot {
  readonly lot: Lot;
  readonly cartons: readonly Carton[];
  readonly packing: Packing;
}

/** A request as it was understood, and its lots packed. */
export interface PackedRequest {
  readonly request: PackRequest;
  readonly freight: Freight;
  readonly currency: CurrencyCode | undefined;
  readonly treatment: Treatment;
  readonly lots: readonly PackedLot[];
  /** Price of the cushions in the currency of the answer. */
  readonly cushionPrice: Nanos;
  /** What a parcel with some items demands. */
  demands(items: readonly string[]): ParcelDemands;
}

/** Packs requests; keeps the packers and tariffs that it has made. */
export class PackDesk {
  readonly #settings: PackSettings;
  readonly #reference = new Reference();
  readonly #references = this.#reference.networkReferences();
  readonly #rates = new ExchangeRates(this.#references.worthInUsd);
  readonly #freights = new Freights(this.#references, (price, from, to) => this.#inCurrency(price, from, to));
  readonly #rules = this.#reference.handlingRules();
  readonly #protection = this.#reference.protection();
  readonly #books = new Map<DayNumber, HandlingBook>();
  readonly #packers = new Map<string, { cartons: readonly Carton[]; packer: Packer }>();

  constructor(settings: PackSettings) {
    this.#settings = settings;
  }

  /** Faults name the field. */
  pack(request: PackRequest): Result<PackedRequest, Fault> {
    const day = request.at === undefined ? this.#settings.day : parseDay(request.at.slice(0, 10));
    const freight = this.#freights.of(request, day);
    if (!freight.ok) return freight;
    const currency = this.#currencyOf(request, freight.value);
    if (!currency.ok) return currency;
    const outsideC = this.#outsideC(request);
    if (!outsideC.ok) return outsideC;
    const book = this.#book(day ?? Number.POSITIVE_INFINITY);
    const handled = goodsOf(request);
    const treatment = book.treat(handled, request.cushioned);
    const lots: PackedLot[] = [];
    const used = new Map<string, number>();
    for (const lot of treatment.lots) {
      const ready = this.#packer(request, currency.value, lot.band, outsideC.value, used);
      if (!ready.ok) return ready;
      const { cartons, packer } = ready.value;
      const packing = packer.pack(lot.goods, freight.value, this.#options(request));
      for (const { carton } of packing.parcels) {
        const id = carton && (cartons.find((one) => one.id === carton.id) as Partial<ColdCarton> | undefined)?.of;
        const of = id ?? carton?.id;
        if (of !== undefined) used.set(of, (used.get(of) ?? 0) + 1);
      }
      lots.push({ lot, cartons, packing });
    }
    const handlingOf = new Map(handled.map(({ id, handling }) => [id, handling]));
    return ok({
      request,
      freight: freight.value,
      currency: currency.value,
      treatment,
      lots,
      cushionPrice: this.#inCurrency(treatment.cushionPrice, treatment.cushionCurrency, currency.value),
      demands: (items) => book.demands(items.flatMap((item) => handlingOf.get(item) ?? [])),
    });
  }

  #options(request: PackRequest): PackOptions {
    const { effort, timeLimitMs } = this.#settings;
    const until = timeLimitMs === undefined ? undefined : performance.now() + timeLimitMs;
    return {
      effort,
      objective: request.objective ?? 'cost',
      ...(until !== undefined && { stop: () => performance.now() > until }),
    };
  }

  #book(day: DayNumber): HandlingBook {
    let book = this.#books.get(day);
    if (!book) {
      book = new HandlingBook(this.#rules, this.#protection, day);
      this.#books.set(day, book);
    }
    return book;
  }

  #outsideC({ trip }: PackRequest): Result<number, Fault> {
    const { climates, trip: usual } = this.#protection;
    const wanted = trip?.climate ?? usual.climate;
    const climate = climates.find(({ id }) => id === wanted);
    if (climate) return ok(climate.outsideC);
    const mend = `give one of ${climates.map(({ id }) => id).join(', ')}`;
    return fail({ code: 'unknown-climate', what: `${wanted} is not a climate on file`, mend, field: 'trip.climate' });
  }

  /** The currency of the answer: the one asked for, else the card's, else the carton set's. */
  #currencyOf(request: PackRequest, freight: Freight): Result<string | undefined, Fault> {
    const { currency, cartonSet, cartons } = request;
    const set = cartonSet === undefined ? undefined : this.#references.cartonSet(cartonSet);
    const found = currency ?? freight.currency ?? set?.currency;
    const isPriced = cartons?.some(({ price }) => price !== undefined) || request.perParcel !== undefined;
    if (found === undefined && isPriced) {
      const mend = 'give the ISO 4217 code of the prices';
      return fail({ code: 'bad-record', what: 'is missing', mend, field: 'currency' });
    }
    return ok(found);
  }

  /** The packer for a lot. A supply of cartons that earlier lots have drawn on makes a packer of its own. */
  #packer(
    request: PackRequest,
    currency: string | undefined,
    band: ColdBand | undefined,
    outsideC: number,
    used: ReadonlyMap<string, number>,
  ): Result<{ cartons: readonly Carton[]; packer: Packer }, Fault> {
    const hours = request.trip?.hours ?? this.#protection.trip.hours;
    const cold = band ? [band.coolant.id, outsideC, hours] : [];
    const drawn = request.cartons?.some(({ available }) => available !== undefined) ? [...used] : [];
    const key = JSON.stringify([request.cartons ?? [request.cartonSet, currency], cold, drawn]);
    const known = this.#packers.get(key);
    if (known) return ok(known);
    const listed = this.#cartons(request, currency);
    if (!listed.ok) return listed;
    const left = listed.value.map(({ available, ...carton }) =>
      available === undefined ? carton : { ...carton, available: Math.max(0, available - (used.get(carton.id) ?? 0)) },
    );
    const convert = (price: Nanos, from: string) => this.#inCurrency(price, from, currency);
    const cartons = band
      ? left.flatMap((carton) => coldCartons(carton, band, { hours, outsideC }, this.#protection, convert))
      : left;
    const made = { cartons, packer: new Packer(cartons) };
    if (this.#packers.size >= MOST_PACKERS) this.#packers.clear();
    this.#packers.set(key, made);
    return ok(made);
  }

  #inCurrency(price: Nanos, from: string | undefined, to: string | undefined): Nanos {
    if (price === 0 || from === undefined || to === undefined || from === to) return price;
    return convertNanos(price, this.#rates.rate(from, to));
  }

  #cartons({ cartons, cartonSet }: PackRequest, currency: string | undefined): Result<Carton[], Fault> {
    if ((cartons === undefined) === (cartonSet === undefined)) {
      const mend = 'give either `cartons` or the name of a `cartonSet`';
      return fail({ code: 'bad-record', what: 'is missing, or stands beside a set', mend, field: 'cartons' });
    }
    if (cartons) return cartonsOf(cartons);
    const set = this.#references.cartonSet(cartonSet as string);
    if (!set) {
      const what = `there is no carton set ${cartonSet}`;
      return fail({ code: 'unknown-carton-set', what, mend: 'name a set of reference/cartons', field: 'cartonSet' });
    }
    if (currency === undefined || currency === set.currency) return ok(compileCartons(set.cartons, (price) => price));
    const rate = this.#rates.rate(set.currency, currency);
    return ok(compileCartons(set.cartons, (price) => convertNanos(price, rate)));
  }
}
