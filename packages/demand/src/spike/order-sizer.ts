import type { QuantileCurve } from '@crossparcel/numerics';
import { Forest } from '../trees/forest.ts';
import { CellGrid } from './cell-grid.ts';
import type { SpikeEvidence } from './evidence.ts';
import type { OrderModelRecord } from './model.ts';
import { type Conversion, logConversion, orderFeatures, viewFeatures } from './order-features.ts';
import { grown, type SpikeSizer } from './sizer.ts';
import { reachOf, spanned } from './span.ts';

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
  const views = evidence.signal('views')?.at(age) ?? 0;
  const own = logConversion(evidence, age, conversion);
  const expected = Math.log1p(Math.exp(own + growth) * (views + 1));
  const [orders = 0, last = 0, , scarce = 0] = orderFeatures(evidence, age);
  return [expected, orders - expected, own - conversion.usual, orders - Math.log1p(views), last, growth, scarce];
};

/** Sizes the orders of a product after its video: views still to come times orders per view, or by the orders alone. */
export class OrderSizer implements SpikeSizer {
  readonly span: OrderModelRecord;
  readonly #views: Forest;
  readonly #alone: CellGrid;
  readonly #withViews: CellGrid;

  constructor(record: OrderModelRecord) {
    this.span = record;
    this.#views = new Forest(record.views);
    this.#alone = new CellGrid(record.alone);
    this.#withViews = new CellGrid(record.withViews);
  }

  total(evidence: SpikeEvidence, horizon: number): QuantileCurve {
    const { age } = evidence;
    const seen = evidence.counts.at(age);
    const growths = spanned(this.span, { age, horizon }, (from, to) => {
      const remaining = this.#remaining(evidence, from, to);
      return remaining.map((value) => Math.log1p(Math.max(0, Math.expm1(value)) / (seen + 1)));
    });
    return grown(seen, growths);
  }

  /** log(1 + orders to come) at each level. */
  #remaining(evidence: SpikeEvidence, from: number, to: number): number[] {
    const { age } = evidence;
    const part = Math.log(to / from) / Math.log(reachOf(this.span, from) / from);
    const features = viewFeatures(evidence, age, (to * age) / from);
    if (!features) return this.#alone.answer(orderFeatures(evidence, age), from, part);
    const growth = this.#views.answer(features);
    return this.#withViews.answer(conversionFeatures(evidence, age, growth, this.span.conversion), from, part);
  }
}
