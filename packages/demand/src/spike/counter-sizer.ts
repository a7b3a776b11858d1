import type { QuantileCurve } from '@crossparcel/numerics';
import { Forest } from '../trees/forest.ts';
import { counterFeatures, counterLineFeatures } from './counter-features.ts';
import type { SpikeEvidence } from './evidence.ts';
import { GrowthLines } from './growth-lines.ts';
import type { CounterModelRecord } from './model.ts';
import { grown, type SpikeSizer } from './sizer.ts';
import { reachOf, spanned } from './span.ts';

/** What quantile trees count for; lines, which go astray less on few items, for the rest. */
const TREES = 1 / 3;

/** Sizes any counter by how it has grown so far: at each level by quantile trees and a line on the shape of its history. */
export class CounterSizer implements SpikeSizer {
  readonly span: CounterModelRecord;
  readonly #forests: readonly Forest[];
  readonly #lines: GrowthLines;

  constructor(record: CounterModelRecord) {
    this.span = record;
    this.#forests = record.forests.map((forest) => new Forest(forest));
    this.#lines = new GrowthLines(record.lines);
  }

  total(evidence: SpikeEvidence, horizon: number): QuantileCurve {
    return grown(evidence.counts.at(evidence.age), this.growths(evidence, horizon));
  }

  /** Growths by level, as logarithms. */
  growths(evidence: SpikeEvidence, horizon: number): number[] {
    const { age } = evidence;
    const { lastAge, platforms, leastTotal } = this.span;
    const [seen, least] = [Math.log(evidence.counts.at(age) + 1), Math.log(leastTotal + 1)];
    return spanned(this.span, { age, horizon }, (from, to) => {
      const asked = { age: Math.max(1, age), modelAge: Math.min(from, lastAge), horizon: (to * age) / from };
      const features = counterFeatures(evidence, asked, platforms);
      const part = Math.log(to / from) / Math.log(reachOf(this.span, from) / from);
      const question = { features: counterLineFeatures(features, platforms), age: from, seen, least };
      const lines = this.#lines.growths(question, part);
      return this.#forests.map(
        (forest, level) => TREES * forest.answer(features) + (1 - TREES) * (lines[level] as number),
      );
    });
  }
}
