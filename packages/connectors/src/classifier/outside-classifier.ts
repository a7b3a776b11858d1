import * as z from 'zod';

/** What a classifier outside is told of the goods. */
export interface GoodsQuestion {
  readonly id: string;
  readonly text: string;
  readonly category?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

const answerSchema = z.object({
  candidates: z
    .array(z.object({ hs: z.string().regex(/^\d{6}$/), probability: z.number().min(0).max(1) }))
    .max(10)
    .refine((list) => list.reduce((sum, { probability }) => sum + probability, 0) <= 1 + 1e-6, 'add up to more than 1'),
});

/** What came of asking: candidates, or why there are none, so that our own answer stands. */
export type OutsideAnswer =
  | { readonly ok: true; readonly candidates: readonly { readonly hs: string; readonly probability: number }[] }
  | { readonly ok: false; readonly because: string };

/** A port for a language model or another classifier; none is asked unless the operator names one. */
export type OutsideClassifier = (question: GoodsQuestion) => Promise<OutsideAnswer>;

/**
 * Asks an HTTP endpoint: POST of the question as JSON, answered by `{"candidates":[{"hs","probability"}…]}` with at most
 * ten codes whose probabilities add up to at most 1. Whatever goes wrong, or takes longer than `limitMs`, is an answer
 * that says so; nothing is thrown.
 */
export const httpClassifier =
  (url: URL, limitMs: number, request: typeof fetch = fetch): OutsideClassifier =>
  async (question) => {
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(question),
        signal: AbortSignal.timeout(limitMs),
      });
      if (!response.ok) return { ok: false, because: `the classifier answered with status ${response.status}` };
      const parsed = answerSchema.safeParse(await response.json());
      if (!parsed.success) return { ok: false, because: 'the classifier answered in another form than agreed' };
      return { ok: true, candidates: parsed.data.candidates };
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError';
      return { ok: false, because: late ? 'the classifier took too long' : 'the classifier could not be reached' };
    }
  };
