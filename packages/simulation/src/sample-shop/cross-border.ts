import type { Generator } from '@crossparcel/numerics';
import { type Instant, MS_PER_DAY } from '@crossparcel/units';
import { SAMPLE_ASSUMPTIONS } from './assumptions.ts';
import { between, happens } from './draw.ts';
import { endDayOf, localDay, type PlannedLeg } from './local-days.ts';
import type { Way } from './way.ts';

const MS_PER_HOUR = 3_600_000;
const holdShares: Readonly<Record<string, number>> = SAMPLE_ASSUMPTIONS.customsHold.value.byCountry;

/** A linehaul to be travelled. */
export interface Crossing {
  readonly linehaul: PlannedLeg;
  /** The last country of the way. */
  readonly country: string;
  /** The linehaul itself ends at the door. */
  readonly isDoorToDoor: boolean;
  /** Where in the distribution of its duration the whole trip lies. */
  readonly quantile: number;
}

/** From the hub through export customs, the flight and import customs to the release. */
export const crossBorder = (way: Way, crossing: Crossing, generator: Generator): void => {
  const { linehaul } = crossing;
  const { from, via = from, to } = linehaul;
  const { present, release, depart } = SAMPLE_ASSUMPTIONS.exportHours.value;
  way.passAfterHours('export-presented', between(generator, present), via);
  way.passAfterHours('export-released', between(generator, release), via);
  way.passAfterHours('departed', between(generator, depart), via);
  const { leastHours, arrivesAt, presentsAt } = SAMPLE_ASSUMPTIONS.linehaul.value;
  const takeOff = way.last;
  const released = Math.max(releaseOf(crossing, generator), takeOff + leastHours * MS_PER_HOUR);
  const arrived = takeOff + (released - takeOff) * between(generator, arrivesAt);
  way.pass('arrived', arrived, to);
  way.pass('import-presented', arrived + (released - arrived) * between(generator, presentsAt), to);
  way.pass('import-released', released + holdMs(way, crossing, generator), to);
};

/** A door-to-door parcel is released the day before it comes to the door. */
const releaseOf = ({ linehaul, isDoorToDoor, quantile }: Crossing, generator: Generator): Instant => {
  const spread = SAMPLE_ASSUMPTIONS.tripSpread.value;
  const own = isDoorToDoor ? quantile : reflected(quantile + (generator.unit() - 0.5) * spread);
  const day = endDayOf(linehaul, own) - (isDoorToDoor ? 1 : 0);
  return localDay(day, linehaul.to).atHour(between(generator, SAMPLE_ASSUMPTIONS.officeHours.value.customs));
};

/** Folded back into 0 to 1, which keeps an even distribution even. */
const reflected = (value: number): number => {
  if (value < 0) return -value;
  return value > 1 ? 2 - value : value;
};

/** Whole days, so that a released parcel is still released in office hours; zero for most. */
const holdMs = (way: Way, { linehaul, country }: Crossing, generator: Generator): number => {
  const { share, afterHours, days } = SAMPLE_ASSUMPTIONS.customsHold.value;
  if (!happens(generator, holdShares[country] ?? share)) return 0;
  way.passAfterHours('import-held', between(generator, afterHours), linehaul.to);
  return generator.integer(days.from, days.to) * MS_PER_DAY;
};
