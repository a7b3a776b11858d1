import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { declarationFiles } from '../docs/declarations.ts';
import { regimeFiles } from '../docs/regimes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
// Inside the repository, so that examples find its packages.
const folder = mkdtempSync(join(root, 'test', '.snippets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
});
const pages = listed.stdout.trim().split('\n');

/** Examples that are marked to be run: ```sh run and ```ts run. */
const snippets = pages.flatMap((page) =>
  Array.from(readFileSync(join(root, page), 'utf8').matchAll(/^```(sh|ts) run\n([\s\S]*?)^```$/gm), (match, index) => ({
    page,
    index,
    language: match[1],
    code: match[2] ?? '',
  })),
);

const node = join(root, 'node_modules/node/bin');
const environment = { ...process.env, PATH: `${node}:${process.env.PATH}` };

describe('examples in the documents', () => {
  it('are found', () => {
    expect(snippets.filter((snippet) => snippet.language === 'sh').length).toBeGreaterThanOrEqual(3);
    expect(snippets.filter((snippet) => snippet.language === 'ts').length).toBeGreaterThanOrEqual(3);
  });

  it.each(snippets)('$page, number $index, runs', ({ language, code, page, index }) => {
    let result: ReturnType<typeof spawnSync>;
    if (language === 'sh')
      result = spawnSync('bash', ['-euo', 'pipefail', '-c', code], { cwd: root, encoding: 'utf8', env: environment });
    else {
      const file = join(folder, `${page.replaceAll('/', '-')}-${index}.ts`);
      writeFileSync(file, code);
      result = spawnSync(process.execPath, [file], { cwd: root, encoding: 'utf8', env: environment });
    }
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    expect(result.stdout).not.toBe('');
  });
});

describe('the pages about import law', () => {
  it('say what the rule books say: `npm run docs` makes them anew', () => {
    const made = regimeFiles();
    expect(made.size).toBeGreaterThan(10);
    for (const [name, text] of made) expect(readFileSync(join(root, 'docs/regimes', name), 'utf8'), name).toBe(text);
  });
});

describe('the pages about declarations', () => {
  it('say what the tables of fields say: `npm run docs` makes them anew', () => {
    const made = declarationFiles();
    expect(made.size).toBeGreaterThan(20);
    for (const [name, text] of made) {
      expect(readFileSync(join(root, 'docs/declarations', name), 'utf8'), name).toBe(text);
    }
  });
});

describe('the repository', () => {
  const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .stdout.trim()
    .split('\n');

  it('names no machine, no registry', () => {
    // The patterns are put together here so that this file does not match itself.
    const forbidden = [
      new RegExp(`(^|[^\\w.-])/(${'wo'}rk|${'ro'}ot|${'ho'}me)/[a-z]`),
      new RegExp(`https?://[^ "]*(${'regi'}stry|${'mir'}ror)`),
    ];
    const found = files.flatMap((file) => {
      // Other tests plant files and take them away.
      if (/\.(gz|png|pdf)$/.test(file) || /planted-\d+/.test(file)) return [];
      const text = readFileSync(join(root, file), 'utf8');
      return forbidden.some((pattern) => pattern.test(text)) ? [file] : [];
    });
    expect(found).toEqual([]);
  });

  it('links only to pages that are there', () => {
    const broken = pages.flatMap((page) =>
      Array.from(
        readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g),
        (match) => match[1] ?? '',
      ).filter((target) => !files.some((file) => file.startsWith(join(page, '..', target)))),
    );
    expect(broken).toEqual([]);
  });
});
