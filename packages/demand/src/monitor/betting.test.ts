import { generatorOf } from '@crossparcel/numerics';
import { describe, expect, it } from 'vitest';
import { meanBounds, RiseDetector } from './betting.ts';

const ENOUGH = 200;
const ROUNDS = 100;

/** Rounds until bets win enough on shares of misses out of so many forecasts; one more than there are where they do not. */
const alarmAfter = (chanceAt: (round: number) => number, forecasts: number, random: { unit(): number }): number => {
  const detector = new RiseDetector({ bound: 0.15, least: 0 });
  for (let round = 0; round < ROUNDS; round += 1) {
    let missed = 0;
    for (let one = 0; one < forecasts; one += 1) if (random.unit() < chanceAt(round)) missed += 1;
    if (detector.observe(missed / forecasts) >= ENOUGH) return round + 1;
  }
  return ROUNDS + 1;
};

describe('a detector of a rise', () => {
  it('seldom raises an alarm while the bound is kept, however many miss together', () => {
    const random = generatorOf(3);
    const trials = Array.from({ length: 300 }, () => alarmAfter(() => (random.unit() < 0.5 ? 0.2 : 0), 20, random));
    expect(trials.filter((rounds) => rounds <= ROUNDS).length / trials.length).toBeLessThan(0.05);
    const edge = Array.from({ length: 300 }, () => alarmAfter(() => 0.15, 1, random));
    // The mean time to an alarm is 200 rounds or more, so that at most half come within 100.
    expect(edge.filter((rounds) => rounds <= ROUNDS).length / edge.length).toBeLessThan(0.5);
  });

  it('raises one soon after a shift, however long all was well before', () => {
    const random = generatorOf(4);
    const trials = Array.from({ length: 100 }, () => alarmAfter((round) => (round < 50 ? 0.1 : 0.4), 20, random) - 50);
    expect(trials.toSorted((one, other) => one - other)[50]).toBeLessThan(10);
    expect(Math.min(...trials)).toBeGreaterThan(0);
  });
});

describe('bounds of a mean', () => {
  it('hold it at least as often as they say, and close in', () => {
    const random = generatorOf(5);
    const draw = (count: number) => Array.from({ length: count }, () => (random.unit() < 0.8 ? 1 : 0));
    const held = Array.from({ length: 200 }, () => meanBounds(draw(60), 0.05)).filter(
      ({ low, high }) => low <= 0.8 && high >= 0.8,
    );
    expect(held.length).toBeGreaterThanOrEqual(190);
    const { low, high } = meanBounds(draw(2000), 0.05);
    expect(high - low).toBeLessThan(0.12);
    expect(meanBounds([], 0.05)).toEqual({ low: 0, high: 1 });
  });
});
