import {
  CascadeSizer,
  type CounterModelRecord,
  CounterSizer,
  OrderSizer,
  SpikeEvidence,
  type SpikeSizer,
} from '@crossparcel/demand';
import type { QuantileCurve } from '@crossparcel/numerics';
import { DAY, HOUR, type SpikeItem, type SpikeItems, seenAt, totalAt } from './spike-data.ts';
import { learnCascades, learnCounters, learnOrders, learnViews } from './spike-learn.ts';

const FOLDS = 5;

/** An item seen at an age, and the sizer that did not learn from its family. */
export interface Trial {
  readonly item: SpikeItem;
  readonly fold: number;
  readonly age: number;
  readonly horizon: number;
  readonly evidence: SpikeEvidence;
  readonly sizer: SpikeSizer;
}

/** What items are seen at, and sized for. */
export const TRIALS = {
  cascades: { ages: [600, 1800, HOUR, 3 * HOUR, 6 * HOUR, 24 * HOUR], horizon: 7 * DAY },
  articles: { ages: [HOUR, 6 * HOUR, 24 * HOUR], horizon: 2 * DAY },
  launches: { ages: [1, 2, 3, 4].map((day) => day * DAY), horizon: 14 * DAY },
} as const;

/** Folds by the number of the family, spread by multiplication (Knuth). */
export const foldOf = ({ family }: SpikeItem): number =>
  Math.floor(((Number(family) * 2_654_435_761) % 2 ** 32) / 65_536) % FOLDS;

export const folds = Array.from({ length: FOLDS }, (_, fold) => fold);

const trialsOf = (
  items: readonly SpikeItem[],
  { ages, horizon }: { ages: readonly number[]; horizon: number },
  sizers: readonly SpikeSizer[],
): Trial[] =>
  items.flatMap((item) =>
    ages.flatMap((age) => {
      const evidence = new SpikeEvidence(seenAt(item, age, horizon));
      if (item.kind === 'shares' && evidence.counts.last < 1) return [];
      const fold = foldOf(item);
      return [{ item, fold, age, horizon, evidence, sizer: sizers[fold] as SpikeSizer }];
    }),
  );

/** Models of every fold without its items, and each item seen at the ages of its set. */
export const crossFit = (spikes: SpikeItems): Record<keyof typeof TRIALS, Trial[]> => {
  const others = (items: readonly SpikeItem[], fold: number) => items.filter((item) => foldOf(item) !== fold);
  const counters: CounterModelRecord[] = folds.map((fold) => learnCounters(others(spikes.articles, fold)));
  const views = learnViews(spikes.videos);
  const counterSizers = counters.map((record) => new CounterSizer(record));
  const cascades = folds.map(
    (fold) => new CascadeSizer(learnCascades(others(spikes.cascades, fold)), counterSizers[fold] as CounterSizer),
  );
  const orders = folds.map((fold) => new OrderSizer(learnOrders(others(spikes.launches, fold), views)));
  return {
    cascades: trialsOf(spikes.cascades, TRIALS.cascades, cascades),
    articles: trialsOf(spikes.articles, TRIALS.articles, counterSizers),
    launches: trialsOf(spikes.launches, TRIALS.launches, orders),
  };
};

/** The total that a trial expects. */
export const sized = ({ sizer, evidence, horizon }: Trial): QuantileCurve => sizer.total(evidence, horizon);

/** The total that came. */
export const actualOf = ({ item, horizon }: Trial): number => totalAt(item, horizon);
