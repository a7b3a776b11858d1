import { describe, expect, it } from 'vitest';
import { placeIdOf, progressOf } from './progress.ts';

const arrives = { p50: '2026-11-05', p90: '2026-11-06' };
const linehaul = { kind: 'linehaul', service: 'A', from: 'SZX', to: 'LAX', departs: '2026-11-01', arrives } as const;
const lastMile = { kind: 'last-mile', service: 'B', from: 'LAX', to: 'US', departs: '2026-11-05', arrives } as const;
const step = (milestone: string, isVoid = false) => ({
  eventID: milestone,
  at: '2026-11-02T00:00:00Z',
  milestone,
  isVoid,
  isOverruled: false,
});

describe('progress', () => {
  it('follows the milestones', () => {
    const legs = [linehaul, lastMile];
    expect(progressOf(legs, [step('announced')])).toEqual(['ahead', 'ahead']);
    expect(progressOf(legs, [step('collected'), step('departed')])).toEqual(['under-way', 'ahead']);
    expect(progressOf(legs, [step('import-held')])).toEqual(['done', 'under-way']);
    expect(progressOf(legs, [step('delivered')])).toEqual(['done', 'done']);
  });

  it('does not count what was taken back', () => {
    expect(progressOf([linehaul, lastMile], [step('collected'), step('delivered', true)])).toEqual([
      'under-way',
      'ahead',
    ]);
  });

  it('begins a single leg at the collection', () => {
    expect(progressOf([lastMile], [step('collected')])).toEqual(['under-way']);
  });
});

describe('read points', () => {
  it('name places by what stands last', () => {
    expect(placeIdOf('urn:example:hub:HKG')).toBe('HKG');
    expect(placeIdOf('https://example.org/places/LAX')).toBe('LAX');
  });
});
