import {
  type Assessment,
  type CustomsParcel,
  type Law,
  type Rule,
  type RuleBook,
  type TariffRow,
  tariffRowSchema,
} from '@crossparcel/trade';
import { type DayNumber, formatDay, parseDay, parseMinor } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv.ts';
import { Reference } from './reference.ts';
import { readWholeText } from './text.ts';

const reference = new Reference();
const law: Law = reference.law();
const books = [...reference.ruleBooks().values()];

const tariffRows: TariffRow[] = parseCsv(
  await readWholeText(new URL('../../../reference/tariff/us.csv', import.meta.url).pathname),
  'us.csv',
).map((row) => tariffRowSchema.parse(row));

const first = (list: readonly string[] | undefined, otherwise: string): string => {
  const named = list?.find((entry) => !entry.startsWith('!') && entry !== '*');
  return named ?? otherwise;
};

const codeFor = (book: RuleBook, { when }: Rule): string => {
  if (when?.listed) {
    const { column, in: values } = when.listed;
    const barred = when.hs?.map((entry) => entry.slice(1)) ?? [];
    const row = tariffRows.find(
      (one) =>
        one.code.length >= 8 &&
        values.includes(one[column] ?? '') &&
        one.general !== '' &&
        /^(Free|[\d.]+%)$/.test(one.general ?? '') &&
        !barred.some((prefix) => one.code.startsWith(prefix)),
    );
    return row?.code ?? '';
  }
  const entry = first(when?.hs, '950300');
  const prefix = entry.startsWith('list:')
    ? (book.lists?.find(({ id }) => id === entry.slice(5))?.codes[0] ?? '')
    : entry;
  return prefix.length >= 6 ? prefix : (knownCodes.find((code) => code.startsWith(prefix)) ?? '');
};

const knownCodes = parseCsv(
  await readWholeText(new URL('../../../reference/hs/hs2022.csv', import.meta.url).pathname),
  'hs2022.csv',
)
  .map(({ code }) => code ?? '')
  .filter((code) => code.length === 6);

const originFor = ({ when }: Rule): string => {
  const named = first(when?.origin, 'CH');
  return named.startsWith('@') ? 'DE' : named;
};

/** Fiji is in no list of origins. */
const elsewhere = ({ when }: Rule): string =>
  when?.origin?.some((entry) => entry === '!CH') ? 'FJ' : originFor({ when } as Rule);

/** A value, in the currency of its limits, between what a rule wants it to be above and at most. */
const valueFor = ({ when }: Rule, currency: string): number => {
  const above = when?.valueAbove ? (parseMinor(when.valueAbove.amount, currency) ?? 0) : 0;
  const most = when?.valueAtMost ? (parseMinor(when.valueAtMost.amount, currency) ?? 0) : above + 200_000;
  return Math.floor((above + most) / 2);
};

const limitCurrency = ({ when }: Rule, book: RuleBook): string =>
  when?.valueAtMost?.currency ?? when?.valueAbove?.currency ?? book.currency;

/** A parcel on which a rule is charged, unless another takes its place. */
const witness = (book: RuleBook, rule: Rule, day: DayNumber, valueMinor?: number): CustomsParcel => {
  const { when } = rule;
  const currency = limitCurrency(rule, book);
  return {
    market: first(when?.market, book.markets[0] ?? ''),
    subdivision: when?.subdivision && first(when.subdivision, ''),
    day,
    channel: first(when?.channel, when?.channel?.includes('!express') ? 'courier' : 'express'),
    entry: when?.entry && first(when.entry, 'informal'),
    importer: first(when?.importer, book.valuations ? 'business' : 'consumer'),
    collectedBy: when?.collectedBy && first(when.collectedBy, 'platform'),
    postalMethod: first(when?.postalMethod, 'ad-valorem'),
    postalItems: 1,
    schemes: when?.scheme?.slice(0, 1) ?? [],
    dutyInPrice: when?.dutyInPrice ?? false,
    currency,
    freightMinor: 0,
    insuranceMinor: 0,
    lines: [
      {
        id: '1',
        hs: codeFor(book, rule),
        quantity: 1,
        valueMinor: valueMinor ?? valueFor(rule, currency),
        origin: elsewhere(rule),
        massGrams: 500,
        ...(when?.attributes && { attributes: when.attributes }),
      },
    ],
  };
};

const billOf = (parcel: CustomsParcel): Assessment | undefined => {
  const result = law.assess(parcel);
  return result.ok ? result.value : undefined;
};
const idsOf = (parcel: CustomsParcel): Set<string> => new Set(billOf(parcel)?.charges.map(({ rule }) => rule.id));

const all = books.flatMap((book) => book.rules.map((rule) => ({ book, rule, name: `${book.book}: ${rule.id}` })));
const charged = all.filter(({ rule }) => rule.confidence !== 'scheduled');
const dayOf = (text: string): DayNumber => parseDay(text) as DayNumber;
const difference = (a: Set<string>, b: Set<string>): string[] => [
  ...[...a].filter((id) => !b.has(id)),
  ...[...b].filter((id) => !a.has(id)),
];

describe('every rule on file', () => {
  it.each(charged)('$name is charged on the first day of its window or of its book', ({ book, rule }) => {
    const day = Math.max(dayOf(rule.validFrom), dayOf(book.coveredFrom));
    const bill = billOf(witness(book, rule, day));
    const ids = bill?.charges.map((charge) => charge.rule.id) ?? [];
    const takesItsPlace = bill?.charges.some(
      (charge) => charge.rule.replaces?.includes(rule.family) || charge.rule.family === rule.family,
    );
    expect(ids.includes(rule.id) || takesItsPlace, `${ids}`).toBe(true);
  });

  it('is charged by a parcel made for it, all but few', () => {
    const missed = charged.filter(({ book, rule }) => {
      const day = Math.max(dayOf(rule.validFrom), dayOf(book.coveredFrom));
      return !idsOf(witness(book, rule, day)).has(rule.id);
    });
    expect(missed.length).toBeLessThan(charged.length / 20);
  });

  const starting = charged.filter(({ book, rule }) => rule.validFrom > book.coveredFrom);

  it.each(starting)('$name: from the day before its start to its start, only rules of those days change', (one) => {
    const { book, rule } = one;
    const start = dayOf(rule.validFrom);
    const [before, after] = [idsOf(witness(book, rule, start - 1)), idsOf(witness(book, rule, start))];
    expect(before.has(rule.id)).toBe(false);
    const byId = new Map(book.rules.map((other) => [other.id, other]));
    const boundary = new Set(
      book.rules
        .filter(({ validFrom, validTo }) => validFrom === rule.validFrom || validTo === formatDay(start - 1))
        .flatMap(({ id, replaces }) => [id, ...(replaces ?? [])]),
    );
    for (const id of difference(before, after)) {
      expect(boundary.has(id) || boundary.has(byId.get(id)?.family ?? ''), id).toBe(true);
    }
  });

  const ended = charged.filter(({ book, rule }) => rule.validTo !== null && rule.validTo >= book.coveredFrom);

  it.each(ended)('$name is not charged on the day after its end', ({ book, rule }) => {
    expect(idsOf(witness(book, rule, dayOf(rule.validTo as string) + 1)).has(rule.id)).toBe(false);
  });

  const limited = charged.filter(({ rule }) => rule.when?.valueAtMost ?? rule.when?.valueAbove);

  it.each(limited)(
    '$name: one minor unit below, at and above its limit, exactly it and its counterparts change',
    (one) => {
      const { book, rule } = one;
      const currency = limitCurrency(rule, book);
      const day = Math.max(dayOf(rule.validFrom), dayOf(book.coveredFrom));
      for (const [kind, limit] of [
        ['at-most', rule.when?.valueAtMost],
        ['above', rule.when?.valueAbove],
      ] as const) {
        if (!limit) continue;
        const minor = parseMinor(limit.amount, currency) ?? 0;
        const [below, at, above] = [-1, 0, 1].map((step) => idsOf(witness(book, rule, day, minor + step)));
        expect(difference(below as Set<string>, at as Set<string>)).toEqual([]);
        const inside = kind === 'at-most' ? at : above;
        const outside = kind === 'at-most' ? above : at;
        expect(outside?.has(rule.id)).toBe(false);
        // Beyond some limits nothing is on file, and the parcel has no bill.
        if (at?.size === 0 || above?.size === 0) continue;
        const changed = difference(at as Set<string>, above as Set<string>);
        const sameLimit = ({ when }: Rule) =>
          [when?.valueAtMost, when?.valueAbove].some(
            (other) => other?.amount === limit.amount && other.currency === limit.currency,
          );
        const replaced = new Set(book.rules.filter(sameLimit).flatMap(({ replaces }) => replaces ?? []));
        const entryChanges = (book.entries ?? []).some(({ valueAtMost }) => valueAtMost?.amount === limit.amount);
        for (const id of changed) {
          const other = book.rules.find((candidate) => candidate.id === id) as Rule;
          expect(sameLimit(other) || replaced.has(other.family) || entryChanges, id).toBe(true);
        }
        if (inside?.has(rule.id)) expect(changed.length === 0 || changed.includes(rule.id)).toBe(true);
      }
    },
  );
});

const markets = ['US', 'GB', 'DE', 'FR', 'MX', 'BR', 'JP', 'ID', 'TH', 'SG', 'NZ'];
const someParcel = fc.record({
  market: fc.constantFrom(...markets),
  day: fc.integer({ min: dayOf('2025-03-10'), max: dayOf('2027-12-31') }),
  channel: fc.constantFrom('postal', 'express', 'courier', 'cargo'),
  schemes: fc.constantFrom([], ['IOSS'], ['REMESSA_CONFORME']),
  currency: fc.constantFrom('USD', 'EUR', 'GBP', 'JPY'),
  freightMinor: fc.integer({ min: 0, max: 2000 }),
  lines: fc.array(
    fc.record({
      id: fc.constant('x'),
      hs: fc.constantFrom('610910', '330499', '950300', '851762', '640299', '420222', '732393', '61', '999999'),
      quantity: fc.integer({ min: 1, max: 20 }),
      valueMinor: fc.integer({ min: 1, max: 300_000 }),
      origin: fc.constantFrom('CN', 'HK', 'VN', 'TH', 'KR', 'JP', 'GB', 'DE', 'US', 'MX'),
      massGrams: fc.integer({ min: 1, max: 5000 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

const filled = (some: object): CustomsParcel =>
  ({
    importer: 'consumer',
    postalMethod: 'ad-valorem',
    postalItems: 1,
    dutyInPrice: false,
    insuranceMinor: 0,
    ...some,
  }) as CustomsParcel;

describe('the law on file', () => {
  it('gives bills that add up, with nothing below zero, each charge with its source', () => {
    let answered = 0;
    fc.assert(
      fc.property(someParcel, (some) => {
        const bill = billOf(filled(some));
        if (!bill) return;
        answered += 1;
        const of = (kind: string) =>
          bill.charges.filter(({ rule }) => rule.kind === kind).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect([of('duty'), of('tax'), of('fee')]).toEqual([bill.dutyMinor, bill.taxMinor, bill.feeMinor]);
        for (const { amountMinor, rule } of bill.charges) {
          expect(amountMinor).toBeGreaterThanOrEqual(0);
          expect(rule.source).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
    expect(answered).toBeGreaterThan(200);
  });

  it('never asks less duty for more of the same goods under the same rules', () => {
    fc.assert(
      fc.property(someParcel, fc.integer({ min: 2, max: 5 }), (some, times) => {
        const more = {
          ...some,
          lines: some.lines.map((line) => ({
            ...line,
            quantity: line.quantity * times,
            valueMinor: line.valueMinor * times,
            massGrams: line.massGrams * times,
          })),
        };
        const [one, many] = [billOf(filled(some)), billOf(filled(more))];
        if (!one || !many) return;
        const rules = (bill: Assessment) => bill.charges.map(({ rule, line }) => `${rule.id}|${line}`).sort();
        if (String(rules(one)) !== String(rules(many))) return;
        expect(many.dutyMinor).toBeGreaterThanOrEqual(one.dutyMinor);
      }),
      { numRuns: 500 },
    );
  });

  it('names families that exist in what comes back, and lists every way with its source', () => {
    for (const book of books) {
      const families = new Set(book.rules.map(({ family }) => family));
      for (const refund of book.refunds ?? []) for (const family of refund.of) expect(families).toContain(family);
      expect(new Set(book.ways.map(({ id }) => id)).size).toBe(book.ways.length);
    }
  });
});
