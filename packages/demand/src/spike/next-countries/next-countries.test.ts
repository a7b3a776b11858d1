import { describe, expect, it } from 'vitest';
import { SpikeEvidence } from '../evidence.ts';
import { ChartLinks, type ChartLinksRecord } from './chart-links.ts';
import { NextCountries, type NextCountriesModelRecord } from './next-countries.ts';

const HOUR = 3600;
/** Of 100 videos on the chart of GB, 40 came to IE and 10 to US; nothing came to JP from there. */
const links: ChartLinksRecord = {
  countries: ['GB', 'IE', 'JP', 'US'],
  videos: 300,
  held: [100, 20, 80, 100],
  spread: [45, 4, 8, 30],
  reached: [5, 42, 12, 15],
  moves: [
    [0, 40, 0, 10],
    [2, 0, 0, 2],
    [0, 0, 0, 3],
    [3, 2, 12, 0],
  ],
  both: [[105], [60, 62], [0, 0, 92], [30, 20, 15, 115]],
};
/** The chance of a country is the sum of shares that moved there: one split for each tenth. */
const bySum = {
  base: 0,
  trees: [0.05, 0.1, 0.2, 0.3].map((threshold) => ({
    feature: [0, -1, -1],
    threshold: [threshold, 0, 0],
    child: [1, 0, 0],
    value: [0, 0, 0.1],
  })),
};
const model: NextCountriesModelRecord = {
  id: 'test',
  validFrom: '2026-01-01',
  validTo: null,
  source: 'made for the test',
  readOn: '2026-01-01',
  confidence: 'illustrative',
  untilHours: 168,
  links,
  any: { base: 0.5, trees: [] },
  each: bySum,
};
const next = new NextCountries(model);

const seen = (hours: number, countries: string[] | undefined) =>
  new SpikeEvidence({
    id: 'v',
    kind: 'views',
    observedUntil: hours * HOUR,
    counts: [[hours * HOUR, 1000]],
    horizon: 168 * HOUR,
    ...(countries && { signals: { countries: [[hours * HOUR, countries]] } }),
  });

describe('the countries that a video reaches next', () => {
  it('are those to which videos of its countries moved, the likeliest first', () => {
    const spread = next.rank(seen(24, ['GB']));
    expect(spread?.anyProbability).toBe(0.5);
    expect(spread?.countries.map(({ country }) => country)).toEqual(['IE', 'US', 'JP']);
    expect(spread?.countries[0]?.probability).toBeCloseTo(0.2, 10);
  });

  it('never name a country that holds it, and leave countries out that were never seen', () => {
    const spread = next.rank(seen(24, ['GB', 'IE', 'ZZ']));
    expect(spread?.countries.map(({ country }) => country)).toEqual(['US', 'JP']);
  });

  it('are not said without countries, or of a video that is too old', () => {
    expect(next.rank(seen(24, undefined))).toBeUndefined();
    expect(next.rank(seen(24, []))).toBeUndefined();
    expect(next.rank(seen(168, ['GB']))).toBeUndefined();
  });

  it('do not depend on the order in which countries are given', () => {
    expect(next.rank(seen(30, ['US', 'GB']))).toEqual(next.rank(seen(30, ['GB', 'US'])));
  });
});

describe('the links of charts', () => {
  it('shrink shares of few videos, and count the same both ways for what was shared', () => {
    const known = new ChartLinks(links);
    const [ie] = known.links(new Set(['GB'])).filter(({ country }) => country === 'IE');
    const [gb] = known.links(new Set(['IE'])).filter(({ country }) => country === 'GB');
    expect(ie?.expected).toBeCloseTo(40 / 102, 10);
    expect(ie?.features[3]).toBeCloseTo(60 / (105 + 62 - 60 + 5), 10);
    expect(gb?.features[3]).toBe(ie?.features[3]);
    expect(known.spreadOf(new Set(['GB']))).toBeCloseTo(45 / 105, 10);
    expect(known.spreadOf(new Set(['ZZ']))).toBe(0);
  });
});
