import { InputError } from '@crossparcel/files';
import { CrossparcelError } from '@crossparcel/units';

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, badInput: 2, doneWithBadRecords: 3 } as const;

/** Wrong use of the command line: an option without sense, two options that exclude each other. */
export class UsageError extends Error {}

/** Codes of faults that lie in what was given rather than in the program. */
const GIVEN = new Set(['broken-network', 'missing-exchange-rate']);

/** What an error means for the person at the terminal: the line for stderr, and the exit code. */
export const explainError = (error: unknown): { message: string; code: number } => {
  if (error instanceof UsageError || error instanceof InputError)
    return { message: error.message, code: EXIT.badInput };
  if (error instanceof CrossparcelError) {
    const field = error.field ? `${error.field}: ` : '';
    return { message: field + error.message, code: GIVEN.has(error.code) ? EXIT.badInput : EXIT.failed };
  }
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error), code: EXIT.failed };
};
