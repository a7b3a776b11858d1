import type { Column } from './column.ts';
import type { Load } from './loading.ts';
import type { Relaxation, Relaxed } from './relaxation.ts';
import type { Room } from './room.ts';

const NEARLY = 1e-6;
/** Solves at most, and which part of the open choices is made after each. */
const ROUNDS = 24;
const MADE_AT_ONCE = 0.35;
const MADE_AT_LEAST = 1;

interface Choice {
  readonly consignment: number;
  readonly column: Column;
  readonly share: number;
}

/**
 * Makes the linear relaxation whole step by step (a diving heuristic: Berthold, "Primal heuristics for mixed integer
 * programs", 2006): consignments that must stay whole and are parted take the column with their largest share, the surest
 * ones first; what has no room any more beside them is forbidden, and the program is solved again from where it was.
 */
class Dive {
  readonly #loads: readonly Load[];
  readonly #relaxation: Relaxation;
  readonly #free: Float64Array;
  readonly #chosen = new Set<number>();
  readonly #barred = new Set<Column>();
  readonly #byLeg = new Map<number, Column[]>();

  constructor(loads: readonly Load[], room: Room, relaxation: Relaxation) {
    this.#loads = loads;
    this.#relaxation = relaxation;
    this.#free = Float64Array.from({ length: room.count }, (_, leg) => room.capacity(leg));
    for (const load of loads) if (staysWhole(load)) this.#file(load);
  }

  #file({ columns }: Load): void {
    for (const column of columns) {
      if (column.barred) continue;
      for (const leg of column.legs) {
        const list = this.#byLeg.get(leg);
        if (list) list.push(column);
        else this.#byLeg.set(leg, [column]);
      }
    }
  }

  run(relaxed: Relaxed): Relaxed {
    if (this.#open(relaxed).length === 0) return relaxed;
    const { bar, surface } = this.#relaxation.diving();
    let now = relaxed;
    let pivots = relaxed.pivots;
    bar(this.#tooHeavy(this.#byLeg.keys()));
    for (let round = 0; round < ROUNDS; round += 1) {
      const open = this.#open(now);
      if (open.length === 0 && round > 0) break;
      const count = round === 0 ? 0 : Math.max(MADE_AT_LEAST, Math.ceil(open.length * MADE_AT_ONCE));
      bar(this.#make(open.slice(0, count)));
      now = this.#relaxation.solve();
      pivots += now.pivots;
    }
    surface();
    return { ...now, pivots };
  }

  /** Consignments that should be whole and are not, the surest first. */
  #open({ shares }: Relaxed): Choice[] {
    const open: Choice[] = [];
    for (const [consignment, load] of this.#loads.entries()) {
      if (!staysWhole(load) || this.#chosen.has(consignment)) continue;
      const [first, ...others] = load.columns as [Column, ...Column[]];
      let best = { consignment, column: first, share: shares[first.index] as number };
      for (const column of others) {
        const share = shares[column.index] as number;
        if (share > best.share) best = { consignment, column, share };
      }
      if (best.share > NEARLY && best.share < 1 - NEARLY) open.push(best);
    }
    return open.sort((one, other) => other.share - one.share || one.consignment - other.consignment);
  }

  /** Makes choices that have room; returns what they forbid. */
  #make(choices: readonly Choice[]): Column[] {
    const barred: Column[] = [];
    const touched = new Set<number>();
    for (const { consignment, column } of choices) {
      const { massGrams, columns } = this.#loads[consignment] as Load;
      if (column.legs.some((leg) => massGrams > (this.#free[leg] as number))) {
        barred.push(...this.#bar([column]));
        continue;
      }
      this.#chosen.add(consignment);
      for (const leg of column.legs) {
        this.#free[leg] = (this.#free[leg] as number) - massGrams;
        touched.add(leg);
      }
      barred.push(...this.#bar(columns.filter((other) => other !== column)));
    }
    return [...barred, ...this.#tooHeavy(touched)];
  }

  /** Columns of open consignments that are heavier than what is free on some legs. */
  #tooHeavy(legs: Iterable<number>): Column[] {
    const heavy: Column[] = [];
    for (const leg of legs) {
      for (const column of this.#byLeg.get(leg) ?? []) {
        const open = !this.#chosen.has(column.consignment);
        const { massGrams } = this.#loads[column.consignment] as Load;
        if (open && massGrams > (this.#free[leg] as number)) heavy.push(column);
      }
    }
    return this.#bar(heavy);
  }

  #bar(columns: readonly Column[]): Column[] {
    const fresh: Column[] = [];
    for (const column of columns) {
      if (column.barred || this.#barred.has(column)) continue;
      this.#barred.add(column);
      fresh.push(column);
    }
    return fresh;
  }
}

const staysWhole = ({ splitFee, pieces }: Load): boolean => splitFee === undefined || pieces === 1;

/** Shares in which consignments that must stay whole are whole, nearly everywhere; from those of the relaxation. */
export const dive = (loads: readonly Load[], room: Room, relaxation: Relaxation, relaxed: Relaxed): Relaxed =>
  new Dive(loads, room, relaxation).run(relaxed);
