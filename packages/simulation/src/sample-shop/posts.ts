import { formatInstant, type Instant, MS_PER_DAY } from '@crossparcel/units';
import { SAMPLE_ASSUMPTIONS } from './assumptions.ts';
import { between, streamOf } from './draw.ts';

/** What a counter of a post stood at, and since when that was known. */
export interface SampleReading {
  readonly metric: 'views' | 'likes' | 'comments' | 'countries';
  /** RFC 3339, in UTC. */
  readonly at: string;
  readonly knownAt: string;
  readonly value?: number;
  readonly countries?: string[];
}

/** An order of the product that a post shows. */
interface Bought {
  readonly placedAt: string;
  readonly country: string;
}

/** A post that shows goods of the shop, with the readings of its counters up to now; none before it is published. */
export interface SamplePost {
  readonly platform: string;
  readonly externalId: string;
  readonly kind: 'video' | 'live';
  /** RFC 3339, in UTC. */
  readonly publishesAt: string;
  readonly skus: string[];
  readonly attributes: Record<string, string | number>;
  readonly readings: SampleReading[];
}

const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 60 * MS_PER_MINUTE;
const { value: assumed } = SAMPLE_ASSUMPTIONS.posts;
const { sku: viral } = SAMPLE_ASSUMPTIONS.viral.value;

const text = (at: Instant): string => formatInstant(Math.floor(at / 1000) * 1000);

/** The video that launched the viral product, read by the orders of it, and a live stream that is still to come. */
export const samplePosts = (launch: Instant, now: Instant, seed: number, bought: readonly Bought[]): SamplePost[] => [
  {
    platform: 'tiktok',
    externalId: '7431950382216',
    kind: 'video',
    publishesAt: text(launch),
    skus: [viral],
    attributes: { category: 'home', durationSeconds: 41 },
    readings: readingsOf(launch, now, seed, bought),
  },
  {
    platform: 'tiktok',
    externalId: '7431960117420',
    kind: 'live',
    publishesAt: text(now + assumed.nextInDays * MS_PER_DAY),
    skus: [viral],
    attributes: { statedReach: assumed.nextReach },
    readings: [],
  },
];

/** Views come before orders: as many as the orders seen since then ask for, at the assumed orders a view. */
const readingsOf = (launch: Instant, now: Instant, seed: number, bought: readonly Bought[]): SampleReading[] => {
  const generator = streamOf(seed, 'posts');
  const sold = bought.filter(({ placedAt }) => placedAt >= text(launch));
  let views = 0;
  return assumed.readAfterHours.flatMap((hours) => {
    const at = launch + hours * MS_PER_HOUR;
    const known = at + assumed.knownAfterMinutes * MS_PER_MINUTE;
    const noise = Math.exp(between(generator, assumed.noise));
    if (known > now) return [];
    const before = sold.filter(({ placedAt }) => placedAt < text(at));
    views = Math.max(views + 1, Math.round((before.length / assumed.ordersPerView) * noise));
    const reading = { at: text(at), knownAt: text(known) };
    const countries = [...new Set(before.map(({ country }) => country))].sort();
    return [
      { ...reading, metric: 'views', value: views },
      { ...reading, metric: 'likes', value: Math.round(views * assumed.likesPerView) },
      { ...reading, metric: 'comments', value: Math.round(views * assumed.commentsPerView) },
      { ...reading, metric: 'countries', countries },
    ] as const;
  });
};
