import type { QuantileCurve } from '@crossparcel/numerics';
import { cascadeFeatures, timeFeatures } from './cascade.ts';
import { CellGrid } from './cell-grid.ts';
import type { CounterSizer } from './counter-sizer.ts';
import type { SpikeEvidence } from './evidence.ts';
import type { CascadeModelRecord } from './model.ts';
import { grown, type SpikeSizer } from './sizer.ts';
import { reachOf, spanned } from './span.ts';

/**
 * Sizes shares that are known one by one: lines through what a self-exciting process makes of times and followers. Cascades
 * smaller than those learned from are sized as any counter, with a passage between.
 */
export class CascadeSizer implements SpikeSizer {
  readonly span: CascadeModelRecord;
  readonly #times: CellGrid;
  readonly #followers: CellGrid;
  readonly #counter: CounterSizer;

  constructor(record: CascadeModelRecord, counter: CounterSizer) {
    this.span = record;
    this.#times = new CellGrid(record.times);
    this.#followers = new CellGrid(record.followers);
    this.#counter = counter;
  }

  total(evidence: SpikeEvidence, horizon: number): QuantileCurve {
    const { counts, age } = evidence;
    const seen = counts.at(age);
    const share = this.#share(seen, age);
    const cascade = share > 0 ? this.#growths(evidence, horizon) : [];
    const counter = share < 1 ? this.#counter.growths(counts, age, horizon) : [];
    const longer = share > 0 ? cascade : counter;
    return grown(
      seen,
      longer.map((_, level) => share * (cascade[level] ?? 0) + (1 - share) * (counter[level] ?? 0)),
    );
  }

  #growths(evidence: SpikeEvidence, horizon: number): number[] {
    const { counts, audience, age } = evidence;
    // Without the post itself at 0 the audience of its author is not known.
    const known = audience !== undefined && audience.at(0) > 0;
    const features = known ? cascadeFeatures(evidence, age) : timeFeatures(counts, age);
    const grid = known ? this.#followers : this.#times;
    return spanned(this.span, { age, horizon }, (from, to) =>
      grid.answer(features, from, Math.log(to / from) / Math.log(reachOf(this.span, from) / from)),
    );
  }

  /** 1 for as many shares as the cascades learned from had at this age, 0 for fewer than an e-th of that. */
  #share(seen: number, age: number): number {
    const { times, usualLeast } = this.span;
    const younger = times.ages.findLastIndex((one) => one <= age);
    const least = usualLeast[Math.max(0, younger)] ?? 0;
    return Math.min(1, Math.max(0, 1 + Math.log((seen + 1) / (least + 1))));
  }
}
