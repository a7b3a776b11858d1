import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Reference } from '@crossparcel/files';
import { regimePage, regimeTimeline } from '@crossparcel/trade';

/** The pages of `docs/regimes` by file name, made from `reference/law`. */
export const regimeFiles = (): Map<string, string> => {
  const files = new Map<string, string>();
  const books = new Reference().ruleBooks();
  for (const [name, book] of books) {
    files.set(`${name}.md`, regimePage(book, `${name}.svg`));
    files.set(`${name}.svg`, regimeTimeline(book));
  }
  const list = Array.from(
    books,
    ([name, { book, markets }]) => `- [${book.toUpperCase()}](${name}.md): ${markets.join(', ')}`,
  );
  const head = '# Import law by market\n\nMade from `reference/law` by `npm run docs`.\n';
  return files.set('README.md', `${head}\n${list.join('\n')}\n`);
};

if (import.meta.main) {
  const folder = fileURLToPath(new URL('./regimes/', import.meta.url));
  await mkdir(folder, { recursive: true });
  for (const [name, text] of regimeFiles()) await writeFile(`${folder}${name}`, text);
}
