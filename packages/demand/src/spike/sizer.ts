import { ascending, QuantileCurve } from '@crossparcel/numerics';
import type { SpikeEvidence } from './evidence.ts';
import type { Held } from './held.ts';
import { SPIKE_LEVELS, type Span } from './span.ts';

/** Sizes what a counter comes to. */
export interface SpikeSizer {
  /** What it learned from, and how often its intervals held, where that was measured. */
  readonly span: Span & { readonly held?: readonly Held[] };
  /** The total from the start to a horizon after the age of the evidence. */
  total(evidence: SpikeEvidence, horizon: number): QuantileCurve;
  /** On what its answer rests, where that is not plain. */
  notes?(evidence: SpikeEvidence): string[];
}

/**
 * Totals from growths as log((total + 1) / (seen + 1)), at each level, none below what was seen. Where nothing was seen it may
 * stay so: models learned from what came to something, so their growth counts by level.
 */
export const grown = (seen: number, growths: readonly number[]): QuantileCurve =>
  new QuantileCurve(
    SPIKE_LEVELS,
    ascending(growths, 0).map((growth, at) => {
      const share = seen > 0 ? 1 : (SPIKE_LEVELS[at] as number);
      return (seen + 1) * Math.exp(share * growth) - 1;
    }),
  );
