import { generatorOf } from '@crossparcel/numerics';
import { describe, expect, it } from 'vitest';
import type { Movement } from './history.ts';
import { Reliability } from './reliability.ts';
import { priorStrength, shrunk } from './shrinkage.ts';

const KNOTS = [0, 15, 60, 180];

/** Movements of carriers with different manners, from a seeded generator. */
const past = (carriers: readonly { name: string; flights: number; cancelled: number; late: number }[], seed = 3) => {
  const generator = generatorOf(seed);
  return carriers.flatMap(({ name, flights, cancelled, late }) =>
    Array.from({ length: flights }, (_, index): Movement => {
      const isCancelled = generator.unit() < cancelled;
      const delay = generator.unit() < late ? Math.round(-60 * Math.log(1 - generator.unit())) : -5;
      return {
        flight: `${name}${index % 7}`,
        carrier: name,
        kind: 'freighter',
        airport: 'HKG',
        scheduled: 1440 * index + 60 * (index % 24),
        delayMin: isCancelled ? undefined : delay,
      };
    }),
  );
};

const asked = (carrier: string, more: object = {}) => {
  return { flight: `${carrier}1`, carrier, kind: 'freighter' as const, airport: 'HKG', scheduled: 60, ...more };
};

describe('shrinkage', () => {
  it('trusts groups as far as they differ more than chance explains', () => {
    const alike = [5, 4, 6, 5].map((happened) => ({ happened, trials: 10, expected: 0.5 }));
    expect(priorStrength(alike)).toBe(Number.POSITIVE_INFINITY);
    const unlike = [0, 10, 1, 9].map((happened) => ({ happened, trials: 10, expected: 0.5 }));
    const strength = priorStrength(unlike);
    expect(strength).toBeLessThan(2);
    expect(shrunk({ happened: 10, trials: 10, expected: 0.5 }, strength)).toBeGreaterThan(0.9);
    expect(shrunk({ happened: 10, trials: 10, expected: 0.5 }, Number.POSITIVE_INFINITY)).toBe(0.5);
  });
});

describe('reliability', () => {
  const movements = past([
    { name: 'AA', flights: 3000, cancelled: 0.3, late: 0.6 },
    { name: 'BB', flights: 3000, cancelled: 0.01, late: 0.1 },
    { name: 'CC', flights: 2000, cancelled: 0.1, late: 0.3 },
    { name: 'DD', flights: 2, cancelled: 1, late: 0.3 },
  ]);
  const known = new Reliability(movements, KNOTS);

  it('finds what carriers are like, and draws those with few flights towards the others', () => {
    expect(known.of(asked('AA')).cancelled).toBeCloseTo(0.3, 1);
    expect(known.of(asked('BB')).cancelled).toBeLessThan(0.03);
    const few = known.of(asked('DD')).cancelled;
    expect(few).toBeGreaterThan(0.2);
    expect(few).toBeLessThan(0.999);
  });

  it('falls back to the kind, then to all', () => {
    const kind = known.of(asked('ZZ')).cancelled;
    expect(kind).toBeGreaterThan(0.1);
    expect(kind).toBeLessThan(0.2);
    expect(known.of(asked('ZZ', { kind: 'truck', airport: 'XXX' })).cancelled).toBeCloseTo(kind, 1);
    expect(new Reliability([], KNOTS).of(asked('AA'))).toEqual({ cancelled: 0, later: [0, 0, 0, 0] });
  });

  it('knows a flight by its number where its kind is not told', () => {
    const { cancelled } = known.of(asked('AA', { kind: 'unknown', airport: 'XXX' }));
    expect(cancelled).toBeCloseTo(known.of(asked('AA', { airport: 'XXX' })).cancelled, 10);
  });

  it('never makes it likelier to be very late than to be late', () => {
    for (const carrier of ['AA', 'BB', 'CC', 'DD', 'ZZ']) {
      const { later } = known.of(asked(carrier));
      expect(later).toEqual(later.toSorted((a, b) => b - a));
      expect(later.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
    }
  });

  it('learns hours that are worse than their flights explain', () => {
    const night = movements.map((one) =>
      one.scheduled % 1440 === 120 && one.delayMin !== undefined ? { ...one, delayMin: one.delayMin + 100 } : one,
    );
    const learned = new Reliability(night, KNOTS);
    const at = (hour: number) => learned.of(asked('CC', { scheduled: hour * 60 })).later[2] as number;
    expect(at(2)).toBeGreaterThan(2 * at(5));
  });

  it('foretells flights that it has not seen better than the mean of all does', () => {
    const manners = Array.from({ length: 30 }, (_, index) => {
      return {
        name: `C${index}`,
        flights: 10 + index * 3,
        cancelled: 0.02 + 0.4 * (index % 5 === 0 ? 1 : 0),
        late: 0.3,
      };
    });
    const learned = new Reliability(past(manners, 5), KNOTS);
    const unseen = past(manners, 6);
    const share = unseen.filter(({ delayMin }) => delayMin === undefined).length / unseen.length;
    const loss = (chanceOf: (movement: Movement) => number) =>
      unseen.reduce((sum, one) => {
        const chance = chanceOf(one);
        return sum - Math.log(one.delayMin === undefined ? chance : 1 - chance);
      }, 0);
    expect(loss((one) => learned.of(one).cancelled)).toBeLessThan(0.8 * loss(() => share));
  });

  it('refuses knots that do not ascend from 0', () => {
    expect(() => new Reliability([], [15, 60])).toThrow(RangeError);
    expect(() => new Reliability([], [0, 60, 60])).toThrow(RangeError);
  });
});
