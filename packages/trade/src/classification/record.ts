import * as z from 'zod';
import { qualitySchema } from './quality.ts';

/** Goods to classify, as a shop describes them. */
export const classifyRequestSchema = z.object({
  id: z.string(),
  text: z.string(),
  /** Path in the shop's catalogue, ` > ` between levels. */
  category: z.string().optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).optional(),
  /** Names the goods in confirmations. */
  sku: z.string().optional(),
});
export type ClassifyRequest = z.infer<typeof classifyRequestSchema>;

const candidateSchema = z.object({
  hs: z.string(),
  probability: z.number(),
  /** The nomenclature's words. */
  words: z.string(),
  /** The lexicon's term that names these goods, and the known text that is nearest, where there are such. */
  why: z.object({ term: z.string().optional(), nearest: z.string().optional() }),
});

/** What the goods are held to be: at most ten candidates by falling probability, together at most 1. */
export const classifyAnswerSchema = z.object({
  id: z.string(),
  candidates: z.array(candidateSchema),
  /** Lines of the known tariffs below the first candidate: where the choice goes on that six digits leave open. */
  lines: z.array(z.object({ tariff: z.string(), code: z.string(), words: z.string() })),
  decision: z.enum(['accept', 'review', 'too-vague']),
  reason: z.string(),
  quality: qualitySchema.optional(),
  /** What another program holds of goods that are for review, where one is asked; `fault` when it did not answer. */
  second: z
    .object({
      by: z.string(),
      candidates: z.array(z.object({ hs: z.string(), probability: z.number() })),
      fault: z.string().optional(),
    })
    .optional(),
});
export type ClassifyAnswer = z.infer<typeof classifyAnswerSchema>;
export type NationalLine = ClassifyAnswer['lines'][number];
export type Candidate = ClassifyAnswer['candidates'][number];
