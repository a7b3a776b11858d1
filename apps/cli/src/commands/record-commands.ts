import type { AnyRecordCommand } from '../conventions/batch-answerer.ts';
import { address } from './address.ts';
import { classify } from './classify.ts';
import { declare } from './declare.ts';
import { flightsFsu } from './flights-fsu.ts';
import { forecastLaunch } from './forecast-launch.ts';
import { identify } from './identify.ts';
import { landedCost } from './landed-cost.ts';
import { landedCostCompare } from './landed-cost-compare.ts';
import { landedCostOptions } from './landed-cost-options.ts';
import { margin } from './margin.ts';
import { pack } from './pack.ts';
import { packExplain } from './pack-explain.ts';
import { rate } from './rate.ts';
import { route } from './route.ts';
import { screen } from './screen.ts';
import { spike } from './spike.ts';

/** Every command that answers record by record, parents before their own; workers look theirs up here. */
export const recordCommands = [
  classify,
  address,
  flightsFsu,
  declare,
  forecastLaunch,
  identify,
  landedCost,
  landedCostCompare,
  landedCostOptions,
  margin,
  pack,
  packExplain,
  rate,
  route,
  screen,
  spike,
] as unknown as readonly AnyRecordCommand[];
