import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_BYTES, Keyring, seal, unseal } from './keyring.ts';

const keyring = new Keyring(randomBytes(KEY_BYTES));

describe('the keyring', () => {
  it('gives back what it sealed, for the same purpose only, and not with one bit changed', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), fc.nat(), fc.nat({ max: 7 }), (clear, purpose, at, bit) => {
        const sealed = keyring.seal(clear, purpose);
        expect(new Uint8Array(keyring.unseal(sealed, purpose))).toEqual(clear);
        expect(() => keyring.unseal(sealed, `${purpose}!`)).toThrow();
        const changed = Uint8Array.from(sealed);
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ (1 << bit);
        expect(() => keyring.unseal(changed, purpose)).toThrow();
      }),
    );
  });

  it('seals the same text differently each time, and opens nothing that another key sealed', () => {
    const text = Buffer.from('1 Sample Street');
    expect(keyring.seal(text, 'person')).not.toEqual(keyring.seal(text, 'person'));
    const other = randomBytes(KEY_BYTES);
    expect(unseal(other, seal(other, text, 'person'), 'person')).toEqual(text);
    expect(() => keyring.unseal(seal(other, text, 'person'), 'person')).toThrow();
  });

  it('tells texts by fingerprints that another installation does not share', () => {
    expect(keyring.fingerprint('buyer-1')).toBe(keyring.fingerprint('buyer-1'));
    expect(keyring.fingerprint('buyer-1')).not.toBe(keyring.fingerprint('buyer-2'));
    expect(new Keyring(randomBytes(KEY_BYTES)).fingerprint('buyer-1')).not.toBe(keyring.fingerprint('buyer-1'));
  });

  it('takes no key of another length', () => {
    expect(() => new Keyring(randomBytes(16))).toThrow('16');
  });
});
