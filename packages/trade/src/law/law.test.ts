import { DatedRates, ExchangeRates, parseDay, ratioOfDecimal, sameEveryDay } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HsTable } from '../hs/hs-table.ts';
import type { CustomsParcel } from '../landed-cost/parcel.ts';
import { TariffTable } from '../tariff/tariff-table.ts';
import { type RuleBook, ruleBookSchema } from './book.ts';
import { Law } from './law.ts';

const dated = {
  validFrom: '2026-01-01',
  validTo: null,
  source: 'a test',
  readOn: '2026-01-01',
  confidence: 'confirmed',
};
const limit = { amount: '100.00', currency: 'EUR' };

/** A made-up law with one rule of each kind. */
const book: RuleBook = ruleBookSchema.parse({
  book: 'ml',
  markets: ['ML'],
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  coveredFrom: '2026-01-01',
  coveredTo: '2030-12-31',
  nearLimit: '2%',
  exchangeRates: { of: 'month', ...dated },
  tariff: { table: 't', column: 'general' },
  entries: [
    { entry: 'simple', valueAtMost: { amount: '500.00', currency: 'EUR' }, ...dated },
    { entry: 'full', ...dated },
  ],
  parameters: [
    { id: 'rate-north', parameter: 'sales', subdivision: ['N'], percent: '10%', ...dated },
    { id: 'rate', parameter: 'sales', percent: '20%', ...dated },
  ],
  lists: [{ id: 'free', codes: ['9503'], ...dated }],
  rules: [
    {
      id: 'relief',
      name: 'relief',
      kind: 'duty',
      family: 'relief',
      order: 0,
      per: 'line',
      when: { valueAtMost: limit, hs: ['!33'] },
      replaces: ['duty', 'extra'],
      charge: { nothing: true },
      payer: 'importer',
      ...dated,
    },
    {
      id: 'mfn',
      name: 'duty',
      kind: 'duty',
      family: 'duty',
      order: 10,
      per: 'line',
      base: ['value', 'freight'],
      charge: { tariff: 'general' },
      payer: 'importer',
      ...dated,
    },
    {
      id: 'extra-cn',
      name: 'extra',
      kind: 'duty',
      family: 'extra',
      order: 20,
      per: 'line',
      when: { origin: ['@EAST'], hs: ['!list:free'] },
      charge: { percent: '7.5%' },
      payer: 'importer',
      ...dated,
    },
    {
      id: 'top-up',
      name: 'top-up',
      kind: 'duty',
      family: 'top',
      order: 30,
      per: 'line',
      when: { origin: ['JP'] },
      charge: { topUpTo: '12.5%', over: ['duty'] },
      payer: 'importer',
      ...dated,
    },
    {
      id: 'per-heading',
      name: 'headings',
      kind: 'fee',
      family: 'heading-fee',
      order: 40,
      per: 'parcel',
      when: { channel: ['express'] },
      charge: { amount: '3.00', currency: 'EUR', each: 'heading' },
      payer: 'importer',
      ...dated,
    },
    {
      id: 'entry-fee',
      name: 'entry',
      kind: 'fee',
      family: 'entry-fee',
      order: 50,
      per: 'parcel',
      when: { entry: ['full'] },
      charge: { percent: '0.3464%' },
      minimum: { amount: '30.00', currency: 'EUR' },
      maximum: { amount: '600.00', currency: 'EUR' },
      payer: 'importer',
      ...dated,
    },
    {
      id: 'coming',
      name: 'coming fee',
      kind: 'fee',
      family: 'coming',
      order: 60,
      per: 'parcel',
      charge: { amount: '2.00', currency: 'EUR', each: 'parcel' },
      payer: 'importer',
      ...dated,
      confidence: 'scheduled',
    },
    {
      id: 'vat',
      name: 'VAT {market}',
      kind: 'tax',
      family: 'vat',
      order: 70,
      per: 'parcel',
      base: ['value', 'freight', 'duty'],
      charge: { parameter: 'sales' },
      payer: 'buyer',
      ...dated,
    },
    {
      id: 'inside',
      name: 'inside',
      kind: 'tax',
      family: 'inside',
      order: 80,
      per: 'parcel',
      when: { scheme: ['INSIDE'] },
      charge: { parameter: 'sales', inside: true },
      payer: 'buyer',
      ...dated,
    },
    {
      id: 'at-home',
      name: 'sale',
      kind: 'tax',
      family: 'home',
      order: 90,
      per: 'parcel',
      when: { channel: ['domestic'] },
      charge: { parameter: 'sales' },
      payer: 'buyer',
      ...dated,
    },
  ],
  ways: [{ id: 'ml-express', name: 'express', channel: 'express', terms: ['DDP'], needs: [], ...dated }],
});

const row = (code: string, general: string) => ({
  code,
  general,
  from: '',
  confidence: '' as const,
  description: code,
});
const tariff = new TariffTable({ id: 't', file: 't.csv', ...dated, confidence: 'confirmed' }, [
  row('61091000', '12%'),
  row('33049900', 'Free'),
  row('95030000', '4%'),
]);
const hs = new HsTable(
  ['61', '6109', '610910', '33', '3304', '330499', '95', '9503', '950300'].map((code) => ({ code, description: code })),
);
const rates = sameEveryDay(
  new ExchangeRates(
    new Map([
      ['EUR', ratioOfDecimal(1.16)],
      ['USD', ratioOfDecimal(1)],
    ]),
  ),
);
const areas = [{ id: 'EAST', members: ['CN', 'HK'], ...dated, confidence: 'confirmed' as const }];
const law = new Law({ books: [book], areas, tariffs: new Map([['t', tariff]]), hs, rates });

const parcel = (more: Partial<CustomsParcel> = {}): CustomsParcel => ({
  market: 'ML',
  day: parseDay('2026-06-01') as number,
  channel: 'express',
  importer: 'consumer',
  postalMethod: 'ad-valorem',
  postalItems: 1,
  schemes: [],
  dutyInPrice: false,
  currency: 'EUR',
  freightMinor: 0,
  insuranceMinor: 0,
  lines: [{ id: '1', hs: '610910', quantity: 1, valueMinor: 20_000, origin: 'CN' }],
  ...more,
});

const assess = (more: Partial<CustomsParcel> = {}) => {
  const result = law.assess(parcel(more));
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value;
};

const amounts = (more: Partial<CustomsParcel> = {}) =>
  assess(more).charges.map((charge) => [charge.rule.id, charge.amountMinor]);

const goods = (valueMinor: number, more: object = {}) => [
  { id: '1', hs: '610910', quantity: 1, valueMinor, origin: 'CN', ...more },
];

describe('the rule language', () => {
  it('charges in order, each rule on what came before', () => {
    expect(amounts({ freightMinor: 1000 })).toEqual([
      ['mfn', 2520],
      ['extra-cn', 1500],
      ['per-heading', 300],
      ['vat', 5004],
    ]);
  });

  it('replaces duties up to a limit, to the very cent', () => {
    expect(amounts({ lines: goods(9999) })[0]).toEqual(['relief', 0]);
    expect(amounts({ lines: goods(10_000) })[0]).toEqual(['relief', 0]);
    expect(amounts({ lines: goods(10_001) })[0]).toEqual(['mfn', 1200]);
  });

  it('leaves lines outside a relief charged while others are relieved', () => {
    const lines = [...goods(3000), { id: '2', hs: '330499', quantity: 1, valueMinor: 4000, origin: 'CN' }];
    expect(amounts({ lines })).toEqual([
      ['relief', 0],
      ['mfn', 0],
      ['extra-cn', 300],
      ['per-heading', 600],
      ['vat', 1460],
    ]);
  });

  it('tops up to a total, never below nothing', () => {
    expect(amounts({ lines: goods(20_000, { origin: 'JP' }) })).toContainEqual(['top-up', 100]);
    expect(amounts({ lines: goods(20_000, { origin: 'JP', hs: '950300' }) })).toContainEqual(['top-up', 1700]);
  });

  it('knows areas and lists', () => {
    expect(amounts({ lines: goods(20_000, { origin: 'HK' }) })).toContainEqual(['extra-cn', 1500]);
    expect(amounts({ lines: goods(20_000, { hs: '950300' }) }).map(([id]) => id)).not.toContain('extra-cn');
    expect(amounts({ lines: goods(20_000, { origin: 'DE' }) }).map(([id]) => id)).not.toContain('extra-cn');
  });

  it('counts a heading once for one classification, description and origin', () => {
    const two = (second: object) => amounts({ lines: [...goods(20_000), ...goods(20_000, { id: '2', ...second })] });
    expect(two({})).toContainEqual(['per-heading', 300]);
    expect(two({ origin: 'DE' })).toContainEqual(['per-heading', 600]);
    expect(two({ hs: '950300' })).toContainEqual(['per-heading', 600]);
    expect(two({ description: 'silk' })).toContainEqual(['per-heading', 600]);
  });

  it('chooses the entry by value and holds a fee between its limits', () => {
    expect(amounts({ lines: goods(50_000) }).map(([id]) => id)).not.toContain('entry-fee');
    expect(amounts({ lines: goods(50_001) })).toContainEqual(['entry-fee', 3000]);
    expect(amounts({ lines: goods(10_000_000) })).toContainEqual(['entry-fee', 34_640]);
    expect(amounts({ lines: goods(90_000_000) })).toContainEqual(['entry-fee', 60_000]);
    expect(amounts({ entry: 'full' })).toContainEqual(['entry-fee', 3000]);
  });

  it('prefers the parameter of a state, and can tax inside its own base', () => {
    expect(amounts({ lines: goods(20_000, { origin: 'DE' }) })).toContainEqual(['vat', 4480]);
    expect(amounts({ lines: goods(20_000, { origin: 'DE' }), subdivision: 'N' })).toContainEqual(['vat', 2240]);
    expect(amounts({ schemes: ['INSIDE'] })).toContainEqual(['inside', 5000]);
  });

  it('converts limits and amounts from the currency of the parcel', () => {
    expect(amounts({ currency: 'USD', lines: goods(11_600) })[0]).toEqual(['relief', 0]);
    expect(amounts({ currency: 'USD', lines: goods(11_602) })[0]?.[0]).toBe('mfn');
    expect(amounts({ currency: 'USD', lines: goods(11_602) })).toContainEqual(['per-heading', 348]);
  });

  it('applies to a sale from stock only what names it', () => {
    expect(amounts({ channel: 'domestic' })).toEqual([['at-home', 4000]]);
  });

  it('tells of rules that are announced and does not charge them', () => {
    expect(assess().warnings).toContainEqual(expect.objectContaining({ code: 'scheduled-rule' }));
    expect(amounts().map(([id]) => id)).not.toContain('coming');
  });

  it('falls back for codes that do not exist, and says so', () => {
    expect(assess({ lines: goods(20_000, { hs: '610999' }) }).warnings.map((warning) => warning.code)).toContain(
      'hs-unknown',
    );
    expect(assess({ lines: goods(20_000, { hs: '' }) }).warnings.map((warning) => warning.code)).toContain(
      'hs-missing',
    );
  });

  it('tells when a value is near a limit, and on which side', () => {
    const near = (value: number) =>
      assess({ lines: goods(value) })
        .warnings.filter(({ code }) => code === 'near-limit')
        .map(({ text }) => text);
    expect(near(9880)).toEqual(['the value is EUR 1.20 below the limit of EUR 100.00 (relief)']);
    expect(near(10_000)).toEqual(['the value is exactly at the limit of EUR 100.00 (relief)']);
    expect(near(10_001)).toEqual(['the value is EUR 0.01 above the limit of EUR 100.00 (relief)']);
    expect(near(9799)).toEqual([]);
    expect(near(50_000)).toEqual(['the value is exactly at the limit of EUR 500.00 (simple entry)']);
  });

  it('lets a limit see the rest of the order, so that splitting one saves nothing', () => {
    const split = { ...limit, of: ['value', 'same-order'] };
    const strict = new Law({
      books: [
        {
          ...book,
          rules: book.rules.map((rule) => (rule.id === 'relief' ? { ...rule, when: { valueAtMost: split } } : rule)),
        },
      ],
      areas,
      tariffs: new Map([['t', tariff]]),
      hs,
      rates,
    });
    const rules = (sameOrderMinor: number) => {
      const result = strict.assess(parcel({ lines: goods(6000), sameOrderMinor }));
      return result.ok ? result.value.charges.map(({ rule }) => rule.id) : [];
    };
    expect(rules(0)).toContain('relief');
    expect(rules(4000)).toContain('relief');
    expect(rules(4001)).not.toContain('relief');
  });

  it('takes the rates of the first day of the month where customs does, and refuses a day without one', () => {
    const quote = (from: string, worth: number) => ({
      currency: 'EUR',
      from: parseDay(from) as number,
      worth: ratioOfDecimal(worth),
    });
    const usd = { currency: 'USD', from: Number.NEGATIVE_INFINITY, worth: ratioOfDecimal(1) };
    const dated = new Law({
      books: [book],
      areas,
      tariffs: new Map([['t', tariff]]),
      hs,
      rates: new DatedRates([quote('2026-03-01', 1), quote('2026-06-01', 2), quote('2026-06-15', 3), usd]),
    });
    const isRelieved = (day: string, valueMinor: number) => {
      const at = parseDay(day) as number;
      const result = dated.assess(parcel({ day: at, currency: 'USD', lines: goods(valueMinor) }));
      return result.ok ? result.value.charges.some(({ rule }) => rule.id === 'relief') : result.error.code;
    };
    expect(isRelieved('2026-05-31', 10_001)).toBe(false);
    expect(isRelieved('2026-06-20', 20_000)).toBe(true);
    expect(isRelieved('2026-06-20', 20_001)).toBe(false);
    expect(isRelieved('2026-02-10', 100)).toBe('missing-exchange-rate');
  });

  it('names the records behind each line', () => {
    const [mfn, , , vat] = assess().charges;
    expect(mfn).toMatchObject({
      rows: ['mfn', 'tariff:61091000'],
      rate: '12%',
      baseMinor: 20_000,
      confidence: 'confirmed',
    });
    expect(vat).toMatchObject({ rows: ['vat', 'rate'], name: 'VAT ML' });
  });

  it('refuses a market without a book, a day before the book, and goods that no rule covers', () => {
    const code = (more: Partial<CustomsParcel>) => {
      const result = law.assess(parcel(more));
      return result.ok ? 'ok' : result.error.code;
    };
    expect(code({ market: 'XX' })).toBe('unknown-market');
    expect(code({ day: parseDay('2025-12-31') as number })).toBe('law-not-on-file');
    const bare = new Law({
      books: [{ ...book, rules: book.rules.slice(7) }],
      areas,
      tariffs: new Map([['t', tariff]]),
      hs,
      rates,
    });
    const result = bare.assess(parcel());
    expect(result.ok ? 'ok' : result.error.code).toBe('not-covered');
  });
});

const line = fc.record({
  id: fc.constant('x'),
  hs: fc.constantFrom('610910', '330499', '950300'),
  quantity: fc.integer({ min: 1, max: 9 }),
  valueMinor: fc.integer({ min: 0, max: 100_000 }),
  origin: fc.constantFrom('CN', 'JP', 'DE'),
});
const lines = fc.array(line, { minLength: 1, maxLength: 5 });

describe('every bill', () => {
  it('adds up from its lines', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 5000 }), fc.boolean(), (goodsLines, freightMinor, inside) => {
        const bill = assess({ lines: goodsLines, freightMinor, schemes: inside ? ['INSIDE'] : [] });
        const sum = (kind: string) =>
          bill.charges
            .filter((charge) => charge.rule.kind === kind)
            .reduce((total, charge) => total + charge.amountMinor, 0);
        expect([sum('duty'), sum('tax'), sum('fee')]).toEqual([bill.dutyMinor, bill.taxMinor, bill.feeMinor]);
        for (const charge of bill.charges) expect(charge.amountMinor).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is the same whatever was computed before it', () => {
    fc.assert(
      fc.property(lines, (goodsLines) => {
        const fresh = new Law({ books: [book], areas, tariffs: new Map([['t', tariff]]), hs, rates });
        expect(fresh.assess(parcel({ lines: goodsLines }))).toEqual(law.assess(parcel({ lines: goodsLines })));
      }),
      { numRuns: 50 },
    );
  });

  it('never asks less duty for more value outside the relief', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_001, max: 90_000 }), fc.integer({ min: 1, max: 9000 }), (value, more) => {
        expect(assess({ lines: goods(value + more) }).dutyMinor).toBeGreaterThanOrEqual(
          assess({ lines: goods(value) }).dutyMinor,
        );
      }),
    );
  });
});

describe('a broken book', () => {
  const compile = (change: object) => () =>
    new Law({ books: [{ ...book, ...change } as RuleBook], areas, tariffs: new Map([['t', tariff]]), hs, rates });

  it.each([
    ['a tariff that is not there', { tariff: { table: 'none', column: 'general' } }, /no tariff table none/],
    ['a family that is not there', { rules: [{ ...book.rules[0], replaces: ['nothing'] }] }, /no family nothing/],
    ['an area that is not there', { rules: [{ ...book.rules[2], when: { origin: ['@WEST'] } }] }, /no such area/],
    ['a list that is not there', { rules: [{ ...book.rules[2], when: { hs: ['list:none'] } }] }, /no such list/],
    [
      'a share that is none',
      { rules: [{ ...book.rules[2], charge: { percent: 'much' } }] },
      /much is not a percentage/,
    ],
    [
      'two rules that could both be charged',
      { rules: [...book.rules, { ...book.rules[2], id: 'twin', when: { origin: ['HK', 'JP'] } }] },
      /extra-cn: twin of the same family can apply to the same goods/,
    ],
    ['one id twice', { rules: [...book.rules, book.rules[2]] }, /two rules of this id/],
    [
      'a parameter given twice',
      { parameters: [...(book.parameters ?? []), { ...book.parameters?.[1], id: 'again' }] },
      /again gives the same parameter/,
    ],
    ['a base that is none', { rules: [{ ...book.rules[2], base: ['weight'] }] }, /no base part weight/],
  ])('with %s is refused', (_, change, message) => {
    expect(compile(change)).toThrow(message);
  });
});

describe('two rules of a family', () => {
  const [, , extra] = book.rules;
  const beside = (one: object, other: object) => () =>
    new Law({
      books: [
        {
          ...book,
          rules: [
            ...book.rules,
            { ...extra, family: 'x', id: 'a', ...one },
            { ...extra, family: 'x', id: 'b', ...other },
          ] as RuleBook['rules'],
        },
      ],
      areas,
      tariffs: new Map([['t', tariff]]),
      hs,
      rates,
    });

  it.each([
    ['on other days', { validTo: '2026-05-31' }, { validFrom: '2026-06-01' }],
    ['of other origins', { when: { origin: ['@EAST'] } }, { when: { origin: ['!CN', '!HK'] } }],
    ['of other goods', { when: { hs: ['61', '!6109'] } }, { when: { hs: ['610910'] } }],
    ['with and without a scheme', { when: { scheme: ['S'] } }, { when: { noScheme: ['S'] } }],
    ['on both sides of a limit', { when: { valueAtMost: limit } }, { when: { valueAbove: limit } }],
    ['with and without an attribute', { when: { attributes: { x: true } } }, { when: { attributes: { x: false } } }],
    ['at home and abroad', { when: { channel: ['domestic'] } }, {}],
    ['of which the dearest counts', { choose: 'highest' }, { choose: 'highest' }],
    ['of which one replaces the other', { replaces: ['x'] }, {}],
  ])('stand beside each other %s', (_, one, other) => {
    expect(beside(one, other)).not.toThrow();
  });

  it.each([
    ['of one country', { when: { origin: ['@EAST'] } }, { when: { origin: ['HK'] } }],
    ['of a heading and its chapter', { when: { hs: ['61'] } }, { when: { hs: ['6109'] } }],
    ['that only exclude', { when: { hs: ['!61'] } }, { when: { hs: ['!62'] } }],
    ['on one last and first day', { validTo: '2026-06-01' }, { validFrom: '2026-06-01' }],
  ])('are refused %s', (_, one, other) => {
    expect(beside(one, other)).toThrow(/same family/);
  });
});
