#!/usr/bin/env node
// Runs the sources directly, which Node does from 22.18 on. On an older Node it starts the one that came with the
// dependencies.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const runsTypeScript = major > 22 || (major === 22 && minor >= 18);

if (runsTypeScript) {
  // Types are stripped from hundreds of files; what is left of them is kept for the next start, unless
  // NODE_DISABLE_COMPILE_CACHE=1 forbids it.
  // The variable passes it on to worker threads.
  const { directory } = nodeModule.enableCompileCache?.() ?? {};
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= directory;
  const { main } = await import('../apps/cli/src/main.ts');
  await main(process.argv);
} else {
  const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (!existsSync(own)) {
    process.stderr.write(
      `crossparcel needs Node 22.18 or later (this is ${process.versions.node}); run npm ci, which brings one\n`,
    );
    process.exit(1);
  }
  const { status, signal } = spawnSync(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (signal) process.kill(process.pid, signal);
  process.exit(status ?? 1);
}
