import { CrossparcelError, type Fault } from '@crossparcel/units';
import { boundOf } from './bound.ts';
import { checkedProblem, consignmentFaults } from './check.ts';
import { columnsOf, type Pricing } from './column.ts';
import { dive } from './dive.ts';
import { type Load, Loading } from './loading.ts';
import type { Assignment, Booking, CapacityConsignment, CapacityProblem } from './problem.ts';
import { Relaxation, type Relaxed } from './relaxation.ts';
import { repair } from './repair.ts';
import { Room } from './room.ts';
import { loadWishes, type Wish, wishesOf } from './rounding.ts';
import { assignmentOf, partsOf } from './shares.ts';

/** Another room of a leg, or another block. A cancelled flight has no room. */
export type RoomChange =
  | { readonly kind: 'room'; readonly leg: number; readonly capacityGrams: number }
  | { readonly kind: 'block'; readonly leg: number; readonly grams: number };

/** Something that happened to the room or to the goods. Consignments and legs by index. */
export type CapacityChange =
  | RoomChange
  | { readonly kind: 'new'; readonly consignment: CapacityConsignment }
  | { readonly kind: 'withdrawn'; readonly consignment: number }
  | { readonly kind: 'booked'; readonly consignment: number; readonly booking: Booking | undefined };

/** What goods would cost on a way, in minor units; on none where leaving them behind costs least. */
export interface BidQuote {
  readonly path: number | undefined;
  readonly cost: number;
  /** What other goods would lose by the room that these take. */
  readonly displaced: number;
}

const NOT_ASSIGNED: Fault = {
  code: 'no-assignment',
  what: 'there are no bid prices yet',
  mend: 'assign the goods that are there first',
};

const MINUTES_PER_DAY = 1440;
/** Effort of the repair, in moves tried for each item. */
const MOVES_ANEW = 200;
const MOVES_AGAIN = 40;

const unknownIndex = (field: string, index: number): Fault => ({
  code: 'bad-capacity-change',
  field,
  what: `is not known: ${index}`,
  mend: 'give an index of the problem',
});

const mustHave = (field: string, index: number, count: number): void => {
  if (!(Number.isInteger(index) && index >= 0 && index < count)) throw new CrossparcelError(unknownIndex(field, index));
};

const mustBeMass = (field: string, grams: number): void => {
  if (Number.isSafeInteger(grams) && grams >= 0) return;
  const fault = {
    code: 'bad-capacity-change',
    field,
    what: `is no mass: ${grams}`,
    mend: 'give whole grams, 0 or more',
  };
  throw new CrossparcelError(fault);
};

/** A load as it was given, with the place of its first column in the linear program. */
interface Kept extends Load {
  readonly given: CapacityConsignment;
  readonly firstColumn: number;
}

const keptOf = (given: CapacityConsignment, consignment: number, firstColumn: number, pricing: Pricing): Kept => {
  const { massGrams, pieces, splitFee } = given;
  const columns = columnsOf(given, { consignment, firstColumn }, pricing);
  return { massGrams, pieces, splitFee, columns, given, firstColumn };
};

/**
 * Shipments assigned to flight capacity, kept: changes of room and goods go into the same linear program, which is solved
 * again from the basis it had. The same problem and changes give the same assignment on every machine.
 */
export class CapacityModel {
  readonly #pricing: Pricing;
  readonly #room: Room;
  readonly #relaxation: Relaxation;
  readonly #kept: Kept[] = [];
  readonly #withdrawn = new Set<number>();
  /** Price of a gram on each leg at the last assignment. */
  #bids: Float64Array | undefined;
  /** Parts of each consignment as they were last assigned. */
  #last: readonly (readonly Wish[])[] | undefined;
  #columns = 0;

  private constructor(problem: CapacityProblem, room: Room, relaxation: Relaxation) {
    const { currency, legs, consignments } = problem;
    let last = 0;
    for (const { paths } of consignments) for (const { arrives } of paths) last = Math.max(last, arrives);
    this.#pricing = { currency, legs, never: last + MINUTES_PER_DAY };
    this.#room = room;
    this.#relaxation = relaxation;
    this.#add(consignments);
  }

  /** Checks a problem and puts it to the solver. Throws `CrossparcelError` naming the field that is wrong. */
  static async open(problem: CapacityProblem): Promise<CapacityModel> {
    const checked = checkedProblem(problem);
    if (!checked.ok) throw new CrossparcelError(checked.error);
    const room = new Room(problem.legs, problem.currency);
    return new CapacityModel(problem, room, await Relaxation.open(room));
  }

  #add(consignments: readonly CapacityConsignment[]): void {
    const added = consignments.map((given) => {
      const kept = keptOf(given, this.#kept.length, this.#columns, this.#pricing);
      this.#columns += given.paths.length + 1;
      this.#kept.push(kept);
      return kept;
    });
    this.#relaxation.add(added);
  }

  /** Takes over what happened. Throws `CrossparcelError` for what it does not know. */
  change(changes: readonly CapacityChange[]): void {
    for (const change of changes) this.#one(change);
  }

  #one(change: CapacityChange): void {
    switch (change.kind) {
      case 'room':
        mustHave('leg', change.leg, this.#room.count);
        mustBeMass('capacityGrams', change.capacityGrams);
        this.#room.setCapacity(change.leg, change.capacityGrams);
        this.#relaxation.renew(change.leg);
        break;
      case 'block':
        mustHave('leg', change.leg, this.#room.count);
        mustBeMass('grams', change.grams);
        this.#room.setBlock(change.leg, change.grams);
        this.#relaxation.renew(change.leg);
        break;
      case 'new':
        for (const fault of consignmentFaults(change.consignment, this.#room.count, 'consignment'))
          throw new CrossparcelError(fault);
        this.#add([change.consignment]);
        break;
      case 'withdrawn':
        mustHave('consignment', change.consignment, this.#kept.length);
        this.#withdrawn.add(change.consignment);
        this.#relaxation.demand(change.consignment, false);
        break;
      case 'booked':
        this.#book(change.consignment, change.booking);
    }
  }

  #book(consignment: number, booking: Booking | undefined): void {
    mustHave('consignment', consignment, this.#kept.length);
    const kept = this.#kept[consignment] as Kept;
    const { booking: _, ...bare } = kept.given;
    const given = booking ? { ...bare, booking } : bare;
    for (const fault of consignmentFaults(given, this.#room.count, 'consignment')) throw new CrossparcelError(fault);
    const now = keptOf(given, consignment, kept.firstColumn, this.#pricing);
    for (const column of now.columns) this.#relaxation.renewColumn(column);
    this.#kept[consignment] = now;
  }

  /** Cost of the linear relaxation as things are, in minor units. */
  relaxedCost(): number {
    return this.#relaxation.solve().cost;
  }

  /** What the linear relaxation would cost with other rooms and blocks, in minor units; they are then as before. */
  relaxedCostIf(changes: readonly RoomChange[]): number {
    const before = changes.map(({ kind, leg }): RoomChange => {
      return kind === 'room'
        ? { kind, leg, capacityGrams: this.#room.capacity(leg) }
        : { kind, leg, grams: this.#room.agreedBlock(leg) };
    });
    this.change(changes);
    const cost = this.relaxedCost();
    this.change(before.reverse());
    return cost;
  }

  /** All room of a leg as it is now, and its block. */
  roomOf(leg: number): { readonly capacityGrams: number; readonly blockGrams: number } {
    mustHave('leg', leg, this.#room.count);
    return { capacityGrams: this.#room.capacity(leg), blockGrams: this.#room.block(leg) };
  }

  /** Assigns all goods anew: solves the linear relaxation, makes it whole by diving, and repairs what rounding broke. */
  assign(): Assignment {
    const relaxed = this.#relaxation.solve();
    const dived = dive(this.#kept, this.#room, this.#relaxation, relaxed);
    const wishes = this.#kept.map((kept, index) => (this.#withdrawn.has(index) ? [] : wishesOf(kept, dived.shares)));
    return this.#load(wishes, relaxed, dived.pivots, MOVES_ANEW);
  }

  /**
   * Assigns what the changes since the last assignment have set loose or brought, and moves other goods only where that
   * gains; the linear relaxation, from where it was, gives bids and bound. Goods that are booked cost their fees.
   */
  reassign(): Assignment {
    if (!this.#last) return this.assign();
    const relaxed = this.#relaxation.solve();
    const wishes = this.#kept.map((kept, index): readonly Wish[] => {
      if (this.#withdrawn.has(index)) return [];
      return this.#last?.[index]?.map((part) => this.#asNow(kept, part)) ?? wishesOf(kept, relaxed.shares);
    });
    return this.#load(wishes, relaxed, relaxed.pivots, MOVES_AGAIN);
  }

  /** A part on the column as it is priced now; goods left behind look for a place again. */
  #asNow({ columns, firstColumn }: Kept, { column, pieces }: Wish): Wish {
    return { column: column?.path === undefined ? undefined : columns[column.index - firstColumn], pieces };
  }

  #load(wishes: readonly (readonly Wish[])[], relaxed: Relaxed, pivots: number, movesPerItem: number): Assignment {
    const loading = new Loading(this.#kept, this.#room);
    loadWishes(loading, wishes, relaxed.bids);
    this.#bids = relaxed.bids;
    const moves = repair(loading, relaxed.bids, movesPerItem);
    this.#last = this.#kept.map((_, consignment) => partsOf(loading, consignment));
    const asked = this.#kept.filter((_, consignment) => !this.#withdrawn.has(consignment));
    return {
      ...assignmentOf(loading, this.#pricing, relaxed.bids),
      bound: boundOf(asked, this.#room, relaxed.bids),
      relaxed: relaxed.cost,
      work: { pivots, moves },
    };
  }

  /**
   * The cheapest way of goods that ask for a place, at the bid prices of the last assignment, beside leaving them behind: take
   * them where what they bring is more than `cost + displaced`. Nothing is taken yet. Throws `CrossparcelError` when there
   * was no assignment, or for goods that are wrong.
   */
  quote(consignment: CapacityConsignment): BidQuote {
    for (const fault of consignmentFaults(consignment, this.#room.count, 'consignment'))
      throw new CrossparcelError(fault);
    const bids = this.#bids;
    if (!bids) throw new CrossparcelError(NOT_ASSIGNED);
    const quotes = columnsOf(consignment, { consignment: 0, firstColumn: 0 }, this.#pricing)
      .filter(({ barred, legs }) => !barred && legs.every((leg) => this.#room.capacity(leg) >= consignment.massGrams))
      .map(({ path, legs, cost }): BidQuote => {
        const displaced = legs.reduce((sum, leg) => sum + (bids[leg] as number), 0) * consignment.massGrams;
        return { path, cost, displaced: Math.round(displaced) };
      });
    return quotes.reduce((best, one) => (one.cost + one.displaced < best.cost + best.displaced ? one : best));
  }

  /** Gives back the solver's memory. */
  dispose(): void {
    this.#relaxation.dispose();
  }
}
