import { readFileSync } from 'node:fs';
import { landedCostAnswerSchema, landedCostRequestSchema } from '@crossparcel/trade';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { landedCost } from './landed-cost.ts';

const fixtures = new URL('../../../../packages/trade/fixtures/worked-examples.json', import.meta.url);
const cases = z
  .array(
    z.object({
      id: z.string(),
      title: z.string(),
      request: landedCostRequestSchema,
      lines: z.array(z.tuple([z.string(), z.string()])),
      total: z.string(),
    }),
  )
  .parse(JSON.parse(readFileSync(fixtures, 'utf8')));

const answer = landedCost.prepare({});

describe('landed-cost on the worked examples', () => {
  it.each(cases)('$id: $title', ({ request, lines, total }) => {
    const result = answer(request);
    if (!result.ok) throw new Error(result.error.what);
    const found = landedCostAnswerSchema.parse(result.value);
    expect(found.lines.map((line) => [line.rule, line.amount])).toEqual(lines);
    expect(found.totals.total).toBe(total);
  });
});
