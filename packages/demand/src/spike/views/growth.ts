import type { ViewReading } from './readings.ts';

/** What stands where something is not known: below all that is. */
const UNKNOWN = -20;
const DAY = 24;
/** Growth of a video seen once, before the trees correct it: about what the first days of a charting video show. */
const USUAL_EXPONENT = 0.6;
/** Keeps ratios finite where nothing was counted. */
const LEAST_SHARE = 1e-5;
const LEAST_EXPONENT = 0.01;
const LEAST_HOURS = 0.1;
/**
 * The shortest stretch of the logarithm of age, and the steepest growth over one, that were read daily: a burst of minutes
 * must not be carried on for days.
 */
const LEAST_SPAN = 0.068;
const MOST_EXPONENT = 6.1;

const logShare = (part: number | undefined, whole: number | undefined): number =>
  part === undefined || whole === undefined ? UNKNOWN : Math.log(part / Math.max(1, whole) + LEAST_SHARE);

/** How two readings differ. */
interface Step {
  readonly before: ViewReading;
  readonly place: number;
  /** Logarithm of the ratio of ages. */
  readonly span: number;
  /** Growth of the logarithm of views for each unit of the logarithm of age, at the later reading. */
  readonly exponent: number;
}

/** The reading nearest to a day before another, so that hourly and daily readings tell of the same stretch. */
const stepTo = (readings: readonly ViewReading[], place: number): Step | undefined => {
  const now = readings[place] as ViewReading;
  let found: number | undefined;
  for (let at = 0; at < place; at += 1) {
    const off = (index: number) => Math.abs(now.hours - (readings[index] as ViewReading).hours - DAY);
    if (found === undefined || off(at) <= off(found)) found = at;
  }
  if (found === undefined) return undefined;
  const before = readings[found] as ViewReading;
  const span = Math.max(LEAST_SPAN, Math.log(now.hours / Math.max(LEAST_HOURS, before.hours)));
  const exponent = (now.views - before.views) / (Math.max(1, now.views) * span);
  return { before, place: found, span, exponent: Math.min(MOST_EXPONENT, exponent) };
};

const rise = (now: number | undefined, before: number | undefined, span: number): number =>
  now === undefined || before === undefined ? UNKNOWN : Math.log((now + 1) / (before + 1)) / span;

/** What is known of a video's growth, whatever the horizon. */
export interface ViewGrowth {
  readonly hours: number;
  readonly views: number;
  /** Exponent of the growth over the last day. */
  readonly exponent: number;
  readonly features: readonly number[];
  readonly countries: readonly string[] | undefined;
}

/** Describes the last of a video's readings by those before it. At least one reading is needed. */
export const viewGrowth = (readings: readonly ViewReading[]): ViewGrowth => {
  const last = readings.length - 1;
  const now = readings[last];
  if (now === undefined) throw new RangeError('the growth of views needs a reading');
  const step = stepTo(readings, last);
  const earlier = step && stepTo(readings, step.place);
  const views = Math.max(1, now.views);
  const here = now.countries?.length;
  const most = Math.max(0, ...readings.map(({ countries }) => countries?.length ?? 0));
  const beforeHere = step?.before.countries?.length;
  const features = [
    Math.log(now.hours),
    Math.log(views),
    Math.log(views / now.hours),
    step?.exponent ?? UNKNOWN,
    earlier?.exponent ?? UNKNOWN,
    step && earlier ? Math.log((step.exponent + LEAST_EXPONENT) / (earlier.exponent + LEAST_EXPONENT)) : UNKNOWN,
    step?.span ?? UNKNOWN,
    logShare(now.likes, views),
    logShare(now.comments, views),
    logShare(now.comments, now.likes),
    step ? rise(now.likes, step.before.likes, step.span) : UNKNOWN,
    step ? rise(now.comments, step.before.comments, step.span) : UNKNOWN,
    here ?? UNKNOWN,
    here === undefined ? UNKNOWN : most,
    here === undefined || beforeHere === undefined ? UNKNOWN : here - beforeHere,
  ];
  const exponent = step?.exponent ?? USUAL_EXPONENT;
  return { hours: now.hours, views: now.views, exponent, features, countries: now.countries };
};

/** Growths smaller than this are not told apart. */
const LEAST_GROWTH = 0.003;

/**
 * The growth of the logarithm of views until a later age if daily views fell with the inverse of the age, as the slow decay
 * after a peak does (Crane and Sornette 2008): total = now * (1 + exponent * log(age / age now)).
 */
export const plainGrowth = ({ exponent, hours }: ViewGrowth, later: number): number =>
  Math.log(1 + exponent * Math.log(later / hours));

/** How a growth stands to the plain one, as a logarithm: what the trees learn. */
export const relativeGrowth = (growth: number, plain: number): number =>
  Math.log((growth + LEAST_GROWTH) / (plain + LEAST_GROWTH));

/** The growth that stands so to the plain one; never below 0. */
export const growthFrom = (relative: number, plain: number): number =>
  Math.max(0, Math.exp(relative) * (plain + LEAST_GROWTH) - LEAST_GROWTH);
