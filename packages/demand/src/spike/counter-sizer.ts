import type { QuantileCurve } from '@crossparcel/numerics';
import { Forest } from '../trees/forest.ts';
import { counterFeatures } from './counter-features.ts';
import type { SpikeEvidence } from './evidence.ts';
import type { CounterModelRecord } from './model.ts';
import { grown, type SpikeSizer } from './sizer.ts';
import { spanned } from './span.ts';

/** Sizes any counter by how it has grown so far: quantile trees on the shape of its history. */
export class CounterSizer implements SpikeSizer {
  readonly span: CounterModelRecord;
  readonly #forests: readonly Forest[];

  constructor(record: CounterModelRecord) {
    this.span = record;
    this.#forests = record.forests.map((forest) => new Forest(forest));
  }

  total({ counts, age }: SpikeEvidence, horizon: number): QuantileCurve {
    return grown(counts.at(age), this.growths(counts, age, horizon));
  }

  /** Growths by level, as logarithms. */
  growths(counts: SpikeEvidence['counts'], age: number, horizon: number): number[] {
    return spanned(this.span, { age, horizon }, (from, to) => {
      const features = counterFeatures(counts, Math.max(1, age), Math.min(from, this.span.lastAge), (to * age) / from);
      return this.#forests.map((forest) => forest.answer(features));
    });
  }
}
