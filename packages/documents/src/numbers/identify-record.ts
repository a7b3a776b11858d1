import * as z from 'zod';
import type { Reading } from './format.ts';
import type { IdentifierBook } from './identifier-book.ts';

/** Schema of a question: whose number is this? */
export const identifyRequestSchema = z.object({ id: z.string().optional(), number: z.string().min(1) });
export type IdentifyRequest = z.infer<typeof identifyRequestSchema>;

const matchSchema = z.object({
  format: z.string(),
  name: z.string(),
  /** Other names of the format. */
  aliases: z.array(z.string()).optional(),
  carrier: z.string().optional(),
  carrierName: z.string().optional(),
  /** The number's parts as they stand in it. */
  parts: z.record(z.string(), z.string()),
  /** What the codes in the parts mean, where that is known. */
  meanings: z.record(z.string(), z.string()).optional(),
});

/** Schema of the answer: every format that accepts the number in full, most specific first; else why none does. */
export const identifyAnswerSchema = z.object({
  id: z.string().optional(),
  number: z.string(),
  valid: z.boolean(),
  matches: z.array(matchSchema),
  why: z.string().optional(),
});
export type IdentifyAnswer = z.infer<typeof identifyAnswerSchema>;

const matchOf = ({ format: { record }, carrier, parts, meanings }: Reading): IdentifyAnswer['matches'][number] => ({
  format: record.id,
  name: record.name,
  ...(record.aliases && { aliases: record.aliases }),
  ...(carrier && { carrier: carrier.id, carrierName: carrier.name }),
  parts,
  ...(Object.keys(meanings).length > 0 && { meanings }),
});

/** Answers a question from the formats on file. */
export const identifyAnswer = (book: IdentifierBook, { id, number }: IdentifyRequest): IdentifyAnswer => {
  const { accepted, why } = book.identify(number);
  return {
    ...(id !== undefined && { id }),
    number,
    valid: accepted.length > 0,
    matches: accepted.map(matchOf),
    ...(why !== undefined && { why }),
  };
};
