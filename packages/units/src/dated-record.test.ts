import { describe, expect, it } from 'vitest';
import { parseDay } from './calendar-day.ts';
import { atDay, type DatedRecord, weakestConfidence } from './dated-record.ts';

const record = (validFrom: string, validTo: string | null): DatedRecord => ({
  validFrom,
  validTo,
  source: 'a test',
  readOn: '2026-11-22',
  confidence: 'confirmed',
});

describe('dated records', () => {
  const old = record('2025-05-14', '2025-08-28');
  const open = record('2025-08-29', null);
  const inForceOn = (text: string) => atDay([old, open], parseDay(text) as number);

  it('hold on their first and last day, and on no day outside', () => {
    expect(inForceOn('2025-05-13')).toEqual([]);
    expect(inForceOn('2025-05-14')).toEqual([old]);
    expect(inForceOn('2025-08-28')).toEqual([old]);
    expect(inForceOn('2025-08-29')).toEqual([open]);
    expect(inForceOn('2099-01-01')).toEqual([open]);
  });

  it('are as sure as the least sure of them', () => {
    expect(weakestConfidence(['confirmed', 'memory', 'single'])).toBe('memory');
    expect(weakestConfidence([])).toBe('confirmed');
  });
});
