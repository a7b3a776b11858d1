import { ExchangeRates, ratioOfDecimal } from '@crossparcel/units';
import { describe, expect, it } from 'vitest';
import type { TariffRow } from '../law/book.ts';
import { dutyMinor, parseDutyRate } from './duty-rate.ts';
import { TariffTable } from './tariff-table.ts';

const rates = new ExchangeRates(
  new Map([
    ['USD', ratioOfDecimal(1)],
    ['EUR', ratioOfDecimal(1.2)],
  ]),
);

const duty = (text: string, valueMinor: number, quantity = 1, massGrams?: number, currency = 'USD') => {
  const rate = parseDutyRate(text);
  if (!rate) throw new Error(`unread rate ${text}`);
  return dutyMinor(rate, { valueMinor, currency, quantity, massGrams }, rates);
};

describe('printed rates', () => {
  it.each([
    ['Free', 10_000, 3, undefined, 0],
    ['16.5%', 4000, 2, undefined, 660],
    ['0.008 USD/pc + 5.4%', 1000, 12, undefined, 64],
    ['0.4 USD/doz', 1000, 24, undefined, 80],
    ['2.5 USD/kg', 1000, 1, 400, 100],
    ['4.5% MIN 0.3 EUR/pc MAX 0.8 EUR/pc', 100, 1, undefined, 36],
    ['4.5% MIN 0.3 EUR/pc MAX 0.8 EUR/pc', 10_000, 1, undefined, 96],
    ['4.5% MIN 0.3 EUR/pc MAX 0.8 EUR/pc', 1500, 1, undefined, 68],
    ['6.2% + 27.1 EUR/100 kg MAX 17.9%', 1000, 1, 1000, 95],
    ['6.2% + 27.1 EUR/100 kg MAX 17.9%', 100, 1, 1000, 18],
  ])('%s on %i minor units, %i pieces, %s g is %i', (text, value, quantity, mass, due) => {
    expect(duty(text, value, quantity, mass)).toBe(due);
  });

  it('say when a measure is missing', () => {
    expect(duty('2.5 USD/kg', 1000)).toBeUndefined();
    expect(duty('12 EUR/hl', 1000, 1, 500)).toBeUndefined();
  });

  it('are not guessed when they cannot be read', () => {
    expect(parseDutyRate('40¢ each + 8.5% on the case')).toBeUndefined();
    expect(parseDutyRate('9% + EA')).toBeUndefined();
    expect(parseDutyRate('')).toBeUndefined();
  });
});

const row = (code: string, general: string, extra: Partial<TariffRow> = {}): TariffRow => ({
  code,
  general,
  list: '',
  from: '',
  confidence: '',
  description: code,
  ...extra,
});

const table = new TariffTable(
  {
    id: 't',
    file: 't.csv',
    validFrom: '2026-01-01',
    validTo: null,
    source: 's',
    readOn: '2026-01-01',
    confidence: 'confirmed',
  },
  [
    row('61091000', '16.5%', { list: '4A' }),
    row('61099010', '32%', { list: '4A' }),
    row('61099015', '5.6%', { list: '3' }),
    row('61099080', '16%', { list: '4A' }),
    row('610990', '16%', { from: '61099080', confidence: 'single' }),
    row('62034200', '8%'),
    row('62034300', '27.9%'),
    row('91021110', '44¢ each + 6% on the case'),
  ],
);

describe('tariff lines', () => {
  it('are found by their own number, and by six digits where there is one line', () => {
    expect(table.find('61091000', 'general')).toMatchObject({
      code: '61091000',
      basis: 'line',
      confidence: 'confirmed',
    });
    expect(table.find('610910', 'general')).toMatchObject({ basis: 'line', rate: { text: '16.5%' } });
    expect(table.find('6109100090', 'general')).toMatchObject({ code: '61091000', rate: { text: '16.5%' } });
  });

  it('take the representative line before all others', () => {
    expect(table.find('610990', 'general')).toMatchObject({
      basis: 'representative',
      rate: { text: '16%' },
      confidence: 'single',
    });
    expect(table.find('61099010', 'general')?.rate.text).toBe('32%');
  });

  it('show the range and take the dearest where a code means several lines', () => {
    const hit = table.find('6203', 'general');
    expect(hit).toMatchObject({ basis: 'median', confidence: 'illustrative' });
    const several = new TariffTable(table.record, [row('62034210', '8%'), row('62034290', '16.6%', { list: '3' })]);
    const dearest = several.find('620342', 'general');
    expect(dearest).toMatchObject({ basis: 'highest', rate: { text: '16.6%' }, row: { list: '3' } });
    expect(dearest?.range?.map((rate) => rate.text)).toEqual(['8%', '16.6%']);
  });

  it('fall back to the heading, the chapter and the whole table, marked as illustrative', () => {
    expect(table.find('610920', 'general')).toMatchObject({
      code: '6109',
      basis: 'median',
      confidence: 'illustrative',
    });
    expect(table.find('619999', 'general')).toMatchObject({ code: '61', basis: 'median' });
    expect(table.find('', 'general')).toMatchObject({ code: '', basis: 'median', row: { list: '4A' } });
    expect(table.find('910211', 'general')).toMatchObject({ code: '', basis: 'median' });
  });
});
