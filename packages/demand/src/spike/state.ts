import { negativeBinomialTail } from '@crossparcel/numerics';
import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import type { SpikeState } from './answer.ts';
import { toldBase } from './conversion.ts';
import type { SpikeEvidence } from './evidence.ts';
import { rateSeconds } from './order-features.ts';

const DAY = 86_400;
/** Variance over mean of a base rate: a little more than Poisson. */
const BASE_VARIANCE = 1.2;

/** When counts are evidence, and when a spike is past its peak. */
export const spikeRulesSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  /** Fewer than this are no evidence of anything. */
  fewest: z.int().positive(),
  /** How likely the base rate may come to as many by chance. */
  chance: z.number().gt(0).lt(1),
  /** How much of the median total has to be there for a peak to be past. */
  behind: z.number().gt(0).lt(1),
});
export type SpikeRules = z.infer<typeof spikeRulesSchema>;

/**
 * Noise: fewer than a handful so far, or as many as the base rate (`attributes.basePerDay`) may come to by chance. Peaked:
 * most of the median total is there, and the next rate period (a day, or half of the age where that is less) is expected to
 * bring less than the last one. Growing: all else. `ahead` gives the median total at an instant.
 */
export const stateOf = (
  evidence: SpikeEvidence,
  { median, ahead }: { median: number; ahead: (instant: number) => number },
  { fewest, chance, behind }: SpikeRules,
): SpikeState => {
  const { counts, age } = evidence;
  const seen = counts.at(age);
  const usual = ((toldBase(evidence) ?? 0) * age) / DAY;
  if (seen < fewest || negativeBinomialTail(seen, usual, BASE_VARIANCE * usual) > chance) return 'noise';
  const seconds = rateSeconds(age);
  const next = ahead(age + seconds) - seen;
  return seen >= behind * median && next < counts.gain(age, seconds) ? 'peaked' : 'growing';
};
