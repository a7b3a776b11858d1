import { ascending, QuantileCurve } from '@crossparcel/numerics';
import type { SpikeEvidence } from './evidence.ts';
import { SPIKE_LEVELS, type Span } from './span.ts';

/** Sizes what a counter comes to. */
export interface SpikeSizer {
  readonly span: Span;
  /** The total from the start to a horizon after the age of the evidence. */
  total(evidence: SpikeEvidence, horizon: number): QuantileCurve;
}

/** Totals from growths as log((total + 1) / (seen + 1)), at each level, none below what was seen. */
export const grown = (seen: number, growths: readonly number[]): QuantileCurve =>
  new QuantileCurve(
    SPIKE_LEVELS,
    ascending(growths, 0).map((growth) => (seen + 1) * Math.exp(growth) - 1),
  );
