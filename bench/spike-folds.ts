import {
  CascadeSizer,
  type CounterModelRecord,
  CounterSizer,
  type OrderModelRecord,
  OrderSizer,
  SpikeEvidence,
  type SpikeSizer,
} from '@crossparcel/demand';
import type { QuantileCurve } from '@crossparcel/numerics';
import { learnCascades } from './spike-cascades.ts';
import { DAY, HOUR, type SpikeItem, type SpikeItems, seenAt, totalAt } from './spike-data.ts';
import { learnCounters } from './spike-learn.ts';
import { learnOrders, learnViews, untold } from './spike-orders.ts';

const FOLDS = 5;
/** Launches are few, and orders scatter: they are dealt into folds so many times. */
const DEALS = 4;

/** An item seen at an age, and the sizer that did not learn from its family. */
export interface Trial {
  readonly item: SpikeItem;
  readonly fold: number;
  /** Which of the deals into folds it belongs to. */
  readonly deal: number;
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

const HASH = 2_654_435_761;
/** The low bits that a deal takes the place of. */
const LOW = 65_536;

/** Folds by the number of the family, spread by multiplication (Knuth); another deal spreads them otherwise. */
const foldOf = ({ family }: SpikeItem, deal = 0): number => {
  const spread = Math.floor(((Number(family) * HASH) % 2 ** 32) / LOW);
  return (deal === 0 ? spread : Math.floor((((spread + deal * LOW) * HASH) % 2 ** 32) / LOW)) % FOLDS;
};

const folds = Array.from({ length: FOLDS }, (_, fold) => fold);

const trialsOf = (
  items: readonly SpikeItem[],
  { ages, horizon }: { ages: readonly number[]; horizon: number },
  sizers: readonly SpikeSizer[],
  deal = 0,
): Trial[] =>
  items.flatMap((item) =>
    ages.flatMap((age) => {
      const evidence = new SpikeEvidence(seenAt(item, age, horizon));
      if (item.kind === 'shares' && evidence.counts.last < 1) return [];
      const fold = foldOf(item, deal);
      return [{ item, fold, deal, age, horizon, evidence, sizer: sizers[fold] as SpikeSizer }];
    }),
  );

type Trials = Record<keyof typeof TRIALS, Trial[]>;

/** A trial of a launch with some attributes left out of what is told. */
export const without = (trial: Trial, ...names: readonly string[]): Trial => ({
  ...trial,
  evidence: untold(trial.evidence, ...names),
});

/** Trials of launches in every deal, by models of their folds. */
const launchTrials = (launches: readonly SpikeItem[], views: OrderModelRecord['views']): Trial[] =>
  Array.from({ length: DEALS }, (_, deal) => {
    const sizers = folds.map((fold) => {
      const others = launches.filter((item) => foldOf(item, deal) !== fold);
      return new OrderSizer(learnOrders(others, views));
    });
    return trialsOf(launches, TRIALS.launches, sizers, deal);
  }).flat();

/**
 * Models of every fold without its items, and each item seen at the ages of its set.
 */
export const crossFit = (spikes: SpikeItems): Trials => {
  const others = (items: readonly SpikeItem[], fold: number) => items.filter((item) => foldOf(item) !== fold);
  const counters: CounterModelRecord[] = folds.map((fold) => learnCounters(others(spikes.articles, fold)));
  const counterSizers = counters.map((record) => new CounterSizer(record));
  const cascades = folds.map(
    (fold) => new CascadeSizer(learnCascades(others(spikes.cascades, fold)), counterSizers[fold] as CounterSizer),
  );
  return {
    cascades: trialsOf(spikes.cascades, TRIALS.cascades, cascades),
    articles: trialsOf(spikes.articles, TRIALS.articles, counterSizers),
    launches: launchTrials(spikes.launches, learnViews(spikes)),
  };
};

/** The total that a trial expects. */
export const sized = ({ sizer, evidence, horizon }: Trial): QuantileCurve => sizer.total(evidence, horizon);

/** The total that came. */
export const actualOf = ({ item, horizon }: Trial): number => totalAt(item, horizon);
