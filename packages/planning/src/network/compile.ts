import {
  CompiledCard,
  compileCountryPrice,
  compileLinePrice,
  compileTransit,
  compileTransitTable,
  type Lane,
  type LastMile,
  type RateCard,
  type RateCardRecord,
  ZoneMap,
} from '@crossparcel/transport';
import {
  CrossparcelError,
  convertNanos,
  ExchangeRates,
  type HandlingRule,
  type Nanos,
  nanosOfDecimal,
  type Protection,
  parseDay,
  type Ratio,
  ratioOfDecimal,
  TimeZone,
  WEEKDAYS,
  WorkingCalendar,
} from '@crossparcel/units';
import { type CartonSet, compileCartons, HandlingBook, Packer } from '@crossparcel/warehouse';
import type { Facility, Network, Replenishment } from './network.ts';
import type { NetworkRecord } from './record.ts';

/** What a network file refers to: found by id or alias. */
export interface NetworkReferences {
  rateCard(name: string): RateCardRecord | undefined;
  cartonSet(name: string): CartonSet | undefined;
  /** Pairs of postal prefix and zone in a column of a zone table. */
  zones(file: string, column: string): readonly (readonly [string, string])[] | undefined;
  /** Worth of each currency in USD; the network's own rates win. */
  readonly worthInUsd: ReadonlyMap<string, Ratio>;
  readonly handlingRules: readonly HandlingRule[];
  readonly protection: Protection;
}

const missing = (field: string, what: string, mend: string): CrossparcelError =>
  new CrossparcelError({ code: 'broken-network', what, mend, field });

/** Compiles a network file. Throws `broken-network` naming the field that refers to nothing, `missing-exchange-rate`. */
export const compileNetwork = (record: NetworkRecord, references: NetworkReferences): Network =>
  new NetworkCompiler(record, references).compile();

class NetworkCompiler {
  readonly #record: NetworkRecord;
  readonly #references: NetworkReferences;
  readonly #rates: ExchangeRates;
  readonly #scale: number;
  readonly #calendars: ReadonlyMap<string, WorkingCalendar>;
  readonly #packers = new Map<string, Packer>();

  constructor(record: NetworkRecord, references: NetworkReferences) {
    this.#record = record;
    this.#references = references;
    const own = Object.entries(record.fx?.perUnitInUSD ?? {});
    this.#rates = new ExchangeRates(
      new Map([
        ...references.worthInUsd,
        ...own.map(([currency, worth]): [string, Ratio] => [currency, ratioOfDecimal(worth)]),
      ]),
    );
    this.#scale = scaleOf(record.capacityScale);
    this.#calendars = new Map(
      Object.entries(record.calendars).map(([id, { workDays, holidays }]) => [
        id,
        new WorkingCalendar(workDays, holidays),
      ]),
    );
  }

  compile(): Network {
    const record = this.#record;
    const lastMiles = record.lastMile.map((one, index) => this.#lastMile(one, `lastMile[${index}]`));
    const facilities = record.facilities.map((one, index) => this.#facility(one, lastMiles, `facilities[${index}]`));
    const { latePenalty, heldPenalty } = record.service;
    return {
      currency: record.currency,
      rates: this.#rates,
      // What is on file without an end: plans look ahead.
      handling: new HandlingBook(this.#references.handlingRules, this.#references.protection, Number.POSITIVE_INFINITY),
      facilities: new Map(facilities.map((facility) => [facility.id, facility])),
      lanes: record.lanes.map((lane, index) => this.#lane(lane, lastMiles, facilities, `lanes[${index}]`)),
      seasonFrom: record.season && parseDay(record.season.from),
      service: {
        promiseDays: new Map(Object.entries(record.service.promiseDays)),
        late: {
          once: nanosOfDecimal(latePenalty.once),
          perDay: nanosOfDecimal(latePenalty.perDay),
          maximum: nanosOfDecimal(latePenalty.maximum),
        },
        held: {
          shareOfValue: ratioOfDecimal(heldPenalty.factorOfOrderValue),
          minimum: nanosOfDecimal(heldPenalty.minimum),
        },
      },
      importValueShare: ratioOfDecimal(record.stockValuation.importValueShare),
      lostParcelValueShare: ratioOfDecimal(record.stockValuation.lostParcelValueShare),
      stockValuation: {
        capitalPerYear: ratioOfDecimal(record.stockValuation.capitalRatePerYear),
        writeDown: ratioOfDecimal(record.stockValuation.leftoverWriteDown),
        skusPerShipment: record.stockValuation.skusPerShipment,
      },
    };
  }

  #converter(currency: string): (price: Nanos) => Nanos {
    if (currency === this.#record.currency) return (price) => price;
    const rate = this.#rates.rate(currency, this.#record.currency);
    return (price) => convertNanos(price, rate);
  }

  #calendar(id: string, field: string): WorkingCalendar {
    const calendar = this.#calendars.get(id);
    if (!calendar) throw missing(`${field}.calendar`, `there is no calendar ${id}`, 'name one of `calendars`');
    return calendar;
  }

  #packer(id: string, field: string): Packer {
    const known = this.#packers.get(id);
    if (known) return known;
    const set = this.#record.cartonSets[id];
    if (!set) throw missing(`${field}.cartonSet`, `there is no carton set ${id}`, 'name one of `cartonSets`');
    const named = set.reference ?? baseName(set.file ?? id);
    const reference = set.cartons ? undefined : this.#references.cartonSet(named);
    const cartons = set.cartons ?? reference?.cartons;
    if (!cartons) {
      throw missing(
        `cartonSets.${id}`,
        `the carton set ${named} is not on file`,
        'list its `cartons`, or name a set of reference/cartons',
      );
    }
    const packer = new Packer(compileCartons(cartons, this.#converter(reference?.currency ?? set.currency)));
    this.#packers.set(id, packer);
    return packer;
  }

  #facility(record: NetworkRecord['facilities'][number], lastMiles: readonly LastMile[], field: string): Facility {
    const [hours = 0, minutes = 0] = record.cutoffLocal.split(':').map(Number);
    const replenishments = this.#record.replenishment.filter((one) => one.to === record.id);
    const inbound = replenishments.find((one) => one.mode === 'ocean');
    const convert = inbound && this.#converter(inbound.price.currency);
    return {
      id: record.id,
      kind: record.kind,
      country: record.country,
      zone: zoneOf(record.timeZone, field),
      calendar: this.#calendar(record.calendar, field),
      cutoffMinutes: hours * 60 + minutes,
      ordersPerDay: Math.floor(record.ordersPerDay * this.#scale),
      packer: this.#packer(record.cartonSet, field),
      handling: {
        perOrder: nanosOfDecimal(record.handling.perOrder),
        perUnit: nanosOfDecimal(record.handling.perUnit),
        perParcel: nanosOfDecimal(record.handling.perParcel),
      },
      storagePerLitreDay: nanosOfDecimal(record.storagePerLitreDay),
      serves: new Set(record.serves ?? []),
      lastMiles: lastMiles.filter((lastMile) => lastMile.from === record.id),
      replenishments: replenishments.map((one) => this.#replenishment(one)),
      inbound: convert && {
        perKg: convert(nanosOfDecimal(inbound.price.perKg)),
        perM3: convert(nanosOfDecimal(inbound.price.perM3 ?? 0)),
      },
    };
  }

  #replenishment(record: NetworkRecord['replenishment'][number]): Replenishment {
    const { id, to, mode, price, leadDays } = record;
    const convert = this.#converter(price.currency);
    const divisor = /m3 x 1e6 \/ (\d+)/.exec(price.charge ?? '')?.[1];
    return {
      id: id ?? `${to}-${mode}`,
      perKg: convert(nanosOfDecimal(price.perKg)),
      perM3: convert(nanosOfDecimal(price.perM3 ?? 0)),
      // A divisor is in cubic centimetres a kilogram, which is as many cubic millimetres a gram.
      mm3PerGram: divisor === undefined ? undefined : Number(divisor),
      perShipment: convert(nanosOfDecimal(price.perShipment)),
      leadDays: leadDays && compileTransit(leadDays),
    };
  }

  #lastMile(record: NetworkRecord['lastMile'][number], field: string): LastMile {
    const { card } = record;
    return {
      id: record.id,
      from: record.from,
      countries: new Set(record.countries),
      card: this.#card(card, field),
      zones: card.shape === 'card' && card.zones ? this.#zones(card.zones, field) : undefined,
      transitOf: compileTransitTable(record.transitDays),
      calendar: this.#calendar(record.calendar, field),
    };
  }

  #card(card: NetworkRecord['lastMile'][number]['card'], field: string): RateCard {
    if (card.shape === 'per-parcel-and-kg') return compileCountryPrice(card, this.#converter(card.currency));
    const found = this.#references.rateCard(baseName(card.file));
    if (!found) {
      throw missing(
        `${field}.card.file`,
        `the rate card ${card.file} is not on file`,
        'name a card of reference/rate-cards',
      );
    }
    return new CompiledCard(found, this.#converter(found.currency));
  }

  #zones(zones: { file: string; column: string }, field: string): ZoneMap {
    const pairs = this.#references.zones(baseName(zones.file), zones.column);
    if (!pairs) {
      throw missing(
        `${field}.card.zones`,
        `there is no column ${zones.column} in zone table ${zones.file}`,
        'name a table of reference/zones',
      );
    }
    return new ZoneMap(pairs);
  }

  #lane(
    record: NetworkRecord['lanes'][number],
    lastMiles: readonly LastMile[],
    facilities: readonly Facility[],
    field: string,
  ): Lane {
    const gateway = this.#record.gateways.find((one) => one.id === record.gateway);
    if (!gateway) throw missing(`${field}.gateway`, `there is no gateway ${record.gateway}`, 'name one of `gateways`');
    if (!facilities.some((facility) => facility.id === record.from && facility.kind === 'origin')) {
      throw missing(`${field}.from`, `there is no origin ${record.from}`, 'name a facility of kind origin');
    }
    const lastMile = lastMiles.find((one) => one.id === record.lastMile);
    if (record.lastMile !== null && !lastMile) {
      throw missing(`${field}.lastMile`, `there is no last mile ${record.lastMile}`, 'name one of `lastMile`, or null');
    }
    return {
      ...record,
      markets: new Set(record.markets),
      price: compileLinePrice(record.price, this.#converter(record.price.currency)),
      batterySurcharge: nanosOfDecimal(record.batterySurcharge ?? 0),
      clearance: lastMile ? nanosOfDecimal(gateway.clearancePerParcel) : 0,
      capacityGramsPerDay: Math.floor(record.capacityKgPerDay * 1000 * this.#scale),
      departs: WEEKDAYS.map((name) => record.departs.includes(name)),
      transit: compileTransit(record.transitDays),
      handling: new Set(record.handling),
      lossRate: ratioOfDecimal(record.lossRate),
      lastMile,
      channel: record.customs.channel,
    };
  }
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const scaleOf = (scale: NetworkRecord['capacityScale']): number => {
  if (typeof scale === 'number') return scale;
  const named = scale?.default ?? scale?.dev;
  return typeof named === 'number' ? named : 1;
};

const zoneOf = (id: string, field: string): TimeZone => {
  try {
    return new TimeZone(id);
  } catch {
    throw missing(`${field}.timeZone`, `${id} is not a time zone`, 'give an IANA name such as Asia/Shanghai');
  }
};
