import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import type { ClassifyAnswer, ClassifyRequest, HsTable } from '@crossparcel/trade';
import * as z from 'zod';

/** How long a program may think about one record. */
const TIME_LIMIT_MS = 30_000;
const MOST_BYTES = 1_000_000;

const opinionSchema = z.object({
  candidates: z.array(z.object({ hs: z.string().regex(/^\d{6}$/), probability: z.number().min(0).max(1) })).max(10),
});

type Opinion = NonNullable<ClassifyAnswer['second']>;

/** What a program says of goods: it reads the record as JSON and writes its candidates, as a classifier or a language model gives them. */
export const secondOpinion = (program: string, request: ClassifyRequest, hs: HsTable): Opinion => {
  const by = basename(program);
  const { error, status, stdout } = spawnSync(program, {
    input: JSON.stringify(request),
    encoding: 'utf8',
    timeout: TIME_LIMIT_MS,
    maxBuffer: MOST_BYTES,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (error)
    return { by, candidates: [], fault: `did not answer: ${(error as NodeJS.ErrnoException).code ?? error.name}` };
  if (status !== 0) return { by, candidates: [], fault: `ended with ${status}` };
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return { by, candidates: [], fault: 'wrote no JSON' };
  }
  const parsed = opinionSchema.safeParse(value);
  if (!parsed.success) return { by, candidates: [], fault: 'wrote no {"candidates":[{"hs","probability"}…]}' };
  const unknown = parsed.data.candidates.find((one) => !hs.hasSubheading(one.hs));
  if (unknown) return { by, candidates: [], fault: `named ${unknown.hs}, which is no subheading` };
  return { by, candidates: parsed.data.candidates };
};
