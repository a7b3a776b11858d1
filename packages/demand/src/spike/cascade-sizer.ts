import type { QuantileCurve } from '@crossparcel/numerics';
import { cascadeFeatures, timeFeatures } from './cascade.ts';
import type { CounterSizer } from './counter-sizer.ts';
import type { SpikeEvidence } from './evidence.ts';
import { GrowthLines } from './growth-lines.ts';
import type { CascadeModelRecord } from './model.ts';
import { grown, type SpikeSizer } from './sizer.ts';
import { reachOf, SPIKE_LEVELS, spanned } from './span.ts';
import type { TruncatedQuestion } from './truncated-lines.ts';

/**
 * Sizes shares that are known one by one: lines through what a self-exciting process makes of times and followers. Cascades
 * that grow to far less than those learned from are sized as any counter, with a passage between.
 */
export class CascadeSizer implements SpikeSizer {
  readonly span: CascadeModelRecord;
  readonly #times: GrowthLines;
  readonly #followers: GrowthLines;
  readonly #counter: CounterSizer;

  constructor(record: CascadeModelRecord, counter: CounterSizer) {
    this.span = record;
    this.#times = new GrowthLines(record.times);
    this.#followers = new GrowthLines(record.followers);
    this.#counter = counter;
  }

  total(evidence: SpikeEvidence, horizon: number): QuantileCurve {
    const { lines, question } = this.#asked(evidence);
    const share = lines.ends.share(question);
    const cascade = share > 0 ? this.#growths(evidence.age, horizon, lines, question) : [];
    const counter = share < 1 ? this.#counter.growths(evidence, horizon) : [];
    return grown(
      evidence.counts.at(evidence.age),
      SPIKE_LEVELS.map((_, level) => share * (cascade[level] ?? 0) + (1 - share) * (counter[level] ?? 0)),
    );
  }

  notes(evidence: SpikeEvidence): string[] {
    const { lines, question } = this.#asked(evidence);
    const { growth, chance } = lines.ends.alone(question);
    const share = lines.ends.share(question);
    if (share === 0 || chance > 1 / 2) return [];
    const taken = share < 1 ? 'taken in part' : 'taken';
    const alone = Math.round(Math.exp(question.seen + growth) - 1);
    const percent = chance < 0.01 ? 'below 1' : Math.round(100 * chance);
    return [
      `${taken} for a post that ends above ${this.span.leastTotal} shares, as all learned from did; any post that grew so would come to ${alone}, and pass ${this.span.leastTotal} with a chance of ${percent} %`,
    ];
  }

  #asked(evidence: SpikeEvidence): { lines: GrowthLines; question: TruncatedQuestion } {
    const { counts, audience, age } = evidence;
    // Without the post itself at 0 the audience of its author is not known.
    const known = audience !== undefined && audience.at(0) > 0;
    return {
      lines: known ? this.#followers : this.#times,
      question: {
        features: known ? cascadeFeatures(evidence, age) : timeFeatures(counts, age),
        age: Math.max(age, this.span.firstAge),
        seen: Math.log(counts.at(age) + 1),
        least: Math.log(this.span.leastTotal + 1),
      },
    };
  }

  #growths(age: number, horizon: number, lines: GrowthLines, question: TruncatedQuestion): number[] {
    return spanned(this.span, { age, horizon }, (from, to) =>
      lines.growths({ ...question, age: from }, Math.log(to / from) / Math.log(reachOf(this.span, from) / from)),
    );
  }
}
