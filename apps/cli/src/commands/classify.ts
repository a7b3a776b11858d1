import { readFileSync } from 'node:fs';
import { InputError, Reference } from '@crossparcel/files';
import {
  Classifier,
  type ClassifyAnswer,
  type ClassifyRequest,
  classifyAnswerSchema,
  classifyRequestSchema,
  GoodsMemory,
  type Verdict,
  verdictSchema,
} from '@crossparcel/trade';
import { faultOfIssues, ok } from '@crossparcel/units';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';
import { secondOpinion } from './second-opinion.ts';

const verdictOf = (text: string, file: string, line: number): Verdict => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(
      { code: 'not-json', what: 'the line is not JSON', mend: 'write one object a line' },
      { file, line },
    );
  }
  const parsed = verdictSchema.safeParse(value);
  if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), { file, line });
  return parsed.data;
};

const verdictsOf = (file: string): Verdict[] => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    const fault = { code: 'unreadable-file', what: 'there is no such file', mend: 'check the path' };
    throw new InputError(fault, { file, line: 0 });
  }
  return text
    .split('\n')
    .map((line, at) => ({ line, at }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, at }) => verdictOf(line, file, at + 1));
};

const prepare = ({ confirmed, quality, ask }: OptionValues) => {
  const reference = new Reference();
  const model = reference.goodsModel();
  const hs = reference.hsTable();
  const classifier = new Classifier({
    model,
    lexicon: reference.goodsLexicon(),
    hs,
    checker: reference.descriptionChecker(),
    tariffs: reference.tariffs(),
    memory: confirmed === undefined ? undefined : new GoodsMemory(verdictsOf(confirmed), model.facts.nomenclature),
    quality: quality !== undefined,
  });
  return (request: ClassifyRequest) => {
    const answer = classifier.classify(request);
    if (ask === undefined || answer.decision !== 'review') return ok(answer);
    return ok({ ...answer, second: secondOpinion(ask, request, hs) });
  };
};

/** `crossparcel classify`: which subheadings of the Harmonized System goods fall under, how surely, and why. */
export const classify: RecordCommand<ClassifyRequest, ClassifyAnswer> = {
  name: 'classify',
  summary: 'which HS subheadings goods fall under, how surely and why, from a short title',
  input: classifyRequestSchema,
  output: classifyAnswerSchema,
  columns: ['id', 'decision', 'hs', 'probability', 'words', 'reason'],
  each: 'candidates',
  options: [
    { flags: '--confirmed <path>', description: "a tenant's confirmations and corrections, one JSON object a line" },
    {
      flags: '--ask <program>',
      description:
        'for goods in review, ask a program: the record on its stdin, {"candidates":[{"hs","probability"}]} on its stdout',
    },
    { flags: '--quality', description: 'say what the description lacks, which lists refuse it, and a better one' },
  ],
  prepare,
};
