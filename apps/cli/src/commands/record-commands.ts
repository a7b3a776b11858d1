import type { RecordCommand } from '../conventions/batch-answerer.ts';
import { landedCost } from './landed-cost.ts';
import { landedCostCompare } from './landed-cost-compare.ts';
import { pack } from './pack.ts';

/** Every command that answers record by record, parents before their own; workers look theirs up here. */
export const recordCommands = [landedCost, landedCostCompare, pack] as unknown as readonly RecordCommand<
  unknown,
  unknown
>[];
