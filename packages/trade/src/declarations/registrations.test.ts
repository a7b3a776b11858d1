import { formatDay, parseDay } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegistrationRule } from './message-record.ts';
import type { Registration } from './registration.ts';
import { checkRegistrations } from './registrations.ts';

const rule: RegistrationRule = {
  id: 'needs-bond',
  name: 'bond',
  kinds: ['bond'],
  messages: ['entry'],
  validFrom: '2026-01-01',
  validTo: null,
  source: 'a test',
  readOn: '2026-01-01',
  confidence: 'confirmed',
};
const DAY = parseDay('2026-06-15') as number;
const convert = (minor: number) => minor;
const check = (rules: RegistrationRule[], registrations: Registration[], day = DAY, message = 'entry') =>
  checkRegistrations(rules, registrations, {
    message,
    facts: { territory: 'us', lines: [{ id: 'a' }, { id: 'b' }] },
    day,
    convert,
  });
const bond = (validFrom: string, validTo: string | null, more: Partial<Registration> = {}): Registration => ({
  ...{ kind: 'bond', number: 'B1', validFrom, validTo },
  ...more,
});

describe('registrations of a lane', () => {
  it('are valid on their first and last day and not outside, whatever else there is', () => {
    const offset = fc.integer({ min: -400, max: 400 });
    fc.assert(
      fc.property(fc.array(fc.tuple(offset, fc.option(offset)), { maxLength: 6 }), (windows) => {
        const all = windows.map(([from, to]) => bond(formatDay(DAY + from), to === null ? null : formatDay(DAY + to)));
        const isCovered = windows.some(([from, to]) => from <= 0 && (to === null || to >= 0));
        const [finding] = check([rule], all);
        expect(finding?.status === 'valid').toBe(isCovered);
        expect(finding?.fault === undefined).toBe(isCovered);
        if (finding?.status === 'lapsed')
          expect(finding.fault?.what).toContain(`lapsed on ${finding.registration?.validTo}`);
      }),
    );
  });

  it('name the one that lapsed last, or the one that comes first', () => {
    const old = [bond('2020-01-01', '2021-01-01'), bond('2022-01-01', '2026-06-14', { number: 'B2' })];
    expect(check([rule], old)[0]).toMatchObject({ status: 'lapsed', fault: { what: 'bond B2 lapsed on 2026-06-14' } });
    expect(check([rule], [bond('2026-06-16', null)])[0]?.fault?.what).toBe('bond B1 is valid only from 2026-06-16');
    expect(check([rule], [])[0]).toMatchObject({ status: 'missing' });
  });

  it('count in their territory only, and must have the form of their kind', () => {
    expect(check([rule], [bond('2020-01-01', null, { territory: 'EU' })])[0]?.status).toBe('missing');
    expect(check([rule], [bond('2020-01-01', null, { territory: 'US' })])[0]?.status).toBe('valid');
    const formed = { ...rule, pattern: { expression: '^\\d+$', means: 'digits' } };
    expect(check([formed], [bond('2020-01-01', null)])[0]).toMatchObject({ status: 'malformed' });
    expect(check([formed], [bond('2020-01-01', null), bond('2020-01-01', null, { number: '7' })])[0]?.status).toBe(
      'valid',
    );
  });

  it('are asked for by rules in force for the message, and line by line where the rule says so', () => {
    expect(check([rule], [], DAY, 'other')).toEqual([]);
    expect(check([{ ...rule, validFrom: '2026-06-16' }], [])).toEqual([]);
    const byLine = { ...rule, lines: [{ path: 'id', in: ['b'] }] };
    expect(check([byLine], []).map(({ line, status }) => [line, status])).toEqual([['b', 'missing']]);
    expect(check([byLine], [bond('2020-01-01', null, { lines: ['a'] })])[0]?.status).toBe('missing');
    expect(check([byLine], [bond('2020-01-01', null, { lines: ['b'] })])[0]?.status).toBe('valid');
  });
});
