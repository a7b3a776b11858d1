import type { QuantileCurve } from '@crossparcel/numerics';
import { CellGrid } from './cell-grid.ts';
import { ConversionPosterior, periodsOf, toldBase } from './conversion.ts';
import type { SpikeEvidence } from './evidence.ts';
import type { OrderModelRecord } from './model.ts';
import { orderFeatures } from './order-features.ts';
import { grown, type SpikeSizer } from './sizer.ts';
import { reachOf, spanned } from './span.ts';
import { VideoGrowth } from './video-growth.ts';

/**
 * What orders with views go by: orders expected from the views to come, what they go back to, and how certain that is. `growth`
 * is the logarithm of views to come over views seen, up to so many seconds ahead.
 */
export const conversionFeatures = (
  evidence: SpikeEvidence,
  posterior: ConversionPosterior,
  { age, growth, ahead, usual }: { age: number; growth: number; ahead: number; usual: number },
): number[] => {
  const seen = evidence.signal('views')?.at(age) ?? 0;
  const { mean, deviation } = posterior.orders(Math.exp(growth) * (seen + 1), ahead);
  const scarce = 1 / Math.sqrt(evidence.counts.at(age) + 1);
  return [mean, posterior.logPerView - usual, growth, deviation, scarce];
};

const NOT_BY_VIEWS =
  'orders and views do not go together: no launch learned from sold so much, or so little, by a view; sized by the orders alone';

/** A posterior and how many readings it went by. */
interface Known {
  readonly entries: number;
  readonly posterior: ConversionPosterior;
}

/** Sizes the orders of a product after its video: views still to come times orders per view, or by the orders alone. */
export class OrderSizer implements SpikeSizer {
  readonly span: OrderModelRecord;
  readonly #views: VideoGrowth;
  readonly #alone: CellGrid;
  readonly #withViews: Readonly<Record<'told' | 'guessed', Readonly<Record<'toldBase' | 'anyBase', CellGrid>>>>;
  /** The same evidence is asked about many horizons. */
  readonly #known = new WeakMap<SpikeEvidence, Known>();

  constructor(record: OrderModelRecord) {
    this.span = record;
    this.#views = new VideoGrowth(record.views);
    this.#alone = new CellGrid(record.alone);
    this.#withViews = {
      told: gridsOf(record.withViews.told),
      guessed: gridsOf(record.withViews.guessed),
    };
  }

  total(evidence: SpikeEvidence, horizon: number): QuantileCurve {
    const { age } = evidence;
    const seen = evidence.counts.at(age);
    // Lines are drawn through log(1 + orders to come).
    const asGrowth = (value: number) => Math.log1p(Math.max(0, Math.expm1(value)) / (seen + 1));
    const growths = spanned(this.span, { age, horizon }, (from, to) => this.#growths(evidence, from, to, asGrowth));
    return grown(seen, growths);
  }

  notes(evidence: SpikeEvidence): string[] {
    const hasViews = (evidence.signal('views')?.length ?? 0) > 0;
    return hasViews && this.#posterior(evidence).isBeyond ? [NOT_BY_VIEWS] : [];
  }

  #growths(evidence: SpikeEvidence, from: number, to: number, as: (value: number) => number): number[] {
    const { age } = evidence;
    const part = Math.log(to / from) / Math.log(reachOf(this.span, from) / from);
    const expected = this.#views.until((to * age) / from, evidence, age);
    if (!expected || this.#posterior(evidence).isBeyond)
      return this.#alone.answer(orderFeatures(evidence, age), from, part, as);
    const { usual } = this.span.conversion;
    const ahead = ((to - from) * age) / from;
    const features = conversionFeatures(evidence, this.#posterior(evidence), {
      age,
      growth: expected.growth,
      ahead,
      usual,
    });
    const grids = this.#withViews[expected.by];
    const grid = toldBase(evidence) === undefined ? grids.anyBase : grids.toldBase;
    return grid.answer(features, from, part, as);
  }

  #posterior(evidence: SpikeEvidence): ConversionPosterior {
    const entries = evidence.counts.length + (evidence.signal('views')?.length ?? 0);
    const known = this.#known.get(evidence);
    if (known?.entries === entries) return known.posterior;
    const posterior = new ConversionPosterior(
      periodsOf(evidence, evidence.age),
      this.span.conversion,
      toldBase(evidence),
    );
    this.#known.set(evidence, { entries, posterior });
    return posterior;
  }
}

const gridsOf = ({ toldBase, anyBase }: OrderModelRecord['withViews']['told']) => ({
  toldBase: new CellGrid(toldBase),
  anyBase: new CellGrid(anyBase),
});
