import type { Generator } from '@crossparcel/numerics';
import type { PlanRecord } from '@crossparcel/planning';
import type { Milestone } from '@crossparcel/trace';
import { type Instant, MS_PER_DAY } from '@crossparcel/units';
import { SAMPLE_ASSUMPTIONS } from './assumptions.ts';
import { crossBorder } from './cross-border.ts';
import { deliver } from './delivery.ts';
import { between, happens, Sampler, streamOf } from './draw.ts';
import { linehaulOf, localDay } from './local-days.ts';
import { type Passage, Way } from './way.ts';

/** A parcel that sets out: its order’s time, its legs as planned, and where it goes. */
export interface TravellingParcel {
  /** Any text of its own; the way is drawn from it. */
  readonly id: string;
  readonly placedAt: Instant;
  readonly legs: PlanRecord['legs'];
  readonly country: string;
  /** Leading signs of the postal code; it names the place of the delivery office (`US-787`). */
  readonly postalPrefix?: string | undefined;
  /** Share of such parcels that buyers send back; without it the mean over the categories. */
  readonly returnRate?: number | undefined;
}

/** Something that was seen to happen to a parcel. */
export interface Sighting {
  readonly milestone: Milestone;
  /** When it happened, and when the record of it came in; late scans come in after later ones. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  /** Facility, airport or gateway of the network, or country and postal prefix. */
  readonly place: string;
}

const MS_PER_HOUR = 3_600_000;
const MS_PER_MINUTE = 60_000;

/**
 * What is known of a parcel’s way by `now`, in the order in which it was recorded. The whole way, future included,
 * follows from the parcel and the seed; `now` only cuts it, so that a later `now` answers the same and more.
 */
export const journeyOf = (
  parcel: TravellingParcel,
  { seed, now }: { readonly seed: number; readonly now: Instant },
): Sighting[] => {
  const generator = streamOf(seed, `parcel|${parcel.id}`);
  return recorded(withLoss(passagesOf(parcel, generator), generator), generator)
    .filter(({ recordedAt }) => recordedAt <= now)
    .sort((a, b) => a.recordedAt - b.recordedAt || a.at - b.at);
};

const passagesOf = (parcel: TravellingParcel, generator: Generator): readonly Passage[] => {
  const [first] = parcel.legs;
  const last = parcel.legs.at(-1);
  if (!first || !last) return [];
  const way = new Way();
  const { fromHour, toHour, afterOrderMinutes } = SAMPLE_ASSUMPTIONS.collection.value;
  const pickUp = localDay(first.departs, first.from).atHour(between(generator, { from: fromHour, to: toHour }));
  const ready = parcel.placedAt + between(generator, afterOrderMinutes) * MS_PER_MINUTE;
  way.pass('collected', Math.max(pickUp, ready), first.from);
  const place = parcel.postalPrefix ? `${parcel.country}-${parcel.postalPrefix}` : parcel.country;
  const quantile = generator.unit();
  const linehaul = linehaulOf(parcel.legs);
  if (linehaul)
    crossBorder(way, { linehaul, country: parcel.country, isDoorToDoor: last === linehaul, quantile }, generator);
  else way.passAfterHours('departed', between(generator, SAMPLE_ASSUMPTIONS.localDepartHours.value), first.from);
  const returnRate = parcel.returnRate ?? SAMPLE_ASSUMPTIONS.meanReturnRate.value;
  deliver(
    way,
    { leg: last, country: parcel.country, place, quantile, returnRate, isForeign: linehaul !== undefined },
    generator,
  );
  return way.passages;
};

/** A lost parcel is silent from some point between departure and delivery on, until the carrier gives it up. */
const withLoss = (passages: readonly Passage[], generator: Generator): readonly Passage[] => {
  const departed = passages.findIndex(({ milestone }) => milestone === 'departed');
  const delivered = passages.findIndex(({ milestone }) => milestone === 'delivered');
  if (!happens(generator, SAMPLE_ASSUMPTIONS.lostShare.value) || departed < 0) return passages;
  const end = delivered < 0 ? passages.length : delivered;
  const cut = generator.integer(departed + 1, Math.max(departed + 1, end - 1));
  const seen = passages.slice(0, cut);
  const last = seen.at(-1);
  if (!last) return passages;
  const at = last.at + SAMPLE_ASSUMPTIONS.lostAfterDays.value * MS_PER_DAY;
  return [...seen, { milestone: 'lost', at, place: last.place }];
};

const { share: lateShare, hours, weights, jitter } = SAMPLE_ASSUMPTIONS.lateScans.value;
const lateHours = new Sampler<number>(hours, weights);

const recorded = (passages: readonly Passage[], generator: Generator): Sighting[] =>
  passages.map((passage) => {
    const delay = between(generator, SAMPLE_ASSUMPTIONS.scanDelayMinutes.value) * MS_PER_MINUTE;
    const late = happens(generator, lateShare)
      ? lateHours.draw(generator) * between(generator, { from: 1 - jitter, to: 1 + jitter }) * MS_PER_HOUR
      : 0;
    return { ...passage, recordedAt: wholeSecond(passage.at + delay + late) };
  });

const wholeSecond = (instant: Instant): Instant => Math.ceil(instant / 1000) * 1000;
