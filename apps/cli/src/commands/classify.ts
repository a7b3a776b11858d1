import { Reference } from '@crossparcel/files';
import {
  Classifier,
  type ClassifyAnswer,
  type ClassifyRequest,
  classifyAnswerSchema,
  classifyRequestSchema,
} from '@crossparcel/trade';
import { ok } from '@crossparcel/units';
import type { RecordCommand } from '../conventions/batch-answerer.ts';

const prepare = () => {
  const reference = new Reference();
  const classifier = new Classifier(reference.goodsModel(), reference.goodsLexicon(), reference.hsTable());
  return (request: ClassifyRequest) => ok(classifier.classify(request));
};

/** `crossparcel classify`: which subheadings of the Harmonized System goods fall under, how surely, and why. */
export const classify: RecordCommand<ClassifyRequest, ClassifyAnswer> = {
  name: 'classify',
  summary: 'which HS subheadings goods fall under, how surely and why, from a short title',
  input: classifyRequestSchema,
  output: classifyAnswerSchema,
  columns: ['id', 'decision', 'hs', 'probability', 'words', 'reason'],
  each: 'candidates',
  options: [],
  prepare,
};
