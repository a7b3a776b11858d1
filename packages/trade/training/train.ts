import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { FeatureMaker, passagesOf } from '../src/classification/features.ts';
import { type ModelText, packModel, type SparseWeights } from '../src/classification/model.ts';
import { dataFolder, INPUTS, type Labelled, labelledTexts, lexicon, vagueTexts } from './documents.ts';
import { codesOf, shuffled, witnessesOf } from './folds.ts';
import { learnJudgement } from './learn-judgement.ts';
import { outOfFold } from './out-of-fold.ts';
import { figures } from './report.ts';

const MODEL = fileURLToPath(new URL('../../../reference/hs/goods-model.bin', import.meta.url));
const say = (line: string) => process.stdout.write(`${line}\n`);

const modelText = (maker: FeatureMaker, { kind, hs6, goods }: Labelled): ModelText => {
  const passages = passagesOf(goods);
  if (kind === 'product') return { kind, hs6, words: '', features: maker.of(passages) };
  return { kind, hs6, words: passages.flatMap(({ words }) => words).join(' ') };
};

const rounded = (values: readonly number[]): number[] => values.map((value) => Number(value.toPrecision(6)));

const sparse = (weights: ReadonlyMap<number, number>): SparseWeights & { step: number } => {
  const step = 4 / 127;
  const kept = [...weights].filter(([, weight]) => Math.abs(weight) > 0.08).sort(([a], [b]) => a - b);
  return {
    hashes: Uint32Array.from(kept, ([hash]) => hash),
    weights: Int8Array.from(kept, ([, weight]) => Math.max(-127, Math.min(127, Math.round(weight / step)))),
    step,
  };
};

const folder = dataFolder();
if (folder === undefined) {
  process.stderr.write('no training data: set CROSSPARCEL_DATA to a folder with hs, stopwords and duty\n');
  process.exit(2);
}
const texts = labelledTexts(folder);
const words = lexicon();
say(`${texts.length} labelled texts`);
const unseen = outOfFold(texts, vagueTexts(folder), words, say);
const report = figures(unseen);
say(report.text);
if (!process.argv.includes('--report')) {
  const judgement = learnJudgement(unseen.labelled, unseen.vague);
  const codes = codesOf(texts);
  const { weights } = witnessesOf(codes, texts, words);
  const vague = sparse(judgement.vague.weights);
  const maker = new FeatureMaker();
  const bytes = packModel({
    facts: {
      nomenclature: 'HS 2022',
      learnedFrom: Object.fromEntries(
        INPUTS.map(([name, file]) => [
          name,
          createHash('sha256')
            .update(readFileSync(file(folder)))
            .digest('hex'),
        ]),
      ),
      ranking: rounded(judgement.ranking),
      trust: rounded(judgement.trust),
      acceptFrom: report.acceptFrom,
      vagueFrom: report.vagueFrom,
      vagueBias: judgement.vague.bias,
      treeStep: weights.step,
      vagueStep: vague.step,
      codes,
    },
    tree: weights,
    texts: shuffled(texts).map((text) => modelText(maker, text)),
    vague,
  });
  const packed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 },
  });
  writeFileSync(MODEL, packed);
  say(`${MODEL}: ${(packed.length / 1e6).toFixed(2)} MB (${(bytes.length / 1e6).toFixed(1)} MB unpacked)`);
}
