import type { QuantileCurve } from '@crossparcel/numerics';
import { CellGrid } from './cell-grid.ts';
import type { SpikeEvidence } from './evidence.ts';
import type { OrderModelRecord } from './model.ts';
import { type Conversion, logConversion, orderFeatures } from './order-features.ts';
import { grown, type SpikeSizer } from './sizer.ts';
import { reachOf, spanned } from './span.ts';
import { VideoGrowth } from './video-growth.ts';

/**
 * What orders with views go by: orders expected from the views to come at the launch's own conversion, and how certain that
 * is. `growth` is the logarithm of views to come over views seen.
 */
export const conversionFeatures = (
  evidence: SpikeEvidence,
  age: number,
  growth: number,
  conversion: Conversion,
): number[] => {
  const seen = evidence.signal('views')?.at(age) ?? 0;
  const own = logConversion(evidence, age, conversion);
  const scarce = 1 / Math.sqrt(evidence.counts.at(age) + 1);
  return [Math.log1p(Math.exp(own + growth) * (seen + 1)), own - conversion.usual, growth, scarce];
};

/** Sizes the orders of a product after its video: views still to come times orders per view, or by the orders alone. */
export class OrderSizer implements SpikeSizer {
  readonly span: OrderModelRecord;
  readonly #views: VideoGrowth;
  readonly #alone: CellGrid;
  readonly #withViews: Readonly<Record<'told' | 'guessed', CellGrid>>;

  constructor(record: OrderModelRecord) {
    this.span = record;
    this.#views = new VideoGrowth(record.views);
    this.#alone = new CellGrid(record.alone);
    this.#withViews = {
      told: new CellGrid(record.withViews.told),
      guessed: new CellGrid(record.withViews.guessed),
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

  #growths(evidence: SpikeEvidence, from: number, to: number, as: (value: number) => number): number[] {
    const { age } = evidence;
    const part = Math.log(to / from) / Math.log(reachOf(this.span, from) / from);
    const expected = this.#views.until((to * age) / from, evidence, age);
    if (!expected) return this.#alone.answer(orderFeatures(evidence, age), from, part, as);
    const features = conversionFeatures(evidence, age, expected.growth, this.span.conversion);
    return this.#withViews[expected.by].answer(features, from, part, as);
  }
}
