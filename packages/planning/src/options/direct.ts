import { DiscreteDistribution } from '@crossparcel/numerics';
import { type Lane, nextDeparture, type Trip, withinLimits } from '@crossparcel/transport';
import {
  acceptsHandling,
  addCosts,
  convertNanos,
  type DayNumber,
  type Dimensions,
  type Leg,
  minorOfNanos,
  multiplyRatios,
  type Nanos,
  type Parcel,
  scaleNanos,
  sellerCost,
  zeroCosts,
} from '@crossparcel/units';
import type { PackedParcel, Tariff } from '@crossparcel/warehouse';
import { catalogueValue, type ParcelContent, ValueShares } from '../basket.ts';
import type { Facility } from '../network/network.ts';
import { assessDirect } from './customs.ts';
import type { Closed, Considered } from './option.ts';
import type { Task, World } from './world.ts';

/** A wait for room that says the network is too small for its orders, and is told. */
const LONG_WAIT_DAYS = 30;

interface Freight {
  /** To the gateway, without clearance: what customs values count. */
  readonly linehaul: Nanos;
  readonly whole: Nanos;
  readonly billableGrams: number;
}

/** Freight of a parcel on a lane and its last mile; undefined when one of them does not take it. */
const freightOf = (
  lane: Lane,
  battery: boolean,
  trip: Trip,
  outer: Dimensions,
  grossGrams: number,
): Freight | undefined => {
  if (!withinLimits(lane.limits, outer, grossGrams)) return undefined;
  const line = lane.price(outer, grossGrams);
  const linehaul = line.price + (battery ? lane.batterySurcharge : 0);
  if (!lane.lastMile) return { linehaul, whole: linehaul, billableGrams: line.billableGrams };
  const lastMile = lane.lastMile.card.quote(outer, grossGrams, trip);
  if (!lastMile) return undefined;
  return { linehaul, whole: linehaul + lane.clearance + lastMile.price, billableGrams: line.billableGrams };
};

/** Weighs sending a whole order from a hub by one lane: packed for it, by its first departures with room. */
export const considerLane = (world: World, task: Task, lane: Lane): Considered =>
  new LaneOption(world, task, lane).consider();

class LaneOption {
  readonly #world: World;
  readonly #task: Task;
  readonly #lane: Lane;
  readonly #facility: Facility;
  readonly #zone: { zone: string; assumed: boolean };

  constructor(world: World, task: Task, lane: Lane) {
    this.#world = world;
    this.#task = task;
    this.#lane = lane;
    this.#facility = world.network.facilities.get(lane.from) as Facility;
    const { postalPrefix = '' } = task.order.destination;
    this.#zone = lane.lastMile?.zones?.zoneOf(postalPrefix) ?? { zone: '', assumed: false };
  }

  consider(): Considered {
    const { order, basket } = this.#task;
    const lane = this.#lane;
    const refused = basket.handling.find((handling) => !acceptsHandling(lane.handling, handling));
    if (refused !== undefined)
      return this.#closed('handling-not-accepted', `${lane.id} does not take ${refused} goods`);
    const aloneDay = this.#world.facilityDays.alone(this.#facility, order.placedAt);
    const despatch = this.#world.facilityDays.withRoom(this.#facility, aloneDay);
    const trip: Trip = { country: order.destination.country, zone: this.#zone.zone, day: despatch };
    const battery = basket.handling.some((handling) => handling.startsWith('battery'));
    const tariff: Tariff = {
      maxGrossGrams: lane.limits.maxGrams,
      price: (outer, grossGrams) => freightOf(lane, battery, trip, outer, grossGrams)?.whole,
    };
    const { parcels, unpacked } = this.#facility.packer.pack(basket.goods, tariff);
    const [left] = unpacked;
    if (left) return this.#closed('not-packable', `${left.item} is ${left.reason.replace('-', ' ')} for ${lane.id}`);
    const departs = this.#world.departures.firstWithRoom(
      lane,
      despatch,
      parcels.map((parcel) => parcel.grossGrams),
    );
    if (!departs) return this.#closed('no-room', `a parcel is above the daily capacity of ${lane.id}`);
    return this.#option(parcels, departs, despatch, aloneDay, (parcel) =>
      freightOf(lane, battery, trip, parcel.outer, parcel.grossGrams),
    );
  }

  #option(
    packed: readonly PackedParcel[],
    departs: readonly DayNumber[],
    despatch: DayNumber,
    aloneDay: DayNumber,
    freight: (parcel: PackedParcel) => Freight | undefined,
  ): Considered {
    const lane = this.#lane;
    const { currency } = this.#world.network;
    const costs = zeroCosts();
    costs.handling = minorOfNanos(this.#facility.handling.perOrder, currency);
    const assumptions = new Set<string>();
    if (this.#zone.assumed) assumptions.add('zone-assumed');
    if (lane.lastMile && lane.lastMile.card.onFileFrom > despatch) assumptions.add('rates-before-records');
    if (Math.max(...departs) - despatch > LONG_WAIT_DAYS) assumptions.add('long-wait');
    const shares = new ValueShares(this.#task.basket);
    const parcels: Parcel[] = [];
    for (const [index, parcel] of packed.entries()) {
      const priced = freight(parcel) as Freight;
      const contents = shares.take(parcel.lines);
      const bill = assessDirect(
        this.#world,
        this.#task,
        lane.channel,
        this.#facility.country,
        minorOfNanos(priced.linehaul, currency),
        contents,
      );
      if (!bill.ok) return this.#closed(bill.error.code, bill.error.what);
      if (bill.value.assumed) assumptions.add('law-before-records');
      const { dutyMinor, taxMinor, feeMinor } = bill.value.assessment;
      addCosts(costs, {
        freight: minorOfNanos(priced.whole, currency),
        carton: minorOfNanos(parcel.cartonPrice, currency),
        handling: this.#handling(contents),
        duty: dutyMinor,
        tax: taxMinor,
        fees: feeMinor,
        stock: 0,
        lateness: this.#expectedLoss(contents),
      });
      parcels.push(this.#parcel(parcel, priced.billableGrams, departs[index] as DayNumber));
    }
    const door = this.#door(departs);
    const lateness = this.#world.lateness.of(door, this.#task.due);
    const beforeLateness = sellerCost(costs);
    costs.lateness += lateness.costMinor;
    const aloneDoor = this.#door(departs.map(() => nextDeparture(lane, aloneDay)));
    return {
      open: true,
      option: {
        mode: 'direct',
        facility: lane.from,
        service: lane.id,
        parcels,
        costs,
        costAlone: beforeLateness + this.#world.lateness.of(aloneDoor, this.#task.due).costMinor,
        late: lateness.chance,
        door,
        despatch,
        assumptions: [...assumptions],
      },
    };
  }

  #handling(contents: readonly ParcelContent[]): number {
    const units = contents.reduce((sum, { quantity }) => sum + quantity, 0);
    const { perUnit, perParcel } = this.#facility.handling;
    return minorOfNanos(scaleNanos(perUnit, units, 1) + perParcel, this.#world.network.currency);
  }

  /** Lost parcels cost what their goods are worth to the seller, as often as the lane loses one. */
  #expectedLoss(contents: readonly ParcelContent[]): number {
    const { lostParcelValueShare, currency } = this.#world.network;
    const share = multiplyRatios(this.#lane.lossRate, lostParcelValueShare);
    return minorOfNanos(convertNanos(catalogueValue(contents), share), currency);
  }

  #door(departs: readonly DayNumber[]): DiscreteDistribution {
    const { country } = this.#task.order.destination;
    return DiscreteDistribution.maximum(
      departs.map((day) => this.#world.deliveryTimes.byLane(this.#lane, day, this.#zone.zone, country).door),
    );
  }

  #parcel(parcel: PackedParcel, billableGrams: number, departs: DayNumber): Parcel {
    const lane = this.#lane;
    const { country } = this.#task.order.destination;
    const { release, door } = this.#world.deliveryTimes.byLane(lane, departs, this.#zone.zone, country);
    const arrives = (distribution: DiscreteDistribution) => ({
      p50: distribution.quantile(0.5),
      p90: distribution.quantile(0.9),
    });
    const linehaul: Leg = {
      kind: 'linehaul',
      service: lane.id,
      from: lane.from,
      to: lane.lastMile ? lane.gateway : country,
      via: lane.airport,
      departs,
      arrives: arrives(release),
    };
    const lastMile: Leg[] = lane.lastMile
      ? [
          {
            kind: 'last-mile',
            service: lane.lastMile.id,
            from: lane.gateway,
            to: country,
            departs: linehaul.arrives.p50,
            arrives: arrives(door),
          },
        ]
      : [];
    return {
      facility: lane.from,
      ...(parcel.carton && { carton: parcel.carton.id }),
      lines: parcel.lines.map(({ item, quantity }) => ({ sku: item, quantity })),
      grossGrams: parcel.grossGrams,
      billableGrams,
      procedure: lane.channel,
      legs: [linehaul, ...lastMile],
      service: lane.service,
    };
  }

  #closed(code: string, why: string): Considered {
    const closed: Closed = { mode: 'direct', facility: this.#lane.from, service: this.#lane.id, code, why };
    return { open: false, closed };
  }
}
