import type { RecordCommand } from '../conventions/batch-answerer.ts';
import { classify } from './classify.ts';
import { identify } from './identify.ts';
import { landedCost } from './landed-cost.ts';
import { landedCostCompare } from './landed-cost-compare.ts';
import { landedCostOptions } from './landed-cost-options.ts';
import { margin } from './margin.ts';
import { pack } from './pack.ts';
import { packExplain } from './pack-explain.ts';
import { rate } from './rate.ts';
import { route } from './route.ts';

/** Every command that answers record by record, parents before their own; workers look theirs up here. */
export const recordCommands = [
  classify,
  identify,
  landedCost,
  landedCostCompare,
  landedCostOptions,
  margin,
  pack,
  packExplain,
  rate,
  route,
] as unknown as readonly RecordCommand<unknown, unknown>[];
