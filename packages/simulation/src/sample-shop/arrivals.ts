import type { Generator } from '@crossparcel/numerics';
import { dayOfInstant, type Instant, MS_PER_DAY, weekdayOf } from '@crossparcel/units';
import { SAMPLE_ASSUMPTIONS, type SampleMarket } from './assumptions.ts';
import { between, happens, poisson, Sampler } from './draw.ts';

/** A moment at which somebody orders. */
export interface Arrival {
  readonly at: Instant;
  readonly country: SampleMarket;
  /** `launch`: came for the viral product after its launch; `viral`: bought it before; `usual`: anything else. */
  readonly kind: 'usual' | 'viral' | 'launch';
}

const MS_PER_MINUTE = 60_000;
const MINUTES_PER_DAY = 1440;
const MS_PER_HOUR = 3_600_000;
const { value: assumed } = SAMPLE_ASSUMPTIONS.viral;
const MARKETS = Object.keys(SAMPLE_ASSUMPTIONS.markets.value) as SampleMarket[];
const shares: Readonly<Record<SampleMarket, number>> = SAMPLE_ASSUMPTIONS.markets.value;

const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
const meanHour = mean(SAMPLE_ASSUMPTIONS.hourRates.value);
const meanWeekday = mean(SAMPLE_ASSUMPTIONS.weekdayRates.value);

const localOf = (at: Instant, country: SampleMarket) => {
  const local = at + SAMPLE_ASSUMPTIONS.utcOffsets.value[country] * MS_PER_HOUR;
  const day = dayOfInstant(local);
  return { weekday: weekdayOf(day), hour: Math.floor((local - day * MS_PER_DAY) / MS_PER_HOUR) };
};

/** Rate at an hour of a market's day, relative to its mean over the week. */
const usualRate = (at: Instant, country: SampleMarket): number => {
  const { weekday, hour } = localOf(at, country);
  const { hourRates, weekdayRates } = SAMPLE_ASSUMPTIONS;
  return ((hourRates.value[hour] ?? 0) / meanHour) * ((weekdayRates.value[weekday - 1] ?? 0) / meanWeekday);
};

/** The instant at which the viral product is launched. */
export const launchOf = (now: Instant, generator: Generator): Instant =>
  now - Math.round(between(generator, assumed.startedDaysAgo) * MINUTES_PER_DAY) * MS_PER_MINUTE;

/** The shop's usual orders up to `now`: a Poisson process by market and hour. */
export const usualArrivals = (now: Instant, launch: Instant, generator: Generator): Arrival[] => {
  const { days, ordersPerDay } = SAMPLE_ASSUMPTIONS;
  const viralShare = assumed.ordersPerDay / ordersPerDay.value;
  const arrivals: Arrival[] = [];
  for (let from = now - days.value * MS_PER_DAY; from < now; from += MS_PER_HOUR) {
    for (const country of MARKETS) {
      const expected = (ordersPerDay.value / 24) * shares[country] * usualRate(from, country);
      for (let left = poisson(generator, expected); left > 0; left--) {
        const at = from + generator.integer(0, MS_PER_HOUR - 1);
        const kind = at < launch && happens(generator, viralShare) ? 'viral' : 'usual';
        arrivals.push({ at, country, kind });
      }
    }
  }
  return arrivals;
};

/** Orders for the viral product from its launch to `now`, given its orders a day before. */
export const launchArrivals = (now: Instant, launch: Instant, basePerDay: number, generator: Generator): Arrival[] => {
  const { dayShape, factor } = assumed;
  const arrivals: Arrival[] = [];
  for (const [day, weight] of dayShape.entries()) {
    const from = launch + day * MS_PER_DAY;
    const cells = hoursOf(from);
    const count = Math.round((basePerDay * factor * weight) / dayShape[0]);
    for (let drawn = 0; drawn < count; drawn++) {
      const { hour, country } = cells.draw(generator);
      const at = from + hour * MS_PER_HOUR + generator.integer(0, MS_PER_HOUR - 1);
      if (at < now) arrivals.push({ at, country, kind: 'launch' });
    }
  }
  return arrivals;
};

const hoursOf = (from: Instant): Sampler<{ hour: number; country: SampleMarket }> => {
  const elsewhere = 1 - shares[assumed.homeMarket];
  const cells = Array.from({ length: 24 }, (_, hour) => MARKETS.map((country) => ({ hour, country }))).flat();
  const weights = cells.map(({ hour, country }) => {
    const isNight = localOf(from + hour * MS_PER_HOUR, country).hour < assumed.nightUntilHour;
    const share =
      country === assumed.homeMarket ? assumed.homeShare : ((1 - assumed.homeShare) * shares[country]) / elsewhere;
    return share * (isNight ? assumed.nightRate : 1);
  });
  return new Sampler(cells, weights);
};
