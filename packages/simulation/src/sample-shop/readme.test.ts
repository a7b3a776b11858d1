import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SAMPLE_ASSUMPTIONS } from './assumptions.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('the assumptions', () => {
  it.each(Object.entries(SAMPLE_ASSUMPTIONS))(
    '%s: gives its reason and source, and stands in the README',
    (name, one) => {
      expect(one.why.length).toBeGreaterThan(10);
      expect(one.source).not.toBe('');
      const value = JSON.stringify(one.value).replaceAll('"', '').replaceAll(',', ', ').replaceAll(':', ' ');
      expect(readme).toContain(`| ${name} | ${value} |`);
    },
  );
});
