import * as z from 'zod';

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

export const candidateSchema = z.object({ hs: z.string(), probability: z.number(), words: z.string() });
export type Candidate = z.infer<typeof candidateSchema>;

/** What the goods are held to be. */
export const classifyAnswerSchema = z.object({
  id: z.string(),
  candidates: z.array(candidateSchema),
  decision: z.enum(['accept', 'review', 'too-vague']),
  reason: z.string(),
});
export type ClassifyAnswer = z.infer<typeof classifyAnswerSchema>;
