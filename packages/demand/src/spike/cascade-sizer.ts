import type { QuantileCurve } from '@crossparcel/numerics';
import { cascadeFeatures, timeFeatures } from './cascade.ts';
import { CellGrid } from './cell-grid.ts';
import type { CounterSizer } from './counter-sizer.ts';
import type { SpikeEvidence } from './evidence.ts';
import type { CascadeModelRecord } from './model.ts';
import { grown, type SpikeSizer } from './sizer.ts';
import { reachOf, SPIKE_LEVELS, spanned } from './span.ts';
import { TruncatedLines, type TruncatedQuestion } from './truncated-lines.ts';

/** Lines to the last horizon, and to instants before it up to `last`, as a part of the way. */
interface Lines {
  readonly ends: TruncatedLines;
  readonly ways: CellGrid;
  readonly last: number;
}

const linesOf = ({ ends, ways }: CascadeModelRecord['times']): Lines => ({
  ends: new TruncatedLines(ends),
  ways: new CellGrid(ways),
  last: ways.parts.at(-1) ?? 0,
});

/**
 * Sizes shares that are known one by one: lines through what a self-exciting process makes of times and followers. Cascades
 * that grow to far less than those learned from are sized as any counter, with a passage between.
 */
export class CascadeSizer implements SpikeSizer {
  readonly span: CascadeModelRecord;
  readonly #times: Lines;
  readonly #followers: Lines;
  readonly #counter: CounterSizer;

  constructor(record: CascadeModelRecord, counter: CounterSizer) {
    this.span = record;
    this.#times = linesOf(record.times);
    this.#followers = linesOf(record.followers);
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
    if (lines.ends.share(question) === 0 || chance > 1 / 2) return [];
    const alone = Math.round(Math.exp(question.seen + growth) - 1);
    const percent = chance < 0.01 ? 'below 1' : Math.round(100 * chance);
    return [
      `taken for a post that ends above ${this.span.leastTotal} shares, as all learned from did; any post that grew so would come to ${alone}, and pass ${this.span.leastTotal} with a chance of ${percent} %`,
    ];
  }

  #asked(evidence: SpikeEvidence): { lines: Lines; question: TruncatedQuestion } {
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

  #growths(age: number, horizon: number, { ends, ways, last }: Lines, question: TruncatedQuestion): number[] {
    return spanned(this.span, { age, horizon }, (from, to) => {
      const end = ends.growths({ ...question, age: from });
      const part = Math.log(to / from) / Math.log(reachOf(this.span, from) / from);
      if (part >= 1) return end;
      const onward = Math.max(0, (part - last) / (1 - last));
      const way = ways.answer(question.features, from, Math.min(part, last));
      // Nothing on the way is more than what it leads to.
      return way.map((growth, level) => {
        const most = end[level] as number;
        return (1 - onward) * Math.min(growth, most) + onward * most;
      });
    });
  }
}
