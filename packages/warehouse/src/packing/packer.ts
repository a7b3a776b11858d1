import { type Cargo, cargoOf, ShareOut } from './cargo.ts';
import type { Carton } from './carton.ts';
import { type Choice, choicesOf } from './choice.ts';
import { type Effort, workOf } from './effort.ts';
import { FitMemory } from './fit-memory.ts';
import type { Goods } from './goods.ts';
import { type Objective, Offers } from './offers.ts';
import type { Packing, Unpacked } from './packing.ts';
import { parcelsOf } from './parcel-listing.ts';
import { type Found, PartSearch } from './part-search.ts';
import { type Ware, waresOf } from './price-table.ts';
import type { Tariff } from './tariff.ts';

/** How an order is packed. */
export interface PackOptions {
  /** How much work is spent; `fast` when left out. */
  readonly effort?: Effort;
  /** What is made small; `cost` when left out. */
  readonly objective?: Objective;
  /** Asked now and then; when it says true the search ends with the best that it has. */
  readonly stop?: () => boolean;
}

const never = (): boolean => false;

/**
 * Packs orders into cartons of one set so that cartons, postage and handling together cost least. Neither the order of
 * the goods nor what was packed before changes an answer.
 */
export class Packer {
  readonly #choices: readonly Choice[];
  readonly #memory: FitMemory;
  readonly #cargos = new WeakMap<readonly Goods[], Cargo>();
  /** Price tables of the tariffs that were asked for before. */
  readonly #tables = { cost: new WeakMap<Tariff, readonly Ware[]>(), cartons: new WeakMap<Tariff, readonly Ware[]>() };

  constructor(cartons: readonly Carton[]) {
    this.#choices = choicesOf(cartons);
    this.#memory = new FitMemory(this.#choices);
  }

  /**
   * The parcels for some goods under a tariff. Every unit is in exactly one parcel or named as unpacked. A list of goods
   * that was packed once must not be changed afterwards.
   */
  pack(goods: readonly Goods[], tariff: Tariff, options: PackOptions = {}): Packing {
    const { effort = 'fast', objective = 'cost', stop = never } = options;
    const cargo = this.#cargoOf(goods);
    if (cargo.types.length === 0) return { parcels: [], unpacked: [], proven: true };
    const offers = new Offers(this.#choices, tariff, objective);
    let isStopped = false;
    const ask = (): boolean => {
      isStopped ||= stop();
      return isStopped;
    };
    const wares = (): readonly Ware[] => this.#waresOf(tariff, objective, offers);
    const { parts, refused, bound } = new PartSearch(
      cargo,
      offers,
      this.#memory,
      workOf(effort, objective),
      wares,
      ask,
    ).run();
    const shareOut = new ShareOut(cargo);
    const cost = parts.reduce((sum, part) => sum + part.cost, 0);
    return {
      parcels: parcelsOf(cargo, parts, this.#choices, tariff, shareOut),
      unpacked: refused.flatMap((one) => unpackedOf(one, shareOut)),
      ...(bound > 0 && objective === 'cost' ? { bound: Math.min(bound, cost) } : {}),
      proven: bound >= cost,
      ...(isStopped ? { stopped: true as const } : {}),
    };
  }

  #waresOf(tariff: Tariff, objective: Objective, offers: Offers): readonly Ware[] {
    const tables = this.#tables[objective];
    let wares = tables.get(tariff);
    if (!wares) {
      wares = waresOf(offers);
      tables.set(tariff, wares);
    }
    return wares;
  }

  #cargoOf(goods: readonly Goods[]): Cargo {
    let cargo = this.#cargos.get(goods);
    if (!cargo) {
      cargo = cargoOf(goods);
      this.#cargos.set(goods, cargo);
    }
    return cargo;
  }
}

const unpackedOf = ({ type, quantity, reason }: Found['refused'][number], shareOut: ShareOut): Unpacked[] => {
  const counts = new Map<string, number>();
  for (let unit = 0; unit < quantity; unit += 1) {
    const item = shareOut.next(type);
    counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return [...counts].map(([item, count]) => ({ item, quantity: count, reason }));
};
