import { Reference } from '@crossparcel/files';
import {
  convertNanos,
  type DayNumber,
  ExchangeRates,
  type Fault,
  fail,
  formatMinor,
  minorOfNanos,
  ok,
  parseDay,
  type Result,
} from '@crossparcel/units';
import {
  type Carton,
  cartonsOf,
  compileCartons,
  EFFORTS,
  type Effort,
  goodsOf,
  nanosOfText,
  type PackAnswer,
  Packer,
  type Packing,
  type PackRequest,
  packAnswerSchema,
  packRequestSchema,
} from '@crossparcel/warehouse';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';
import { dayOption } from '../conventions/day-option.ts';
import { UsageError } from '../conventions/exit.ts';
import { type Freight, Freights } from './pack-tariff.ts';

/** Packers kept for carton lists that come again, which is the usual case. */
const MOST_PACKERS = 100;

interface PackSettings {
  readonly effort: Effort;
  readonly timeLimitMs: number | undefined;
  readonly today: DayNumber;
}

const settingsOf = ({ effort = 'normal', timeLimit, at }: OptionValues): PackSettings => {
  const known = EFFORTS.find((one) => one === effort);
  if (!known) throw new UsageError(`--effort ${effort} is not known; give one of ${EFFORTS.join(', ')}`);
  if (timeLimit !== undefined && !/^[1-9]\d{0,8}$/.test(timeLimit))
    throw new UsageError(`--time-limit ${timeLimit} is not a number of milliseconds; give a whole number from 1 on`);
  const today = at ?? new Date().toISOString().slice(0, 10);
  return {
    effort: known,
    timeLimitMs: timeLimit === undefined ? undefined : Number(timeLimit),
    today: dayOption('--at', today),
  };
};

/** Answers pack requests; keeps the packers and tariffs that it has made. */
class PackDesk {
  readonly #settings: PackSettings;
  readonly #references = new Reference().networkReferences();
  readonly #freights = new Freights(this.#references);
  readonly #rates = new ExchangeRates(this.#references.worthInUsd);
  readonly #packers = new Map<string, Packer>();

  constructor(settings: PackSettings) {
    this.#settings = settings;
  }

  answer(request: PackRequest): Result<PackAnswer, Fault> {
    const day = request.at === undefined ? this.#settings.today : (parseDay(request.at.slice(0, 10)) as DayNumber);
    const freight = this.#freights.of(request.rate, day, nanosOfText(request.perParcel ?? '0'));
    if (!freight.ok) return freight;
    const currency = this.#currencyOf(request, freight.value);
    if (!currency.ok) return currency;
    const packer = this.#packer(request, currency.value);
    if (!packer.ok) return packer;
    const { effort, timeLimitMs } = this.#settings;
    const until = timeLimitMs === undefined ? undefined : performance.now() + timeLimitMs;
    const packing = packer.value.pack(goodsOf(request), freight.value, {
      effort,
      objective: request.objective ?? 'cost',
      ...(until !== undefined && { stop: () => performance.now() > until }),
    });
    return ok(answerOf(request, packing, freight.value, currency.value));
  }

  /** The currency of the answer: the one asked for, else the card's, else the carton set's. */
  #currencyOf(request: PackRequest, freight: Freight): Result<string | undefined, Fault> {
    const { currency, cartonSet, cartons } = request;
    if (currency !== undefined && freight.currency !== undefined && currency !== freight.currency) {
      const what = `${request.rate?.card} is priced in ${freight.currency}, not in ${currency}`;
      return fail({
        code: 'wrong-currency',
        what,
        mend: `give ${freight.currency}, or leave it out`,
        field: 'currency',
      });
    }
    const set = cartonSet === undefined ? undefined : this.#references.cartonSet(cartonSet);
    const found = currency ?? freight.currency ?? set?.currency;
    const isPriced = cartons?.some(({ price }) => price !== undefined) || request.perParcel !== undefined;
    if (found === undefined && isPriced) {
      const mend = 'give the ISO 4217 code of the prices';
      return fail({ code: 'bad-record', what: 'is missing', mend, field: 'currency' });
    }
    return ok(found);
  }

  #packer(request: PackRequest, currency: string | undefined): Result<Packer, Fault> {
    const key = JSON.stringify(request.cartons ?? [request.cartonSet, currency]);
    const known = this.#packers.get(key);
    if (known) return ok(known);
    const cartons = this.#cartons(request, currency);
    if (!cartons.ok) return cartons;
    const packer = new Packer(cartons.value);
    if (this.#packers.size >= MOST_PACKERS) this.#packers.clear();
    this.#packers.set(key, packer);
    return ok(packer);
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

const answerOf = (
  { id, rate, perParcel }: PackRequest,
  packing: Packing,
  freight: Freight,
  currency: string | undefined,
): PackAnswer => {
  const minor = (nanos: number): number => (currency === undefined ? 0 : minorOfNanos(nanos, currency));
  const money = (amount: number): string => formatMinor(amount, currency as string);
  const cartons = packing.parcels.reduce((sum, parcel) => sum + minor(parcel.cartonPrice), 0);
  const postage = packing.parcels.reduce((sum, parcel) => sum + minor(parcel.postage), 0);
  const handling = packing.parcels.length * minor(freight.perParcel ?? 0);
  const total = cartons + postage + handling;
  return {
    id,
    parcels: packing.parcels.map((parcel) => ({
      carton: parcel.carton?.id ?? null,
      placements: [...parcel.placements],
      grossGrams: parcel.grossGrams,
      billableGrams: freight.billableGrams(parcel.outer, parcel.grossGrams),
      ...(rate && { postage: money(minor(parcel.postage)) }),
    })),
    unpacked: [...packing.unpacked],
    ...(currency !== undefined && {
      currency,
      cost: {
        cartons: money(cartons),
        postage: money(postage),
        ...(perParcel !== undefined && { handling: money(handling) }),
        total: money(total),
      },
      ...(packing.bound !== undefined && {
        bound: money(Math.min(total, minorOfNanos(packing.bound, currency, 'down'))),
      }),
    }),
    proven: packing.proven,
    ...(packing.stopped && { stopped: true as const }),
  };
};

const prepare = (options: OptionValues) => {
  const desk = new PackDesk(settingsOf(options));
  return (request: PackRequest): Result<PackAnswer, Fault> => desk.answer(request);
};

/** `crossparcel pack`: which carton or cartons, and what lies where, so that cartons and postage cost least. */
export const pack: RecordCommand<PackRequest, PackAnswer> = {
  name: 'pack',
  summary: 'cartons for orders, chosen by what they cost with postage, and where each unit lies',
  input: packRequestSchema,
  output: packAnswerSchema,
  columns: ['id', 'currency', 'cost.cartons', 'cost.postage', 'cost.total', 'bound', 'proven'],
  options: [
    { flags: '--effort <effort>', description: `${EFFORTS.join(', ')}: how much work is spent on a record (normal)` },
    { flags: '--time-limit <ms>', description: 'stop a record after so long; its answer then says "stopped"' },
    { flags: '--at <date>', description: 'the day whose rates count where a record names none (today)' },
  ],
  prepare,
};
