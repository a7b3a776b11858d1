import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Room {
  readonly folder: string;
  readonly name: string;
  readonly floor: number;
  readonly dependencies: readonly string[];
}

const rooms: Room[] = ['packages', 'apps'].flatMap((group) =>
  readdirSync(join(root, group)).flatMap((name) => {
    const manifest = join(root, group, name, 'package.json');
    if (!existsSync(manifest)) return [];
    const read = JSON.parse(readFileSync(manifest, 'utf8'));
    const dependencies = Object.keys({ ...read.dependencies, ...read.devDependencies });
    return [{ folder: join(group, name), name: read.name, floor: read.crossparcel?.floor, dependencies }];
  }),
);

/** The floors as they are allowed to be: a room depends on rooms of lower floors only. */
const misplaced = (all: readonly Room[]): string[] =>
  all.flatMap((room) =>
    room.dependencies.flatMap((dependency) => {
      const other = all.find((one) => one.name === dependency);
      return other && other.floor >= room.floor ? [`${room.name} -> ${dependency}`] : [];
    }),
  );

describe('the floors of the house', () => {
  it('finds the rooms, each with its floor', () => {
    expect(rooms.length).toBeGreaterThanOrEqual(9);
    for (const room of rooms) expect(room.floor, room.name).toBeTypeOf('number');
  });

  it('lets a room depend on lower floors only', () => {
    expect(misplaced(rooms)).toEqual([]);
  });

  it('would notice a dependency on the same floor', () => {
    const wrong = rooms.map((room) =>
      room.name === '@crossparcel/trade' ? { ...room, dependencies: ['@crossparcel/warehouse'] } : room,
    );
    expect(misplaced(wrong)).toEqual(['@crossparcel/trade -> @crossparcel/warehouse']);
  });
});

describe('the linter that guards them', () => {
  const planted = (room: string) => join(root, room, 'src', `planted-${process.pid}.ts`);
  const used = ['packages/trade', 'packages/files'];
  afterEach(() => {
    for (const room of used) rmSync(planted(room), { force: true });
  });

  const complaints = (room: string, source: string): string[] => {
    writeFileSync(planted(room), source);
    const lint = spawnSync(
      process.execPath,
      [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', '--reporter=json', planted(room)],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    const report = JSON.parse(lint.stdout) as { diagnostics: { category: string }[] };
    return report.diagnostics.map((diagnostic) => diagnostic.category).sort();
  };

  it('is content with a sound file', () => {
    expect(
      complaints('packages/trade', "import { ok } from '@crossparcel/units';\n\nexport const yes = ok(1);\n"),
    ).toEqual([]);
  });

  it.each([
    [
      'a room on the same floor',
      "import { Packer } from '@crossparcel/warehouse';\n\nexport const x = Packer;\n",
      'lint/correctness/noUndeclaredDependencies',
    ],
    [
      'a room on a higher floor',
      "import { Planner } from '@crossparcel/planning';\n\nexport const x = Planner;\n",
      'lint/correctness/noUndeclaredDependencies',
    ],
    ['the clock', 'export const now = (): number => Date.now();\n', 'lint/style/noRestrictedGlobals'],
    ['the environment', "export const home = process.env.HOME ?? '';\n", 'lint/style/noRestrictedGlobals'],
    [
      'the disk',
      "import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n",
      'lint/correctness/noNodejsModules',
    ],
    ['ambient randomness', 'export const roll = (): number => Math.random();\n', 'plugin'],
  ])('refuses %s in an engine', (_, source, rule) => {
    expect(complaints('packages/trade', source)).toContain(rule);
  });

  it('lets rooms at the rim read files', () => {
    expect(
      complaints('packages/files', "import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n"),
    ).toEqual([]);
  });
});

describe('the test command', () => {
  const failing = join(root, 'test', `planted-${process.pid}.test.ts`);
  afterEach(() => rmSync(failing, { force: true }));

  it('fails when a test fails', () => {
    writeFileSync(failing, "import { expect, it } from 'vitest';\n\nit('fails', () => expect(1).toBe(2));\n");
    const run = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', failing], {
      cwd: root,
    });
    expect(run.status).toBe(1);
  });
});
