import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { buildModel, figures, outOfFold } from '@crossparcel/trade/classification-training';
import { dataFolder, INPUTS, labelledTexts, lexicon, vagueTexts } from './classification-texts.ts';

const MODEL = fileURLToPath(new URL('../reference/hs/goods-model.bin', import.meta.url));
const say = (line: string) => process.stdout.write(`${line}\n`);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

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
  const learnedFrom = Object.fromEntries(INPUTS.map(([name, file]) => [name, sha256(readFileSync(file(folder)))]));
  const bytes = buildModel(texts, words, unseen, report, learnedFrom);
  const packed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 },
  });
  writeFileSync(MODEL, packed);
  const size = `${(packed.length / 1e6).toFixed(2)} MB (${(bytes.length / 1e6).toFixed(1)} MB unpacked)`;
  say(`${MODEL}: ${size}, SHA-256 unpacked ${sha256(bytes)}`);
}
