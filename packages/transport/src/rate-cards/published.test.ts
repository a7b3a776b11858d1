import { readdirSync, readFileSync } from 'node:fs';
import { parseDay } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompiledCard } from './card.ts';
import { rateCardSchema } from './record.ts';

const folder = new URL('../../../../reference/rate-cards/', import.meta.url);
const cards = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file): [string, CompiledCard] => [
      file.slice(0, -'.json'.length),
      new CompiledCard(rateCardSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))), (price) => price),
    ]),
);
const cardOf = (id: string) => cards.get(id) as CompiledCard;
const day = (text: string) => parseDay(text) as number;
const cents = (price: number | undefined) => (price === undefined ? undefined : Math.round(price / 1e7));
const small = { lengthMm: 200, widthMm: 150, heightMm: 50 };

/** The published tables, as rows of numbers by column name. */
const published = (name: string): Record<string, string>[] => {
  const text = readFileSync(new URL(`../../fixtures/published/${name}.csv`, import.meta.url), 'utf8');
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, index) => [header.split(',')[index] ?? '', cell])),
  );
};

const GRAMS_PER_POUND = 453.59237;
/** The heaviest parcel in whole grams that is billed as so many pounds, and the lightest: the edges of the row. */
const edgesOf = (pounds: number) => [
  Math.floor((pounds - 1) * GRAMS_PER_POUND) + 1,
  Math.floor(pounds * GRAMS_PER_POUND),
];

describe('every cell of the published tables', () => {
  const adders = published('usps_temporary_holiday_adders_2026-10-04_2027-01-17');
  const adderOf = (column: string, pounds: number, zone: number): number => {
    const band = adders.find((row) => Number(row.weight_from_lb) <= pounds && pounds <= Number(row.weight_to_lb));
    return band ? Math.round(Number(band[`${column}_${zone <= 4 ? 'z1_4' : 'z5_9'}`]) * 100) : 0;
  };

  const holds = (
    id: string,
    pounds: number,
    masses: readonly number[],
    row: Record<string, string>,
    adder?: string,
  ) => {
    const wrong: unknown[] = [];
    for (let zone = 1; zone <= 9; zone += 1) {
      const cell = row[`zone${zone}`];
      if (cell === undefined) continue;
      const base = cell === '' ? undefined : Math.round(Number(cell) * 100);
      for (const grams of masses) {
        const asked = (on: string) =>
          cents(cardOf(id).quote(small, grams, { country: 'US', zone: String(zone), day: day(on) })?.price);
        const season = base === undefined || adder === undefined ? base : base + adderOf(adder, pounds, zone);
        const found = ['2026-09-01', '2026-10-03', '2026-10-04', '2026-11-22', '2027-01-17', '2027-01-18'].map(asked);
        const expected = adder === undefined ? undefined : [base, base, season, season, season, base];
        const equal = expected ? expected.every((price, index) => price === found[index]) : found[0] === base;
        if (!equal) wrong.push({ id, pounds, zone, grams, found, expected });
      }
    }
    return wrong;
  };

  it('are the Ground Advantage commercial card at both edges of each row, with the adder and without', () => {
    const rows = published('usps_ground_advantage_commercial_2026-07-12');
    expect(rows).toHaveLength(71);
    const id = 'usps-ground-advantage-commercial';
    const wrong = rows.flatMap((row) => {
      const pounds = Number(row.billable_lb);
      // Exactly one pound is the only mass in its row, and no whole gram.
      const masses = pounds === 0 ? [1, 453] : pounds === 1 ? [GRAMS_PER_POUND] : edgesOf(pounds);
      return holds(id, pounds, masses, row, 'ga_commercial');
    });
    expect(wrong).toEqual([]);
  });

  it('are the Ground Advantage retail card', () => {
    const wrong = published('usps_ground_advantage_retail_2026-07-12').flatMap((row) => {
      const most = Number(row.max_weight);
      const masses =
        row.unit === 'oz' ? [Math.floor(most * 28.349523125)] : most === 1 ? [GRAMS_PER_POUND] : edgesOf(most);
      return holds('usps-ground-advantage-retail', row.unit === 'oz' ? 0 : most, masses, row, 'ga_retail');
    });
    expect(wrong).toEqual([]);
  });

  it('are the Priority Mail commercial card', () => {
    const wrong = published('usps_priority_mail_commercial_2026-07-12').flatMap((row) => {
      const pounds = Number(row.billable_lb);
      return holds('usps-priority-mail-commercial', pounds, edgesOf(pounds), row, 'priority_commercial');
    });
    expect(wrong).toEqual([]);
  });

  it('are the UPS Ground Saver card before its fuel', () => {
    const wrong = published('ups_ground_saver_daily_2025-12-22').flatMap((row) => {
      const pounds = Number(row.billable_lb);
      return holds('ups-ground-saver-daily', pounds, edgesOf(pounds), row);
    });
    expect(wrong).toEqual([]);
    const october = cardOf('ups-ground-saver-daily').explain(small, 400, {
      country: 'US',
      zone: '5',
      day: day('2026-10-01'),
    });
    expect(october.ok && october.value.lines.map(({ amount }) => amount / 1e9)).toEqual([15.31, 4.51645]);
  });
});

/** The three tariffs by which packers are compared, written down once more from their description. */
const described = {
  usps(sides: number[], grams: number, zone: number): number | undefined {
    const inches = sides.map((side) => Math.ceil(side / 25.4 - 1e-9)).sort((a, b) => a - b) as [number, number, number];
    if (inches[2] + 2 * (inches[0] + inches[1]) > 130) return undefined;
    const volume = inches[0] * inches[1] * inches[2];
    const actual = Math.max(1, Math.ceil(grams / GRAMS_PER_POUND - 1e-9));
    const bySize = volume > 1728 ? Math.ceil(volume / 139) : 0;
    const row = bySize > actual ? bySize : grams < GRAMS_PER_POUND ? 0 : actual;
    const cell = table[row]?.[`zone${zone}`];
    return cell === undefined ? undefined : Math.round(Number(cell) * 100);
  },
  formats(sides: number[], grams: number): number | undefined {
    const [short = 0, middle = 0, long = 0] = sides.toSorted((a, b) => a - b);
    if (long <= 353 && middle <= 250 && short <= 25 && grams <= 1000) return 285;
    if (long <= 450 && middle <= 350 && short <= 160 && grams <= 2000) return 375;
    if (long > 610 || middle > 460 || short > 460 || grams > 20_000) return undefined;
    return grams <= 2000 ? 559 : grams <= 10_000 ? 729 : 1199;
  },
  perKg(sides: number[], grams: number): number | undefined {
    const [a = 0, b = 0, c = 0] = sides;
    if (Math.max(...sides) > 650 || grams > 20_000) return undefined;
    return 3800 + Math.ceil(Math.max(grams, (a * b * c) / 8000, 100) - 1e-9) * 15.5;
  },
};
const table = published('usps_ground_advantage_commercial_2026-07-12');

describe('the tariffs by which packers are compared', () => {
  const side = (most: number) =>
    fc.oneof(
      fc.integer({ min: 1, max: most }),
      fc.constantFrom(25, 26, 160, 161, 250, 304, 305, 330, 331, 353, 354, 450, 460, 610, 650, 651),
    );
  const mass = fc.oneof(
    fc.integer({ min: 1, max: 33_000 }),
    fc.constantFrom(
      99,
      100,
      101,
      453,
      454,
      907,
      908,
      1000,
      1001,
      2000,
      2001,
      10_000,
      10_001,
      20_000,
      20_001,
      31_751,
      31_752,
    ),
  );
  const sides = (most: number) => fc.tuple(side(most), side(most), side(most));
  const outer = ([lengthMm, widthMm, heightMm]: [number, number, number]) => ({ lengthMm, widthMm, heightMm });
  const runs = { numRuns: 20_000 };

  it('equal USPS Ground Advantage to the cent when no adder is in force', () => {
    const trips = Array.from({ length: 8 }, (_, index) => ({
      country: 'US',
      zone: String(index + 1),
      day: day('2026-09-01'),
    }));
    fc.assert(
      fc.property(sides(1500), mass, fc.integer({ min: 1, max: 8 }), (size, grams, zone) => {
        const trip = trips[zone - 1] as (typeof trips)[number];
        const found = cents(cardOf('usps-ground-advantage-commercial').quote(outer(size), grams, trip)?.price);
        expect(found).toBe(described.usps(size, grams, zone));
      }),
      runs,
    );
  });

  it('equal the formats of Royal Mail', () => {
    const trip = { country: 'GB', zone: '', day: day('2026-11-22') };
    fc.assert(
      fc.property(sides(700), mass, (size, grams) => {
        expect(cents(cardOf('royal-mail-formats').quote(outer(size), grams, trip)?.price)).toBe(
          described.formats(size, grams),
        );
      }),
      runs,
    );
  });

  it('equal the per-kilogram line', () => {
    const trip = { country: 'US', zone: '', day: day('2026-11-22') };
    fc.assert(
      fc.property(sides(700), mass, (size, grams) => {
        const found = cardOf('illustrative-per-kg').quote(outer(size), grams, trip)?.price;
        expect(found === undefined ? undefined : found / 1e7).toBe(described.perKg(size, grams));
      }),
      runs,
    );
  });

  it('hold on the day on which nothing on file changes any more', () => {
    expect(cardOf('usps-ground-advantage-commercial').settledFrom).toBe(day('2027-01-18'));
    expect(cardOf('royal-mail-formats').settledFrom).toBe(day('2026-10-05'));
    expect(cardOf('illustrative-per-kg').settledFrom).toBe(day('2026-01-01'));
  });
});

describe('royal mail prices', () => {
  it('change on their day', () => {
    const price = (on: string) =>
      cents(cardOf('royal-mail-formats').quote(small, 1500, { country: 'GB', zone: '', day: day(on) })?.price);
    expect(['2026-04-01', '2026-10-04', '2026-10-05', '2026-10-06'].map(price)).toEqual([365, 365, 375, 375]);
  });
});

describe('cards on file', () => {
  const zones = ['1', '5', '8'];
  const parcel = fc.record({
    lengthMm: fc.integer({ min: 1, max: 700 }),
    widthMm: fc.integer({ min: 1, max: 500 }),
    heightMm: fc.integer({ min: 1, max: 400 }),
  });
  const trip = fc.record({
    country: fc.constantFrom('US', 'GB'),
    zone: fc.constantFrom(...zones),
    day: fc.constant(day('2026-09-01')),
  });
  /** In the holiday season the bands above 25 lb were not seen, so that 26 lb may cost less than 25. */
  const anyDay = trip.chain((one) =>
    fc.constantFrom('2026-09-01', '2026-11-22').map((text) => ({ ...one, day: day(text) })),
  );
  /** Lines whose price per kilogram falls from band to band, so that a little more can cost less. */
  const falling = ['example-us-standard-general', 'example-de-standard-general'];

  it.each([...cards.keys()].filter((id) => !falling.includes(id)))(
    '%s never asks less for a heavier or larger parcel',
    (id) => {
      const card = cardOf(id);
      fc.assert(
        fc.property(
          parcel,
          fc.integer({ min: 1, max: 20_000 }),
          fc.nat(2000),
          fc.nat(100),
          trip,
          (outer, grams, more, longer, on) => {
            const price = card.quote(outer, grams, on)?.price ?? Infinity;
            expect(card.quote(outer, grams + more, on)?.price ?? Infinity).toBeGreaterThanOrEqual(price);
            const larger = { ...outer, heightMm: outer.heightMm + longer };
            expect(card.quote(larger, grams, on)?.price ?? Infinity).toBeGreaterThanOrEqual(price);
          },
        ),
        { numRuns: 1000 },
      );
    },
  );

  it.each([...cards.keys()])('%s quotes the sum of its lines, and the same in every turn', (id) => {
    const card = cardOf(id);
    fc.assert(
      fc.property(parcel, fc.integer({ min: 1, max: 20_000 }), anyDay, (outer, grams, on) => {
        const quote = card.quote(outer, grams, on);
        const explained = card.explain(outer, grams, on);
        expect(explained.ok ? explained.value.price : undefined).toBe(quote?.price);
        if (explained.ok) {
          expect(explained.value.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(quote?.price);
          expect(explained.value.billableGrams).toBe(quote?.billableGrams);
        } else expect(explained.error.length).toBeGreaterThan(0);
        const turned = { lengthMm: outer.heightMm, widthMm: outer.lengthMm, heightMm: outer.widthMm };
        expect(card.quote(turned, grams, on)).toEqual(quote);
      }),
      { numRuns: 300 },
    );
  });
});
