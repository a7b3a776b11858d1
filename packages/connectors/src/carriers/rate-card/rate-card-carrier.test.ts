import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LabelBook, labelRecordsSchema, s10 } from '@crossparcel/documents';
import { CardBook, rateCardSchema } from '@crossparcel/transport';
import { ExchangeRates, ok } from '@crossparcel/units';
import { describe, expect, it } from 'vitest';
import { type NumberRange, RateCardCarrier, shipmentSchema } from '../index.ts';
import { MemoryPurchaseStore } from '../purchase-store.ts';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const reference = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../../../../reference/${path}`, import.meta.url), 'utf8'));
const cards = ['usps-ground-advantage-commercial', 'example-de-standard-general'].map((id) =>
  rateCardSchema.parse(reference(`rate-cards/${id}.json`)),
);
const book = new CardBook(cards, [], new ExchangeRates(new Map()));
const fonts = {
  regular: readFileSync(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'))),
  bold: readFileSync(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'))),
};

const labelBook = new LabelBook(labelRecordsSchema.parse(reference('labels/labels.json')), []);

const ground = 'usps-ground-advantage-commercial';
const shipment = shipmentSchema.parse({
  id: 'order-1',
  at: '2026-11-22T08:00:00Z',
  from: { name: 'Sender', lines: ['1 Dock St'], city: 'Ontario', subdivision: 'CA', postcode: '91761', country: 'US' },
  to: { name: 'Buyer', lines: ['9 Elm St'], city: 'Austin', subdivision: 'TX', postcode: '78701', country: 'US' },
  outer: { lengthMm: 158, widthMm: 158, heightMm: 107 },
  grossGrams: 460,
  zone: 6,
});

const carrierWith = (numbers: NumberRange) =>
  new RateCardCarrier(book, {
    labels: { store: new MemoryPurchaseStore(), numbers, fonts, book: labelBook },
    now: () => NOW,
  });
/** A range that gives a key its number for good. */
const range = () => {
  const taken = new Map<string, number>();
  return {
    taken,
    take: async (key: string) => {
      if (!taken.has(key)) taken.set(key, taken.size + 1);
      return ok({ scheme: 's10' as const, number: s10({ service: 'LX', serial: taken.get(key) ?? 0, country: 'CH' }) });
    },
  };
};

describe('the carrier of rate cards', () => {
  it('quotes what the card asks, and says why a card refuses', async () => {
    const carrier = new RateCardCarrier(book, { now: () => NOW });
    const rates = await carrier.rate(shipment);
    const answer = book.answer({ ...shipment, at: '2026-11-22', card: ground, zone: '6' } as never);
    expect(rates.ok && rates.value.quotes[0]).toMatchObject({ service: ground, cost: { currency: 'USD' } });
    const minor = rates.ok ? rates.value.quotes[0]?.cost.minor : undefined;
    expect(minor).toBe(answer.ok ? Math.round(Number(answer.value.price) * 100) : undefined);
    const heavy = await carrier.rate({ ...shipment, grossGrams: 60_000 });
    expect(heavy.ok && heavy.value.quotes).toEqual([]);
    expect(heavy.ok && heavy.value.refused[0]?.service).toBe(ground);
  });

  it('offers only what it was given the means for', async () => {
    const carrier = new RateCardCarrier(book, { now: () => NOW });
    expect(carrier.abilities).toEqual(['rate']);
    expect(await carrier.buy({ key: 'k', shipment, service: ground })).toMatchObject({
      error: { code: 'not-offered' },
    });
    expect(await carrier.track('LX1')).toMatchObject({ error: { code: 'not-offered' } });
  });

  it('draws a label under a number of the range, once for each key, also at the same time', async () => {
    const numbers = range();
    const carrier = carrierWith(numbers);
    const order = { key: 'parcel-1', shipment, service: ground };
    const [first, second] = await Promise.all([carrier.buy(order), carrier.buy(order)]);
    const third = await carrier.buy(order);
    if (!first.ok || !second.ok || !third.ok) throw new Error('not bought');
    expect(numbers.taken.size).toBe(1);
    expect(first.value.purchase.number).toBe(s10({ service: 'LX', serial: 1, country: 'CH' }));
    expect(third.value).toEqual(first.value);
    expect(Buffer.from(first.value.label.bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    const manifest = await carrier.manifest([first.value.purchase]);
    expect(manifest.ok && manifest.value.text).toBe(`${first.value.purchase.number}\t${ground}\tparcel-1\n`);
  });

  it('refuses another order under the same key, and a key that was given back', async () => {
    const carrier = carrierWith(range());
    const order = { key: 'parcel-1', shipment, service: ground };
    const bought = await carrier.buy(order);
    if (!bought.ok) throw new Error('not bought');
    const other = { ...order, shipment: { ...shipment, grossGrams: 461 } };
    expect(await carrier.buy(other)).toMatchObject({ error: { code: 'key-reused' } });
    expect(await carrier.void(bought.value.purchase)).toMatchObject({ value: { outcome: 'voided' } });
    expect(await carrier.buy(order)).toMatchObject({ error: { code: 'purchase-voided' } });
    expect(await carrier.void(bought.value.purchase)).toMatchObject({ error: { code: 'void-refused' } });
  });

  it('names the services where one is not offered', async () => {
    const fault = await carrierWith(range()).buy({ key: 'k', shipment, service: 'pigeon' });
    expect(fault).toMatchObject({ ok: false, error: { code: 'unknown-card' } });
  });

  it('tells a track from given events; a late one does not move a delivered parcel', async () => {
    const at = (hours: number) => NOW + hours * 3_600_000;
    const events = [
      { at: at(9), hasOffset: true, milestone: 'delivered' as const, status: 'handed over' },
      { at: at(1), hasOffset: true, milestone: 'collected' as const, status: 'posted' },
      { at: at(12), hasOffset: true, milestone: 'departed' as const, status: 'left' },
      { hasOffset: false, milestone: 'other' as const, status: 'blessed' },
    ];
    const carrier = new RateCardCarrier(book, {
      eventsOf: async (number) => (number === 'A1' ? events : undefined),
      now: () => NOW,
    });
    const track = await carrier.track('A1');
    expect(track).toMatchObject({ value: { state: 'delivered' } });
    expect(track.ok && track.value.events.map(({ status }) => status)).toEqual([
      'posted',
      'handed over',
      'left',
      'blessed',
    ]);
    expect(await carrier.track('B2')).toMatchObject({ error: { code: 'unknown-number' } });
  });
});
