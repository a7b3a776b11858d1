import { packRequestSchema } from '@crossparcel/warehouse';
import { describe, expect, it } from 'vitest';
import { pack } from './pack.ts';
import { packExplain } from './pack-explain.ts';

const carton = (
  id: string,
  [lengthMm, widthMm, heightMm]: [number, number, number],
  price: string,
  more: object = {},
) => ({
  id,
  inner: { lengthMm, widthMm, heightMm },
  outer: { lengthMm: lengthMm + 6, widthMm: widthMm + 6, heightMm: heightMm + 6 },
  tareGrams: 150,
  maxGrossGrams: 20_000,
  price,
  ...more,
});
const cartons = [
  carton('S', [160, 120, 80], '0.20'),
  carton('M', [260, 200, 160], '0.40'),
  carton('L', [400, 320, 300], '0.80'),
];

const request = (items: object[], more: object = {}) =>
  packRequestSchema.parse({
    id: 'a',
    items: items.map((item, at) => ({
      id: `i${at}`,
      quantity: 1,
      lengthMm: 100,
      widthMm: 80,
      heightMm: 60,
      massGrams: 300,
      ...item,
    })),
    cartons,
    currency: 'USD',
    ...more,
  });

const ask = (items: object[], more: object = {}) => {
  const result = pack.prepare({})(request(items, more));
  if (!result.ok) throw new Error(`${result.error.field}: ${result.error.what}`);
  return result.value;
};

describe('pack with handling', () => {
  it('takes a larger carton for what must be cushioned, counts the cushion, and marks the parcel', () => {
    expect(ask([{}]).parcels[0]).toMatchObject({ carton: 'S', grossGrams: 450 });
    const fragile = ask([{ handling: ['fragile'] }]);
    expect(fragile.parcels[0]).toMatchObject({ carton: 'M', marks: ['fragile'] });
    expect(fragile.parcels[0]?.grossGrams).toBeGreaterThan(450);
    const { lengthMm, widthMm, heightMm } = fragile.parcels[0]?.placements[0] ?? {};
    expect([lengthMm, widthMm, heightMm].toSorted()).toEqual([136, 156, 176]);
    const { cartons: price, protection, total } = fragile.cost ?? {};
    expect(Number(protection)).toBeGreaterThan(0);
    expect(Number(total)).toBeCloseTo(Number(price) + Number(protection), 6);
    expect(ask([{ handling: ['fragile'] }], { cushioned: true }).parcels[0]?.carton).toBe('S');
  });

  it('keeps a power bank out of the parcel of an aerosol, and says who refuses it', () => {
    const { parcels } = ask([{ handling: ['battery-pi965'] }, { handling: ['aerosol'] }]);
    expect(parcels).toHaveLength(2);
    const bank = parcels.find(({ placements }) => placements[0]?.item === 'i0');
    expect(bank).toMatchObject({
      dangerous: [{ unNumber: '3480', hazardClass: '9', packingInstruction: '965 IB' }],
      refusedBy: [{ channel: 'postal' }],
      marks: expect.arrayContaining(['cargo aircraft only']),
    });
  });

  it('packs cold goods alone, lined, with coolant for the trip', () => {
    const answer = ask([{}, { handling: ['temperature-2-8'] }], { trip: { hours: 48, climate: 'temperate' } });
    expect(answer.parcels).toHaveLength(2);
    const [plain, cold] = answer.parcels;
    expect(plain?.coolantGrams).toBeUndefined();
    expect(cold?.coolantGrams).toBeGreaterThan(100);
    const hot = ask([{ handling: ['temperature-2-8'] }], { trip: { hours: 52, climate: 'hot' } });
    expect(hot.parcels[0]?.coolantGrams).toBeGreaterThan(cold?.coolantGrams ?? 0);
  });

  it('shares a supply of cartons between parcels of different temperatures', () => {
    const one = { cartons: [carton('L', [400, 320, 300], '0.80', { available: 1 })], trip: { hours: 24 } };
    const { parcels, unpacked } = ask([{}, { handling: ['temperature-2-8'] }], one);
    expect(parcels).toHaveLength(1);
    expect(unpacked).toEqual([{ item: 'i1', quantity: 1, reason: 'no-carton-left' }]);
  });

  it('refuses more of a dangerous class than a parcel may hold, and tells of classes it does not know', () => {
    const { unpacked } = ask([{ handling: ['battery-pi967-ii'], massGrams: 6000 }]);
    expect(unpacked).toEqual([{ item: 'i0', quantity: 1, reason: 'above-limit' }]);
    expect(ask([{ handling: ['singing'] }]).warnings).toEqual([expect.objectContaining({ code: 'unknown-handling' })]);
  });

  it('names the field of a climate that is not on file', () => {
    const result = pack.prepare({})(request([{}], { trip: { climate: 'moon' } }));
    expect(result.ok ? undefined : result.error.field).toBe('trip.climate');
  });
});

describe('pack explain', () => {
  const explain = (items: object[]) => {
    const result = packExplain.prepare({})(
      request(items, { rate: { card: 'usps-ground-advantage-commercial', zone: 8 }, at: '2026-07-20' }),
    );
    if (!result.ok) throw new Error(result.error.what);
    return result.value.parcels[0];
  };

  it('sets the other cartons beside the one that was taken, dearer ones only', () => {
    const parcel = explain([{}]);
    expect(parcel?.carton).toBe('S');
    expect(parcel?.alternatives.map(({ carton: id }) => id)).toEqual(['M', 'L']);
    for (const { total } of parcel?.alternatives ?? [])
      expect(Number(total)).toBeGreaterThanOrEqual(Number(parcel?.total));
  });

  it('names the millimetres of a product that would save money, and no fewer do', () => {
    const parcel = explain([{ heightMm: 83, massGrams: 600, vertical: ['height'] }]);
    expect(parcel?.carton).toBe('M');
    const edge = parcel?.packEdges.find(({ change }) => change === 'height');
    expect(edge).toMatchObject({ item: 'i0', byMm: 3, carton: 'S' });
    const smaller = explain([{ heightMm: 80, massGrams: 600, vertical: ['height'] }]);
    expect(Number(parcel?.total) - Number(smaller?.total)).toBeCloseTo(Number(edge?.saves), 6);
    expect(explain([{ heightMm: 81, massGrams: 600, vertical: ['height'] }])?.total).toBe(parcel?.total);
  });
});
