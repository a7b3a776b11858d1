import type { RecordCommand } from '../conventions/batch-answerer.ts';
import { landedCost } from './landed-cost.ts';

/** Every command that answers record by record; workers look theirs up here. */
export const recordCommands = [landedCost] as unknown as readonly RecordCommand<unknown, unknown>[];
