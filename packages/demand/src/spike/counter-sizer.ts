import type { QuantileCurve } from '@crossparcel/numerics';
import { Forest } from '../trees/forest.ts';
import { CellGrid } from './cell-grid.ts';
import { counterFeatures, counterLineFeatures } from './counter-features.ts';
import type { SpikeEvidence } from './evidence.ts';
import type { CounterModelRecord } from './model.ts';
import { grown, type SpikeSizer } from './sizer.ts';
import { reachOf, spanned } from './span.ts';

/** Sizes any counter by how it has grown so far: at each level half quantile trees, half a line, on the shape of its history. */
export class CounterSizer implements SpikeSizer {
  readonly span: CounterModelRecord;
  readonly #forests: readonly Forest[];
  readonly #lines: CellGrid;

  constructor(record: CounterModelRecord) {
    this.span = record;
    this.#forests = record.forests.map((forest) => new Forest(forest));
    this.#lines = new CellGrid(record.lines);
  }

  total(evidence: SpikeEvidence, horizon: number): QuantileCurve {
    return grown(evidence.counts.at(evidence.age), this.growths(evidence, horizon));
  }

  /** Growths by level, as logarithms. */
  growths(evidence: SpikeEvidence, horizon: number): number[] {
    const { age } = evidence;
    const { lastAge, platforms } = this.span;
    return spanned(this.span, { age, horizon }, (from, to) => {
      const asked = { age: Math.max(1, age), modelAge: Math.min(from, lastAge), horizon: (to * age) / from };
      const features = counterFeatures(evidence, asked, platforms);
      const part = Math.log(to / from) / Math.log(reachOf(this.span, from) / from);
      const lines = this.#lines.answer(counterLineFeatures(features, platforms), from, part);
      return this.#forests.map((forest, level) => (forest.answer(features) + (lines[level] as number)) / 2);
    });
  }
}
