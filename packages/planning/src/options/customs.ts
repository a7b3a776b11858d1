import type { Assessment, CustomsParcel } from '@crossparcel/trade';
import { type CountryCode, type DayNumber, type Fault, fail, ok, type Result } from '@crossparcel/units';
import type { ParcelContent } from '../basket.ts';
import type { Task, World } from './world.ts';

/** A bill, and whether the law of the day itself was on file. */
export interface CustomsBill {
  readonly assessment: Assessment;
  readonly assumed: boolean;
}

interface Crossing {
  readonly market: CountryCode;
  readonly subdivision?: string | undefined;
  readonly origin: CountryCode;
  readonly channel: string;
  readonly entry?: string;
  readonly importer: string;
  readonly schemes: readonly string[];
  readonly freightMinor: number;
  readonly sameOrderMinor?: number;
  readonly sameDayMinor?: number;
}

/** The day whose law an order asks for in a market. */
export const lawDayOf = (world: World, { order }: Task, market: CountryCode): DayNumber =>
  world.lawAt ?? world.law.dayIn(market, order.placedAt) ?? 0;

const assess = (
  world: World,
  task: Task,
  crossing: Crossing,
  contents: readonly ParcelContent[],
): Result<CustomsBill, Fault> => {
  const covered = world.law.coveredFrom(crossing.market);
  const wanted = lawDayOf(world, task, crossing.market);
  const day = Math.max(wanted, covered ?? wanted);
  const parcel: CustomsParcel = {
    ...crossing,
    subdivision: crossing.subdivision,
    day,
    entry: crossing.entry,
    postalMethod: 'ad-valorem',
    postalItems: 1,
    dutyInPrice: false,
    currency: world.network.currency,
    insuranceMinor: 0,
    lines: contents.map(({ item, quantity, valueMinor }) => ({
      id: item.sku,
      hs: item.hs,
      quantity,
      valueMinor,
      origin: item.origin,
      massGrams: item.massGrams * quantity,
    })),
  };
  const assessed = world.law.assess(parcel);
  return assessed.ok ? ok({ assessment: assessed.value, assumed: day !== wanted }) : fail(assessed.error);
};

/**
 * What a parcel owes that is sent to the buyer across the border; its value is what the buyer pays. The rest of the order
 * and what the buyer was sent on that day count towards limits: an order is not split to slip under one.
 */
export const assessDirect = (
  world: World,
  task: Task,
  channel: string,
  origin: CountryCode,
  freightMinor: number,
  contents: readonly ParcelContent[],
): Result<CustomsBill, Fault> => {
  const { country: market, subdivision } = task.order.destination;
  const value = contents.reduce((sum, content) => sum + content.valueMinor, 0);
  const crossing: Crossing = {
    market,
    subdivision,
    origin,
    channel,
    importer: 'consumer',
    schemes: world.law.marketplaceSchemes(market),
    freightMinor,
    sameOrderMinor: task.basket.valueMinor - value,
    sameDayMinor: world.consigneeDays.sent(task.order, lawDayOf(world, task, market)),
  };
  return assess(world, task, crossing, contents);
};

/**
 * What the same goods owed when they came into stock, as part of a commercial consignment: formally entered, at their
 * transfer value. Today's law is taken, because a unit used now has to be replaced under it.
 */
export const assessStock = (
  world: World,
  task: Task,
  market: CountryCode,
  origin: CountryCode,
  freightMinor: number,
  contents: readonly ParcelContent[],
): Result<CustomsBill, Fault> =>
  assess(
    world,
    task,
    { market, origin, channel: 'cargo', entry: 'formal', importer: 'business', schemes: [], freightMinor },
    contents,
  );

/** The tax on the sale of goods from stock inside a market. */
export const assessSale = (
  world: World,
  task: Task,
  contents: readonly ParcelContent[],
): Result<CustomsBill, Fault> => {
  const { country: market, subdivision } = task.order.destination;
  const sale = {
    market,
    subdivision,
    origin: market,
    channel: 'domestic',
    importer: 'consumer',
    schemes: [],
    freightMinor: 0,
  };
  return assess(world, task, sale, contents);
};
