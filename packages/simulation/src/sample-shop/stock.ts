import { SAMPLE_ASSUMPTIONS } from './assumptions.ts';

/** Units that lie at a facility. */
export interface SampleStock {
  readonly facility: string;
  readonly sku: string;
  readonly quantity: number;
}

/** Units of a SKU sold to a place. */
export interface Sale {
  readonly sku: string;
  readonly units: number;
  readonly country: string;
  readonly subdivision?: string | undefined;
}

/** States nearer to Ontario, California, than to Edison, New Jersey. */
const WEST = new Set('AK AZ CA CO HI ID MT NM NV OR UT WA WY TX OK NE KS ND SD'.split(' '));
const EU = new Set(['DE', 'FR', 'IT', 'ES', 'IE']);

const facilityFor = ({ country, subdivision = '' }: Sale): string | undefined => {
  if (country === 'US') return WEST.has(subdivision) ? 'US-W' : 'US-E';
  if (country === 'GB') return 'GB';
  return EU.has(country) ? 'DE' : undefined;
};

/** Opening stock abroad: for the best-selling SKUs some weeks of their mean sale over `days`, by nearest facility. */
export const stockFor = (sales: readonly Sale[], skus: number, days: number): SampleStock[] => {
  const { topShare, weeks, facilities } = SAMPLE_ASSUMPTIONS.stockAbroad.value;
  const total = new Map<string, number>();
  const byPlace = new Map<string, number>();
  for (const sale of sales) {
    total.set(sale.sku, (total.get(sale.sku) ?? 0) + sale.units);
    const key = `${facilityFor(sale)}|${sale.sku}`;
    byPlace.set(key, (byPlace.get(key) ?? 0) + sale.units);
  }
  const top = [...total]
    .sort(([a, unitsA], [b, unitsB]) => unitsB - unitsA || (a < b ? -1 : 1))
    .slice(0, Math.round(skus * topShare))
    .map(([sku]) => sku);
  return facilities.flatMap((facility) =>
    top.flatMap((sku) => {
      const quantity = Math.ceil(((byPlace.get(`${facility}|${sku}`) ?? 0) / days) * weeks * 7);
      return quantity > 0 ? [{ facility, sku, quantity }] : [];
    }),
  );
};
