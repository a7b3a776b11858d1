import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDay } from '@crossparcel/units';
import { afterAll, describe, expect, it } from 'vitest';
import { readRates } from './rates-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossparcel-rates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (text: string): string => {
  const path = join(folder, 'rates.csv');
  writeFileSync(path, text);
  return path;
};
const on = (rates: ReturnType<typeof readRates>, day: string) => rates.on(parseDay(day) as number);

describe('a rates file', () => {
  it('gives of each currency the latest rate that has begun', () => {
    const rates = readRates(
      file('date,from,to,rate\n2026-11-01,USD,EUR,0.9\n2026-10-01,USD,EUR,0.8\n2026-10-01,GBP,EUR,1.2\n'),
    );
    expect(on(rates, '2026-10-31').convertMinor(10_000, 'USD', 'EUR')).toBe(8000);
    expect(on(rates, '2026-11-01').convertMinor(10_000, 'USD', 'EUR')).toBe(9000);
    expect(on(rates, '2026-11-01').convertMinor(9000, 'USD', 'GBP')).toBe(6750);
    expect(on(rates, '2026-09-30').knows('USD')).toBe(false);
    expect(on(rates, '2026-09-30').knows('EUR')).toBe(true);
  });

  it.each([
    ['a bad date', '2026-13-01,USD,EUR,0.9', /rates\.csv:2: date: is not a date/],
    ['an unknown currency', '2026-11-01,USX,EUR,0.9', /rates\.csv:2: from: is not a currency code/],
    ['a rate of nothing', '2026-11-01,USD,EUR,0', /rates\.csv:2: rate: is not a rate/],
    [
      'rates in two currencies',
      '2026-11-01,USD,EUR,0.9\n2026-11-01,GBP,USD,1.3',
      /rates\.csv:3: to: the rate is in USD/,
    ],
  ])('names line and field of %s', (_, rows, message) => {
    expect(() => readRates(file(`date,from,to,rate\n${rows}\n`))).toThrow(message);
  });

  it('is missed by name', () => {
    expect(() => readRates(join(folder, 'none.csv'))).toThrow(/none\.csv:1: cannot be read/);
  });
});
