import { toldBase } from './conversion.ts';
import type { SpikeEvidence } from './evidence.ts';
import type { Held } from './held.ts';
import { videoFacts } from './views/kinds.ts';

const HOUR = 3600;
/** Readings this far apart, against the age, leave the shape of growth open. */
const SPARSE = 0.34;
/** Signals that narrowed intervals by less than this, in logarithms, are not asked for. */
const WORTHWHILE = 0.03;

const cadence = (age: number): string => (age <= 2 * HOUR ? 'every few minutes' : 'hourly');

const percent = (width: number): number => Math.round(100 * (1 - Math.exp(-width)));

/** By how much a kind of evidence narrowed the interval of 80 % among the items tried, where it was worth it. */
const gain = (held: Held | undefined, without: string, by: string): string | undefined => {
  const narrower = (held?.width[without] ?? 0) - (held?.width[by] ?? 0);
  return held && by in held.width && without in held.width && narrower > WORTHWHILE
    ? `on others of this age the 80 % interval was ${percent(narrower)} % narrower with them`
    : undefined;
};

/** What would narrow the answer, in plain words; measured gains where items were tried with and without. */
export const needsOf = (evidence: SpikeEvidence, held: Held | undefined): string[] => {
  const { request, counts, age, audience } = evidence;
  const needs: string[] = [];
  const before = counts.entry(-2)?.[0] ?? 0;
  if (!request.events && (age - before) / age > SPARSE)
    needs.push(`readings ${cadence(age)}: with so few, how fast it grows now is not known`);
  const { observedUntil } = evidence;
  if (age < observedUntil) needs.push(`a reading at ${observedUntil} s: the last one is of ${age} s`);
  if (request.kind === 'orders') {
    const views = evidence.signal('views');
    const worth = gain(held, 'alone', 'views');
    if (!views && worth) needs.push(`views of the video (cumulative): ${worth}`);
    const more = gain(held, 'views', 'likes');
    if (views && !evidence.signal('likes') && more) needs.push(`likes and comments of the video: ${more}`);
    const before = gain(held, 'likes', 'base');
    if (views && before && toldBase(evidence) === undefined)
      needs.push(`basePerDay among the attributes, the orders a day before the launch: ${before}`);
  }
  if (request.kind !== 'shares') {
    const worth = gain(held, request.kind === 'views' ? 'guessed' : 'likes', 'told');
    const { category, seconds } = videoFacts(request);
    const told = category !== undefined && seconds !== undefined;
    const seen = request.kind === 'views' || evidence.signal('views') !== undefined;
    if (worth && seen && !told) needs.push(`category and durationSeconds among the attributes: ${worth}`);
  }
  if (request.kind === 'shares' && (!audience || audience.at(0) === 0)) {
    const worth = gain(held, 'times', 'followers');
    if (audience) needs.push(`followers of who shared, the post itself at 0 first${worth ? `: ${worth}` : ''}`);
    else needs.push('each share with its time and followers: a self-exciting model then reads who has still to react');
  }
  return needs;
};
