import { LinearProgram, type NewColumns } from '@crossparcel/numerics';
import type { Column } from './column.ts';
import type { Room } from './room.ts';

/** Units in which the solver sees masses and money, so that its tolerances fit them. */
const GRAMS_PER_UNIT = 100_000;
const MINOR_PER_UNIT = 100;

/** Optimum of the linear relaxation, in which every consignment may be parted at will. */
export interface Relaxed {
  /** Share of its consignment that each column carries. */
  readonly shares: Float64Array;
  /** Price of a gram of room on each leg, minor units: the bid prices. */
  readonly bids: Float64Array;
  /** Minor units, blocks included. */
  readonly cost: number;
  readonly pivots: number;
}

/**
 * The path form of the assignment as a linear program that is kept: a row for each leg (its mass, less what is bought beyond
 * its block, is at most the block or the room), a row for each consignment (its shares are the whole of it), a column for
 * each path. Bid prices are the duals of the legs' rows (Talluri and van Ryzin, "The Theory and Practice of Revenue
 * Management", 2004, chapter 3).
 */
export class Relaxation {
  readonly #program: LinearProgram;
  readonly #room: Room;
  /** Column of what is bought beyond the block, by leg. */
  readonly #beyond = new Map<number, number>();
  /** The program's column for each column added, in order of adding. */
  readonly #positions: number[] = [];
  #columns = 0;
  #consignments = 0;

  private constructor(program: LinearProgram, room: Room) {
    this.#program = program;
    this.#room = room;
    const bounds = Array.from({ length: room.count }, (_, leg) => room.paidFor(leg) / GRAMS_PER_UNIT);
    program.addRows(
      bounds.map(() => Number.NEGATIVE_INFINITY),
      bounds,
    );
    this.#sellBeyondBlocks();
  }

  static async open(room: Room): Promise<Relaxation> {
    return new Relaxation(await LinearProgram.open(), room);
  }

  #sellBeyondBlocks(): void {
    const room = this.#room;
    const legs = Array.from({ length: room.count }, (_, leg) => leg).filter((leg) => room.isBlocked(leg));
    for (const leg of legs) this.#beyond.set(leg, this.#columns++);
    this.#program.addColumns({
      cost: legs.map((leg) => (room.beyondPerGram(leg) * GRAMS_PER_UNIT) / MINOR_PER_UNIT),
      upper: legs.map((leg) => (room.capacity(leg) - room.block(leg)) / GRAMS_PER_UNIT),
      entries: legs.map((leg) => ({ indices: [leg], values: [-1] })),
    });
  }

  /** Adds consignments, each with its mass and its columns. */
  add(consignments: readonly { massGrams: number; columns: readonly Column[] }[]): void {
    const ones = consignments.map(() => 1);
    this.#program.addRows(ones, ones);
    const all: { -readonly [Key in keyof NewColumns]: NewColumns[Key][number][] } = {
      cost: [],
      upper: [],
      entries: [],
    };
    for (const { massGrams, columns } of consignments) {
      const row = this.#room.count + this.#consignments;
      this.#consignments += 1;
      for (const { weight, legs, barred } of columns) {
        all.cost.push(weight / MINOR_PER_UNIT);
        all.upper.push(barred ? 0 : Number.POSITIVE_INFINITY);
        const mass = massGrams / GRAMS_PER_UNIT;
        all.entries.push({ indices: [...legs, row], values: [...legs.map(() => mass), 1] });
        this.#positions.push(this.#columns++);
      }
    }
    this.#program.addColumns(all);
  }

  /** Takes a consignment out, or puts it in again. */
  demand(consignment: number, wanted: boolean): void {
    const share = wanted ? 1 : 0;
    this.#program.boundRow(this.#room.count + consignment, share, share);
  }

  /** Takes over what a column costs now, and whether it can be taken. */
  renewColumn({ index, weight, barred }: Column): void {
    const position = this.#positions[index] as number;
    this.#program.priceColumn(position, weight / MINOR_PER_UNIT);
    this.#program.boundColumn(position, barred ? 0 : Number.POSITIVE_INFINITY);
  }

  /** Takes over what the room of a leg is now. */
  renew(leg: number): void {
    const room = this.#room;
    this.#program.boundRow(leg, Number.NEGATIVE_INFINITY, room.paidFor(leg) / GRAMS_PER_UNIT);
    const beyond = this.#beyond.get(leg);
    if (beyond !== undefined)
      this.#program.boundColumn(beyond, (room.capacity(leg) - room.block(leg)) / GRAMS_PER_UNIT);
  }

  solve(): Relaxed {
    const { objective, values, rowPrices, pivots } = this.#program.solve();
    return {
      shares: Float64Array.from(this.#positions, (position) => values[position] as number),
      bids: rowPrices
        .slice(0, this.#room.count)
        .map((price) => (Math.max(0, -price) * MINOR_PER_UNIT) / GRAMS_PER_UNIT),
      cost: objective * MINOR_PER_UNIT + this.#room.blockPrices(),
      pivots,
    };
  }

  /** Forbids columns for a while: the function that is returned allows them again and goes back to where things were. */
  diving(): { bar(columns: readonly Column[]): void; surface(): void } {
    const back = this.#program.keepBasis();
    const barred: number[] = [];
    return {
      bar: (columns) => {
        const positions = columns.map(({ index }) => this.#positions[index] as number);
        this.#program.boundColumns(positions, 0);
        barred.push(...positions);
      },
      surface: () => {
        this.#program.boundColumns(barred, Number.POSITIVE_INFINITY);
        back();
      },
    };
  }

  dispose(): void {
    this.#program.dispose();
  }
}
