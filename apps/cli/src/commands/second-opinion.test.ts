import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Reference } from '@crossparcel/files';
import { afterAll, describe, expect, it } from 'vitest';
import { secondOpinion } from './second-opinion.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossparcel-second-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const program = (name: string, body: string): string => {
  const path = join(folder, name);
  writeFileSync(path, `#!/usr/bin/env node\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
};

const hs = new Reference().hsTable();
const goods = { id: '1', text: 'silicone phone case' };

describe('a second opinion', () => {
  it('is what a program says of the record that it reads', () => {
    const path = program(
      'echo.js',
      `const { text } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
       process.stdout.write(JSON.stringify({ candidates: [{ hs: text.includes('phone') ? '392690' : '610910', probability: 0.9 }] }));`,
    );
    expect(secondOpinion(path, goods, hs)).toEqual({
      by: 'echo.js',
      candidates: [{ hs: '392690', probability: 0.9 }],
    });
  });

  it.each([
    ['ends badly', 'process.exit(3)', 'ended with 3'],
    ['says nothing of use', 'process.stdout.write("maybe 3926?")', 'wrote no JSON'],
    [
      'says too much',
      'process.stdout.write(JSON.stringify({ candidates: [{ hs: "3926", probability: 2 }] }))',
      'wrote no {"candidates"',
    ],
    [
      'names no subheading',
      'process.stdout.write(JSON.stringify({ candidates: [{ hs: "999999", probability: 1 }] }))',
      'named 999999',
    ],
  ])('is a fault when it %s', (_, body, fault) => {
    const opinion = secondOpinion(program('bad.js', body), goods, hs);
    expect(opinion.candidates).toEqual([]);
    expect(opinion.fault).toContain(fault);
  });

  it('is a fault when there is no such program', () => {
    expect(secondOpinion(join(folder, 'nobody'), goods, hs).fault).toBe('did not answer: ENOENT');
  });
});
