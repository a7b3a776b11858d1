import {
  atDay,
  type DayNumber,
  type HandlingClass,
  type HandlingRule,
  type Nanos,
  type Protection,
  volumeMm3,
} from '@crossparcel/units';
import type { Goods, VerticalSide } from '../packing/goods.ts';
import type { ColdBand } from './cold.ts';
import { cushionOf } from './cushion.ts';

/** Goods and how they must be treated. */
export interface HandledGoods extends Goods {
  readonly handling: readonly HandlingClass[];
}

/** Goods that may travel in the same parcels, with what their handling adds to them. */
export interface Lot {
  readonly goods: readonly Goods[];
  /** The temperature band that the parcels keep. */
  readonly band: ColdBand | undefined;
}

/** An order made ready for packing. */
export interface Treatment {
  readonly lots: readonly Lot[];
  /** Units of which one alone is more than a parcel may hold, or that ask for two temperatures. */
  readonly refused: readonly { readonly item: string; readonly quantity: number; readonly reason: RefusalReason }[];
  /** Price of all cushions, by currency of the cushion's record. */
  readonly cushionPrice: Nanos;
  readonly cushionCurrency: string | undefined;
  /** Classes without a rule on file; such goods are packed without special care. */
  readonly unknown: readonly HandlingClass[];
}

type RefusalReason = 'above-limit' | 'temperatures';

/** What a parcel with some goods must show and have, and who does not take it. */
export interface ParcelDemands {
  readonly marks: readonly string[];
  readonly needs: readonly string[];
  readonly dangerous: readonly NonNullable<HandlingRule['dangerous']>[];
  readonly refusedBy: readonly { readonly channel: string; readonly why: string }[];
}

const MM3_PER_MILLILITRE = 1000;

const familyOf = (handling: HandlingClass): string => handling.split('-', 1)[0] ?? handling;

/** The handling rules of one day, applied to goods and parcels. */
export class HandlingBook {
  readonly #rules: ReadonlyMap<string, HandlingRule>;
  readonly #protection: Protection;

  constructor(rules: readonly HandlingRule[], protection: Protection, day: DayNumber) {
    this.#rules = new Map(atDay(rules, day).map((rule) => [rule.id, rule]));
    this.#protection = protection;
  }

  /** The rules of some classes; a finer class without a rule of its own falls under that of its family. */
  rulesFor(handling: readonly HandlingClass[]): HandlingRule[] {
    return handling.flatMap((one) => this.#ruleOf(one) ?? []);
  }

  /**
   * Makes goods ready for packing: cushions around what breaks, nothing on top of it, liquids upright, classes kept apart,
   * temperatures in parcels of their own, and no more dangerous goods in a parcel than its limit. `cushioned` tells that
   * sizes are those of units that are already protected.
   */
  treat(goods: readonly HandledGoods[], cushioned = false): Treatment {
    const unknown = new Set<HandlingClass>();
    const refused: Treatment['refused'][number][] = [];
    const ready: { goods: Goods; rules: HandlingRule[] }[] = [];
    let cushionPrice = 0;
    for (const one of goods) {
      for (const handling of one.handling) if (!this.#ruleOf(handling)) unknown.add(handling);
      const rules = this.rulesFor(one.handling);
      const reason = refusalOf(one, rules);
      if (reason) {
        refused.push({ item: one.id, quantity: one.quantity, reason });
        continue;
      }
      const { treated, price } = this.#protect(one, rules, cushioned);
      cushionPrice += price * one.quantity;
      ready.push({ goods: treated, rules });
    }
    const currency = this.#protection.cushions[0]?.currency;
    return { lots: this.#lots(ready), refused, cushionPrice, cushionCurrency: currency, unknown: [...unknown].sort() };
  }

  /** Units that are protected already, with what their classes still ask of packing: what lies on, beside and above them. */
  packedUnits(goods: HandledGoods): Goods {
    return this.#protect(goods, this.rulesFor(goods.handling), true).treated;
  }

  /** What a parcel with goods of some classes must show and have. */
  demands(handling: readonly HandlingClass[]): ParcelDemands {
    const rules = this.rulesFor([...new Set(handling)].sort());
    const distinct = <Value>(values: readonly Value[]): Value[] => [
      ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
    ];
    const coolants = this.#protection.coolants.filter((one) => rules.some(({ id }) => id === one.handling));
    return {
      marks: distinct([...rules.flatMap(({ marks }) => marks), ...coolants.flatMap(({ marks }) => marks)]),
      needs: distinct(rules.flatMap(({ needs }) => needs)),
      dangerous: distinct(rules.flatMap(({ dangerous }) => dangerous ?? [])),
      refusedBy: distinct(rules.flatMap(({ refusedBy }) => refusedBy ?? [])),
    };
  }

  #ruleOf(handling: HandlingClass): HandlingRule | undefined {
    return this.#rules.get(handling) ?? this.#rules.get(familyOf(handling));
  }

  #protect(
    { handling, ...goods }: HandledGoods,
    rules: readonly HandlingRule[],
    cushioned: boolean,
  ): { treated: Goods; price: Nanos } {
    const fragility = Math.min(...rules.flatMap(({ fragilityG }) => fragilityG ?? []));
    const cushion =
      cushioned || goods.clearanceMm !== undefined || !Number.isFinite(fragility)
        ? undefined
        : cushionOf(goods.size, goods.massGrams, fragility, this.#protection);
    const isUpright = rules.some(({ upright }) => upright) && goods.vertical === undefined;
    const apart = new Set([...(goods.apartFrom ?? []), ...rules.flatMap(({ apartFrom }) => apartFrom ?? [])]);
    const treated: Goods = {
      ...goods,
      kinds: [...new Set([...(goods.kinds ?? []), ...handling, ...handling.map(familyOf)])],
      ...(apart.size > 0 && { apartFrom: [...apart] }),
      ...(isUpright && { vertical: ['height'] satisfies VerticalSide[] }),
      ...(rules.some(({ nothingOnTop }) => nothingOnTop) && { maxLoadGrams: 0 }),
      ...(cushion && { clearanceMm: cushion.thicknessMm, massGrams: goods.massGrams + cushion.massGrams }),
    };
    return { treated, price: cushion?.price ?? 0 };
  }

  /** Goods by temperature band; of dangerous goods no more together than one parcel may hold. */
  #lots(ready: readonly { goods: Goods; rules: HandlingRule[] }[]): Lot[] {
    const byBand = Map.groupBy(ready, ({ rules }) => rules.find(({ temperature }) => temperature)?.id ?? '');
    return [...byBand.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([band, group]) => {
        const cold = this.#band(band);
        return withinLimits(group).map((goods) => ({ goods, band: cold }));
      });
  }

  #band(handling: string): ColdBand | undefined {
    const temperature = this.#rules.get(handling)?.temperature;
    const coolant = this.#protection.coolants.find((one) => one.handling === handling);
    return temperature && coolant && { ...temperature, coolant };
  }
}

/** Grams or millilitres of a class that one unit brings; all of its mass or volume, because its content is not told. */
const sharesOf = (goods: Goods, { dangerous }: HandlingRule): { limit: number; unit: number }[] => [
  ...(dangerous?.netGramsPerParcel ? [{ limit: dangerous.netGramsPerParcel, unit: goods.massGrams }] : []),
  ...(dangerous?.millilitresPerParcel
    ? [{ limit: dangerous.millilitresPerParcel, unit: volumeMm3(goods.size) / MM3_PER_MILLILITRE }]
    : []),
];

const refusalOf = (goods: Goods, rules: readonly HandlingRule[]): RefusalReason | undefined => {
  if (rules.filter(({ temperature }) => temperature).length > 1) return 'temperatures';
  const isAbove = rules.some((rule) => sharesOf(goods, rule).some(({ limit, unit }) => unit > limit));
  return isAbove ? 'above-limit' : undefined;
};

/** Puts units into as few groups as the limits of their classes ask for, first fit; goods without limits stay together. */
const withinLimits = (group: readonly { goods: Goods; rules: HandlingRule[] }[]): Goods[][] => {
  const free = group.filter(({ goods, rules }) => rules.every((rule) => sharesOf(goods, rule).length === 0));
  const limited = group.filter((one) => !free.includes(one));
  const lots: { goods: Map<string, Goods>; used: Map<string, number> }[] = [];
  for (const { goods, rules } of limited) {
    const shares = rules.flatMap((rule) => sharesOf(goods, rule).map((share) => ({ ...share, of: rule.id })));
    for (let unit = 0; unit < goods.quantity; unit += 1) {
      const hasRoom = ({ used }: (typeof lots)[number]) =>
        shares.every(({ of, limit, unit: amount }) => (used.get(of) ?? 0) + amount <= limit);
      let lot = lots.find(hasRoom);
      if (!lot) {
        lot = { goods: new Map(), used: new Map() };
        lots.push(lot);
      }
      lot.goods.set(goods.id, { ...goods, quantity: (lot.goods.get(goods.id)?.quantity ?? 0) + 1 });
      for (const { of, unit: amount } of shares) lot.used.set(of, (lot.used.get(of) ?? 0) + amount);
    }
  }
  const [first, ...others] = lots.map(({ goods }) => [...goods.values()]);
  return [[...free.map(({ goods }) => goods), ...(first ?? [])], ...others].filter((goods) => goods.length > 0);
};
