import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changeOneByte, checkProof } from './check.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../../../examples/proof/${name}`, import.meta.url), 'utf8');
const [proof, policy] = [read('parcel.proof'), read('policy.txt')];
const clock = (): number => 0;

describe('a check of a proof', () => {
  it('tells what the proof rests on', () => {
    const check = checkProof(proof, policy, clock);
    expect(check).toMatchObject({ isValid: true, log: { origin: 'example.org/crossparcel', size: 100 } });
    expect(check.events).toBeGreaterThan(0);
  });

  it('fails after a change of one byte', () => {
    const changed = changeOneByte(proof);
    expect(changed.before).not.toBe(changed.after);
    expect(changed.text).toHaveLength(proof.length);
    expect(checkProof(changed.text, policy, clock)).toMatchObject({
      isValid: false,
      reason: expect.stringContaining('not in the log'),
    });
  });

  it('survives what is no proof', () => {
    expect(checkProof('', policy, clock).isValid).toBe(false);
    expect(checkProof('[1]', policy, clock).isValid).toBe(false);
  });
});
