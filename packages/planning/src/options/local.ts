import { DiscreteDistribution } from '@crossparcel/numerics';
import type { LastMile, Trip } from '@crossparcel/transport';
import {
  addCosts,
  applyRatio,
  type DayNumber,
  type Fault,
  fail,
  minorOfNanos,
  type Nanos,
  nanosOfMinor,
  ok,
  type Parcel,
  type Result,
  scaleNanos,
  sellerCost,
  volumeMm3,
  zeroCosts,
} from '@crossparcel/units';
import type { PackedParcel, Tariff } from '@crossparcel/warehouse';
import { type ParcelContent, ValueShares } from '../basket.ts';
import type { Facility } from '../network/network.ts';
import { assessSale, assessStock } from './customs.ts';
import type { Closed, Considered, Option } from './option.ts';
import type { Task, World } from './world.ts';

const MM3_PER_LITRE = 1_000_000;
const MM3_PER_M3 = 1_000_000_000;

/** Weighs filling a whole order from stock in the buyer's own market. Undefined when the facility does not serve it. */
export const considerStock = (world: World, task: Task, facility: Facility): Considered | undefined => {
  const { country } = task.order.destination;
  const lastMile = facility.lastMiles.find((one) => one.countries.has(country));
  if (!facility.serves.has(country) || !lastMile) return undefined;
  return new StockOption(world, task, facility, lastMile).consider();
};

class StockOption {
  readonly #world: World;
  readonly #task: Task;
  readonly #facility: Facility;
  readonly #lastMile: LastMile;
  readonly #zone: { zone: string; assumed: boolean };

  constructor(world: World, task: Task, facility: Facility, lastMile: LastMile) {
    this.#world = world;
    this.#task = task;
    this.#facility = facility;
    this.#lastMile = lastMile;
    const { postalPrefix = '' } = task.order.destination;
    this.#zone = lastMile.zones?.zoneOf(postalPrefix) ?? { zone: '', assumed: false };
  }

  consider(): Considered {
    const { basket, order } = this.#task;
    const { stock, facilityDays } = this.#world;
    const short = stock.shortOf(this.#facility.id, basket.lines);
    if (short !== undefined && !stock.openedWith(this.#facility.id, basket.lines)) {
      return { open: false, closed: this.#closed('no-stock', `too little of ${short} at ${this.#facility.id}`) };
    }
    const aloneDay = facilityDays.alone(this.#facility, order.placedAt);
    const despatch = facilityDays.withRoom(this.#facility, aloneDay);
    const trip: Trip = { country: order.destination.country, zone: this.#zone.zone, day: despatch };
    const { card } = this.#lastMile;
    const tariff: Tariff = {
      maxGrossGrams: Number.POSITIVE_INFINITY,
      price: (outer, grossGrams) => card.quote(outer, grossGrams, trip)?.price,
    };
    const { parcels, unpacked } = this.#facility.packer.pack(basket.goods, tariff);
    const [left] = unpacked;
    if (left) {
      const why = `${left.item} is ${left.reason.replace('-', ' ')} for ${this.#lastMile.id}`;
      return { open: false, closed: this.#closed('not-packable', why) };
    }
    const option = this.#option(parcels, despatch, aloneDay, trip);
    if (!option.ok) return { open: false, closed: this.#closed(option.error.code, option.error.what) };
    if (short === undefined) return { open: true, option: option.value };
    const closed = this.#closed('stock-taken', `${short} at ${this.#facility.id} went to earlier orders`);
    return { open: false, closed: { ...closed, costAlone: option.value.costAlone } };
  }

  #option(
    packed: readonly PackedParcel[],
    despatch: DayNumber,
    aloneDay: DayNumber,
    trip: Trip,
  ): Result<Option, Fault> {
    const { currency } = this.#world.network;
    const costs = zeroCosts();
    costs.handling = minorOfNanos(this.#facility.handling.perOrder, currency);
    const assumptions = new Set<string>();
    if (this.#zone.assumed) assumptions.add('zone-assumed');
    if (this.#lastMile.card.onFileFrom > despatch) assumptions.add('rates-before-records');
    const shares = new ValueShares(this.#task.basket);
    const parcels: Parcel[] = [];
    for (const parcel of packed) {
      const contents = shares.take(parcel.lines);
      const stock = this.#stockCost(contents, despatch);
      if (!stock.ok) return fail(stock.error);
      const sale = assessSale(this.#world, this.#task, contents);
      if (!sale.ok) return fail(sale.error);
      if (stock.value.assumed) assumptions.add('law-before-records');
      const units = contents.reduce((sum, { quantity }) => sum + quantity, 0);
      const { perUnit, perParcel } = this.#facility.handling;
      addCosts(costs, {
        freight: minorOfNanos(parcel.postage, currency),
        carton: minorOfNanos(parcel.cartonPrice, currency),
        handling: minorOfNanos(scaleNanos(perUnit, units, 1) + perParcel, currency),
        duty: 0,
        tax: sale.value.assessment.taxMinor,
        fees: 0,
        stock: stock.value.minor,
        lateness: 0,
      });
      parcels.push(this.#parcel(parcel, despatch, trip));
    }
    const door = this.#door(despatch, packed.length);
    const lateness = this.#world.lateness.of(door, this.#task.due);
    const beforeLateness = sellerCost(costs);
    costs.lateness += lateness.costMinor;
    const alone = this.#world.lateness.of(this.#door(aloneDay, packed.length), this.#task.due);
    return ok({
      mode: 'local',
      facility: this.#facility.id,
      service: this.#lastMile.id,
      parcels,
      costs,
      costAlone: beforeLateness + alone.costMinor,
      late: lateness.chance,
      door,
      despatch,
      assumptions: [...assumptions],
    });
  }

  /** What the units cost to have brought here: bulk freight, import duty on their transfer value, and storage since. */
  #stockCost(
    contents: readonly ParcelContent[],
    despatch: DayNumber,
  ): Result<{ minor: number; assumed: boolean }, Fault> {
    const { network } = this.#world;
    const { inbound, storagePerLitreDay } = this.#facility;
    const days = network.seasonFrom === undefined ? 0 : Math.max(0, despatch - network.seasonFrom);
    let freight: Nanos = 0;
    let storage: Nanos = 0;
    for (const { item, quantity } of contents) {
      const volume = volumeMm3(item.size) * quantity;
      storage += scaleNanos(storagePerLitreDay * days, volume, MM3_PER_LITRE);
      if (!inbound) continue;
      const byMass = scaleNanos(inbound.perKg, item.massGrams * quantity, 1000);
      freight += Math.max(byMass, scaleNanos(inbound.perM3, volume, MM3_PER_M3));
    }
    const imported = contents.map(({ item, quantity }) => ({
      item,
      quantity,
      valueMinor: applyRatio(item.value.minor * quantity, network.importValueShare),
    }));
    const origin = imported[0]?.item.origin ?? '';
    const freightMinor = minorOfNanos(freight, network.currency);
    const bill = assessStock(this.#world, this.#task, this.#facility.country, origin, freightMinor, imported);
    if (!bill.ok) return bill;
    const duty = nanosOfMinor(bill.value.assessment.dutyMinor, network.currency);
    return ok({ minor: minorOfNanos(freight + storage + duty, network.currency), assumed: bill.value.assumed });
  }

  #door(despatch: DayNumber, parcels: number): DiscreteDistribution {
    const { country } = this.#task.order.destination;
    const { door } = this.#world.deliveryTimes.byLastMile(this.#lastMile, despatch, this.#zone.zone, country);
    return DiscreteDistribution.maximum(Array.from({ length: parcels }, () => door));
  }

  #parcel(parcel: PackedParcel, despatch: DayNumber, trip: Trip): Parcel {
    const { door } = this.#world.deliveryTimes.byLastMile(this.#lastMile, despatch, trip.zone, trip.country);
    const billable = this.#lastMile.card.quote(parcel.outer, parcel.grossGrams, trip)?.billableGrams;
    return {
      facility: this.#facility.id,
      ...(parcel.carton && { carton: parcel.carton.id }),
      lines: parcel.lines.map(({ item, quantity }) => ({ sku: item, quantity })),
      grossGrams: parcel.grossGrams,
      billableGrams: billable ?? parcel.grossGrams,
      procedure: 'domestic',
      legs: [
        {
          kind: 'last-mile',
          service: this.#lastMile.id,
          from: this.#facility.id,
          to: trip.country,
          departs: despatch,
          arrives: { p50: door.quantile(0.5), p90: door.quantile(0.9) },
        },
      ],
      service: 'local',
    };
  }

  #closed(code: string, why: string): Closed {
    return { mode: 'local', facility: this.#facility.id, service: this.#lastMile.id, code, why };
  }
}
