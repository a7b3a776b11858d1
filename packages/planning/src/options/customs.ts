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
}

const assess = (
  world: World,
  task: Task,
  crossing: Crossing,
  contents: readonly ParcelContent[],
): Result<CustomsBill, Fault> => {
  const covered = world.law.coveredFrom(crossing.market);
  const wanted: DayNumber = world.lawAt ?? world.law.dayIn(crossing.market, task.order.placedAt) ?? 0;
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

/** What a parcel owes that is sent to the buyer across the border; its value is what the buyer pays. */
export const assessDirect = (
  world: World,
  task: Task,
  channel: string,
  origin: CountryCode,
  freightMinor: number,
  contents: readonly ParcelContent[],
): Result<CustomsBill, Fault> => {
  const { country: market, subdivision } = task.order.destination;
  const schemes = world.law.marketplaceSchemes(market);
  return assess(
    world,
    task,
    { market, subdivision, origin, channel, importer: 'consumer', schemes, freightMinor },
    contents,
  );
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
