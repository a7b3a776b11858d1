import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const CONSOLE = join(ROOT, 'apps/console');
const BUILT = join(CONSOLE, 'dist');
const STAMP = join(BUILT, 'sources.sha256');
/** What goes into the console: itself, and the rooms that it is bundled with. */
const SOURCES = ['apps/console/src', 'packages/api/src', 'packages/trace/src', 'packages/units/src'];
const FILES = ['package-lock.json', 'apps/console/index.html', 'apps/console/vite.config.ts'];

const sourceFiles = async (): Promise<string[]> => {
  const found = [...FILES];
  for (const folder of SOURCES) {
    for (const entry of await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      const isTest = /\.test\.tsx?$/.test(entry.name);
      if (entry.isFile() && !isTest) found.push(join(entry.parentPath, entry.name).slice(ROOT.length));
    }
  }
  return found.sort();
};

const digestOfSources = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const file of await sourceFiles()) hash.update(`${file}\0`).update(await readFile(join(ROOT, file)));
  return hash.digest('hex');
};

const build = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const vite = join(
      dirname(createRequire(join(CONSOLE, 'package.json')).resolve('vite/package.json')),
      'bin/vite.js',
    );
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: CONSOLE,
      stdio: ['ignore', 2, 2],
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`vite build ended with ${code}`))));
  });

/** The folder of the console, built anew when its sources have changed since. Throws when it cannot be built. */
export const builtConsole = async (onBuild: () => void): Promise<string> => {
  const digest = await digestOfSources();
  const isCurrent = existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === digest;
  if (!isCurrent) {
    onBuild();
    await build();
    await writeFile(STAMP, digest);
  }
  return BUILT;
};

/** The folder of the console where one was built. */
export const consoleIfBuilt = (): string | undefined => (existsSync(STAMP) ? BUILT : undefined);
