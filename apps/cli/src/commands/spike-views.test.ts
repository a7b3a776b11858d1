import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SpikeAnswer, SpikeRequest } from '@crossparcel/demand';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const HOUR = 3600;
const EXAMPLES = readFileSync(join(root, 'examples/demand/videos.ndjson'), 'utf8');

const spike = (input: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin/crossparcel.js'), 'spike', '-', ...args],
    { cwd: root, encoding: 'utf8', input },
  );
  const answers = (): SpikeAnswer[] =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { status, stderr, answers };
};

const video: SpikeRequest = {
  id: 'v',
  kind: 'views',
  observedUntil: 30 * HOUR,
  counts: [
    [6 * HOUR, 40_000],
    [30 * HOUR, 160_000],
  ],
  horizon: 168 * HOUR,
  signals: { countries: [[30 * HOUR, ['AR', 'MX']]] },
};
const text = (...requests: SpikeRequest[]): string => requests.map((one) => `${JSON.stringify(one)}\n`).join('');

describe('crossparcel spike of views', () => {
  it('answers the examples, never below what was seen', () => {
    const { status, answers } = spike(EXAMPLES, '--levels', '0.01,0.1,0.5,0.9,0.99');
    expect(status).toBe(0);
    expect(answers().map(({ id }) => id)).toEqual(['seen-once', 'three-days', 'views-alone']);
    for (const { observed, quantiles, path } of answers()) {
      const values = Object.values(quantiles);
      expect(values).toEqual(values.toSorted((one, other) => one - other));
      expect(values[0]).toBeGreaterThanOrEqual(observed);
      expect(path.at(-1)?.median).toBe(quantiles['0.5']);
    }
  });

  it('names five countries with falling chances, where the countries so far are known', () => {
    const [known, unknown] = spike(text(video, { ...video, signals: {} })).answers();
    expect(unknown?.nextCountries).toBeUndefined();
    const { countries = [], anyProbability = 0, until } = known?.nextCountries ?? {};
    expect(until).toBe(168 * HOUR);
    expect(countries).toHaveLength(5);
    let before = anyProbability;
    for (const { country, probability } of countries) {
      expect(['AR', 'MX']).not.toContain(country);
      expect(probability).toBeLessThanOrEqual(before);
      before = probability;
    }
  });

  it('uses the kind that is told, and asks for it where it is not', () => {
    const music = { ...video, attributes: { category: 10, durationSeconds: 200 } };
    const stream = { ...video, attributes: { category: 20, durationSeconds: 9000 } };
    const young = { ...video, observedUntil: 12 * HOUR, counts: video.counts?.slice(0, 1), signals: {} };
    const told = { ...young, attributes: music.attributes };
    const [short, long, guessed, known] = spike(text(music, stream, young, told)).answers();
    expect(short?.median).toBeGreaterThan(long?.median ?? 0);
    expect(guessed?.needs.join()).toContain('durationSeconds');
    expect(known?.needs.join()).not.toContain('durationSeconds');
  });

  it('takes views and likes that a platform took back', () => {
    const fallen: SpikeRequest = {
      ...video,
      observedUntil: 54 * HOUR,
      counts: [
        [6 * HOUR, 40_000],
        [30 * HOUR, 160_000],
        [54 * HOUR, 159_000],
      ],
      signals: {
        likes: [
          [30 * HOUR, 900],
          [54 * HOUR, 880],
        ],
      },
    };
    const { status, answers } = spike(text(fallen));
    expect(status).toBe(0);
    expect(answers()[0]?.quantiles['0.1']).toBeGreaterThanOrEqual(160_000);
  });

  it('refuses a horizon past anything learned', () => {
    const { status, stderr } = spike(text({ ...video, horizon: 1e9 }));
    expect(status).toBe(2);
    expect(stderr).toContain('horizon');
  });
});
