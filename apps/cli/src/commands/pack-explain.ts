import { type Fault, formatMinor, minorOfNanos, ok, type Result } from '@crossparcel/units';
import {
  type Carton,
  type Goods,
  type PackedParcel,
  type PackRequest,
  ParcelAdvice,
  packRequestSchema,
  type Tariff,
} from '@crossparcel/warehouse';
import * as z from 'zod';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';
import { PACK_OPTIONS } from './pack.ts';
import { PackDesk, type PackedLot, type PackedRequest, settingsOf } from './pack-desk.ts';

const answerSchema = z.object({
  id: z.string(),
  currency: z.string().optional(),
  parcels: z.array(
    z.object({
      carton: z.string().nullable(),
      total: z.string(),
      /** The same goods in the other cartons of the set, cheapest first. */
      alternatives: z.array(z.object({ carton: z.string(), total: z.string().optional(), why: z.string().optional() })),
      /** How little smaller the carton or lighter the parcel would have to be to cost less. */
      cartonEdges: z.array(z.object({ change: z.string(), by: z.int(), unit: z.enum(['mm', 'g']), saves: z.string() })),
      /** How little smaller a product's pack would have to be. */
      packEdges: z.array(
        z.object({ item: z.string(), change: z.string(), byMm: z.int(), carton: z.string(), saves: z.string() }),
      ),
    }),
  ),
});
type ExplainAnswer = z.infer<typeof answerSchema>;

/** The goods of a parcel, as they were packed. */
export const goodsIn = (parcel: PackedParcel, { lot }: PackedLot): Goods[] =>
  parcel.lines.flatMap(({ item, quantity }) => {
    const goods = lot.goods.find(({ id }) => id === item);
    return goods ? [{ ...goods, quantity }] : [];
  });

/** Advice on parcels, kept for cartons and tariffs that come again. */
export class AdviceDesk {
  readonly #known = new Map<readonly Carton[], Map<Tariff, ParcelAdvice>>();

  of(cartons: readonly Carton[], tariff: Tariff): ParcelAdvice {
    let byTariff = this.#known.get(cartons);
    if (!byTariff) {
      byTariff = new Map();
      this.#known.set(cartons, byTariff);
    }
    let advice = byTariff.get(tariff);
    if (!advice) {
      advice = new ParcelAdvice(cartons, tariff);
      byTariff.set(tariff, advice);
    }
    return advice;
  }
}

const explain = (packed: PackedRequest, advices: AdviceDesk): ExplainAnswer => {
  const { request, freight, currency } = packed;
  const money = (nanos: number) =>
    currency === undefined ? '0' : formatMinor(minorOfNanos(nanos, currency), currency);
  const parcels = packed.lots.flatMap((lot) => {
    const advice = advices.of(lot.cartons, freight);
    return lot.packing.parcels.map((parcel) => {
      const goods = goodsIn(parcel, lot);
      const others = advice.alternatives(goods).filter(({ carton }) => carton.id !== parcel.carton?.id);
      return {
        carton: parcel.carton?.id ?? null,
        total: money(parcel.cartonPrice + parcel.postage),
        alternatives: others.map(({ carton, total }) => ({
          carton: carton.id,
          ...(total === undefined ? { why: 'does not hold it, or nobody takes it' } : { total: money(total) }),
        })),
        cartonEdges: freight.cheaperEdges(parcel.outer, parcel.grossGrams).map(({ change, by, saves }) => ({
          change,
          by,
          unit: change === 'mass' ? ('g' as const) : ('mm' as const),
          saves: money(saves),
        })),
        packEdges: advice.packEdges(goods, parcel).map((edge) => ({ ...edge, saves: money(edge.saves) })),
      };
    });
  });
  return { id: request.id, ...(currency !== undefined && { currency }), parcels };
};

const prepare = (options: OptionValues) => {
  const desk = new PackDesk(settingsOf(options));
  const advices = new AdviceDesk();
  return (request: PackRequest): Result<ExplainAnswer, Fault> => {
    const packed = desk.pack(request);
    return packed.ok ? ok(explain(packed.value, advices)) : packed;
  };
};

/** `crossparcel pack explain`: why this carton, what others would cost, and which few millimetres would save money. */
export const packExplain: RecordCommand<PackRequest, ExplainAnswer> = {
  name: 'pack explain',
  summary: 'why this carton: what the others cost, and which few millimetres or grams less would save money',
  input: packRequestSchema,
  output: answerSchema,
  columns: ['id', 'currency', 'carton', 'total', 'alternatives', 'cartonEdges', 'packEdges'],
  each: 'parcels',
  options: PACK_OPTIONS,
  prepare,
};
