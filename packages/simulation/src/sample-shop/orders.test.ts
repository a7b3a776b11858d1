import { readFileSync } from 'node:fs';
import { catalogueRowSchema } from '@crossparcel/planning';
import { MS_PER_DAY, readInstant } from '@crossparcel/units';
import { describe, expect, it } from 'vitest';
import { SAMPLE_ASSUMPTIONS, type SampleCategory, type SampleMarket } from './assumptions.ts';
import { type SampleOrder, sampleShop } from './orders.ts';

const now = Date.parse('2026-11-22T14:30:00Z');
const shop = sampleShop({ now, seed: 7 });
const { orders, catalogue, stock } = shop;
const viral = SAMPLE_ASSUMPTIONS.viral.value;
const timeOf = (order: SampleOrder) => readInstant(order.placedAt)?.instant ?? Number.NaN;
const isViral = (order: SampleOrder) => order.lines[0]?.sku === viral.sku;
const reference = (path: string) => readFileSync(new URL(`../../../../reference/${path}`, import.meta.url), 'utf8');
const shareOf = <Thing>(list: readonly Thing[], test: (thing: Thing) => boolean) =>
  list.filter(test).length / list.length;

const POSTAL: Readonly<Record<SampleMarket, RegExp>> = {
  US: /^\d{5}$/,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}$/,
  DE: /^\d{5}$/,
  FR: /^\d{5}$/,
  IT: /^\d{5}$/,
  ES: /^\d{5}$/,
  IE: /^[AC-FHKNPRTV-Y]\d[\dW] [\dAC-FHKNPRTV-Y]{4}$/,
  MX: /^\d{5}$/,
  BR: /^\d{5}-\d{3}$/,
  JP: /^\d{3}-\d{4}$/,
  MY: /^\d{5}$/,
  TH: /^\d{5}$/,
  SG: /^\d{6}$/,
  VN: /^\d{5}$/,
  PH: /^\d{4}$/,
  ID: /^\d{5}$/,
};

describe('the sample shop', () => {
  it('follows from instant and seed alone', () => {
    expect(sampleShop({ now, seed: 7 })).toEqual(shop);
    const other = sampleShop({ now, seed: 8 });
    expect(other.catalogue).not.toEqual(catalogue);
    expect(other.orders).not.toEqual(orders);
  });

  it.each([1, 2, 3, 4, 5, 6])('keeps its size with seed %i', (seed) => {
    const { orders: some } = sampleShop({ now: now + seed * 5 * 3_600_000, seed });
    expect(some.length).toBeGreaterThan(3000);
    expect(some.length).toBeLessThanOrEqual(SAMPLE_ASSUMPTIONS.mostOrders.value);
  });

  it('has orders in time order up to some minutes ago', () => {
    const times = orders.map(timeOf);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(now - SAMPLE_ASSUMPTIONS.days.value * MS_PER_DAY);
    expect(now - (times.at(-1) ?? 0)).toBe(SAMPLE_ASSUMPTIONS.newestOrderMinutes.value * 60_000);
    expect(new Set(orders.map(({ externalId }) => externalId)).size).toBe(orders.length);
  });

  it('has a video behind the launch whose counters rise with what was known, and a stream to come', () => {
    const [video, stream] = shop.posts;
    const views = (video?.readings ?? []).filter(({ metric }) => metric === 'views');
    const values = views.map(({ value }) => value ?? 0);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(values.length).toBeGreaterThan(10);
    for (const { at, knownAt } of video?.readings ?? []) {
      expect(at >= (video?.publishesAt ?? '') && at < knownAt && Date.parse(knownAt) <= now).toBe(true);
    }
    expect([stream?.readings, Date.parse(stream?.publishesAt ?? '') > now]).toEqual([[], true]);
  });

  it('sells what it has, within the band of prices', () => {
    const { from, to } = SAMPLE_ASSUMPTIONS.priceUsd.value;
    const skus = new Map(catalogue.map(({ row, price }) => [row.sku, Number(price)]));
    for (const { lines } of orders) {
      expect(new Set(lines.map(({ sku }) => sku)).size).toBe(lines.length);
      for (const { sku, unitPrice } of lines) {
        const price = Number(unitPrice);
        expect(unitPrice).toMatch(/^\d+\.\d{2}$/);
        expect(price).toBeGreaterThanOrEqual(from);
        expect(price).toBeLessThanOrEqual(to);
        expect(Math.abs(price / (skus.get(sku) ?? Number.NaN) - 1)).toBeLessThan(0.11);
      }
    }
  });

  it('sells by market, in small orders, some taken back or held', () => {
    const usual = orders.filter((order) => !isViral(order));
    for (const [market, share] of Object.entries(SAMPLE_ASSUMPTIONS.markets.value)) {
      const found = shareOf(usual, ({ destination }) => destination.country === market);
      expect(found, market).toBeGreaterThan(0);
      expect(Math.abs(found - share), market).toBeLessThan(0.03);
    }
    expect(Math.abs(shareOf(usual, ({ lines }) => lines.length === 1) - 0.749)).toBeLessThan(0.03);
    expect(shareOf(orders, ({ status }) => status === 'cancelled')).toBeCloseTo(0.03, 2);
    const young = orders.filter((order) => timeOf(order) > now - SAMPLE_ASSUMPTIONS.held.value.days * MS_PER_DAY);
    const held = orders.filter(({ holds }) => holds.length > 0);
    expect(Math.abs(held.length / young.length - SAMPLE_ASSUMPTIONS.held.value.share)).toBeLessThan(0.012);
    expect(held.every((order) => young.includes(order))).toBe(true);
    expect(new Set(usual.map(({ buyerId }) => buyerId)).size / usual.length).toBeLessThan(0.9);
  });

  it('goes viral by the stated factor', () => {
    const times = orders.filter(isViral).map(timeOf);
    // The launch is where the first hour with many orders begins.
    const launch = times.find((time, index) => (times[index + 12] ?? Number.POSITIVE_INFINITY) - time < 3_600_000) ?? 0;
    expect(now - launch).toBeGreaterThan(2.9 * MS_PER_DAY);
    expect(now - launch).toBeLessThan(4.1 * MS_PER_DAY);
    const base = times.filter((time) => time < launch && time >= launch - 28 * MS_PER_DAY).length / 28;
    const firstDay = times.filter((time) => time >= launch && time < launch + MS_PER_DAY).length;
    expect(firstDay / base / viral.factor).toBeGreaterThan(0.93);
    expect(firstDay / base / viral.factor).toBeLessThan(1.07);
    const secondDay = times.filter((time) => time >= launch + MS_PER_DAY && time < launch + 2 * MS_PER_DAY).length;
    expect(secondDay / firstDay).toBeCloseTo(13 / 27, 1);
  });

  it('sends to postal codes that there can be', () => {
    const zip3 = new Map(
      reference('zones/us-zip3.csv')
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').slice(0, 2) as [string, string]),
    );
    for (const { destination, recipient } of orders) {
      const { country, subdivision, postalPrefix } = destination;
      expect(recipient.postalCode, country).toMatch(POSTAL[country]);
      expect(recipient.postalCode.startsWith(postalPrefix)).toBe(true);
      expect(postalPrefix).toMatch(country === 'US' ? /^\d{3}$/ : /^\S{2,4}$/);
      if (country === 'US') expect(zip3.get(postalPrefix)).toBe(subdivision);
      expect(recipient.lines[0]).toMatch(/^[\p{Script=Latin}\d .,'-]+$/u);
      expect(recipient.name).toMatch(/^[\p{Script=Latin} '-]+$/u);
    }
  });
});

describe('the sample catalogue', () => {
  it('has the products it says, each once', () => {
    expect(new Set(catalogue.map(({ row }) => row.sku)).size).toBe(catalogue.length);
    for (const [category, count] of Object.entries(SAMPLE_ASSUMPTIONS.skus.value)) {
      expect(catalogue.filter((product) => product.category === (category as SampleCategory)).length).toBe(count);
    }
  });

  it('says facts that planning reads, codes that exist, and leaves a few out', () => {
    const codes = new Set(
      reference('hs/hs2022.csv')
        .split('\n')
        .map((line) => line.slice(0, line.indexOf(','))),
    );
    for (const { row, price } of catalogue) {
      expect(catalogueRowSchema.safeParse(row).error?.issues ?? []).toEqual([]);
      if (row.hs) expect(codes.has(row.hs), row.hs).toBe(true);
      expect(Number(row.lengthMm)).toBeGreaterThanOrEqual(Number(row.widthMm));
      expect(Number(row.widthMm)).toBeGreaterThanOrEqual(Number(row.heightMm));
      expect(Number(row.value) / Number(price)).toBeGreaterThan(0.34);
      expect(Number(row.value) / Number(price)).toBeLessThan(0.51);
      expect(['', 'battery', 'liquid', 'fragile', 'liquid fragile']).toContain(row.handling);
    }
    const { withoutHs, withoutSize } = SAMPLE_ASSUMPTIONS.incompleteSkus.value;
    expect(catalogue.filter(({ row }) => row.hs === '').length).toBe(withoutHs);
    expect(catalogue.filter(({ row }) => row.lengthMm === '').length).toBe(withoutSize);
  });

  it('has its best sellers abroad', () => {
    const sold = new Map<string, number>();
    for (const { sku, quantity } of orders.flatMap(({ lines }) => lines))
      sold.set(sku, (sold.get(sku) ?? 0) + quantity);
    const units = [...sold.values()].sort((a, b) => b - a);
    const top = units.slice(0, 60).reduce((sum, one) => sum + one, 0) / units.reduce((sum, one) => sum + one, 0);
    expect(top).toBeGreaterThan(0.55);
    expect(new Set(stock.map(({ sku }) => sku)).size).toBeLessThanOrEqual(60);
    expect(stock.every(({ quantity }) => Number.isInteger(quantity) && quantity > 0)).toBe(true);
    expect(new Set(stock.map(({ facility }) => facility))).toEqual(new Set(['US-W', 'US-E', 'GB', 'DE']));
  });
});
