import type { Minute } from '../timetable/minute.ts';
import { isNoLater, type Risk, type Risks } from './risk.ts';

/** In place of a label, a row or a ground leg. */
export const NOTHING = -1;
const FIRST_SIZE = 4096;

/** What a label says of goods at a place. */
export interface LabelFacts {
  /** When they landed, or came by road. */
  readonly time: Minute;
  /** When they may leave by road. */
  readonly free: Minute;
  readonly pricePerKg: number;
  readonly risk: Risk;
  readonly legs: number;
  /** How late the flight that they came off is. */
  readonly curve: number;
  /** The label before. */
  readonly parent: number;
  /** The row of the connection, or the ground leg as `-2 - index`; NOTHING at the origin. */
  readonly by: number;
}

/**
 * Labels in bags: those at one place that no other of the bag beats in time, cost, risk and legs, in the order of time.
 * Numbers in typed arrays and linked lists, because a search makes and drops tens of thousands of them.
 */
export class Labels {
  readonly #risks: Risks;
  readonly heads: Int32Array;
  #touched: number[] = [];
  #length = 0;
  time = new Int32Array(FIRST_SIZE);
  free = new Int32Array(FIRST_SIZE);
  pricePerKg = new Float64Array(FIRST_SIZE);
  risk = new Float64Array(FIRST_SIZE);
  legs = new Int32Array(FIRST_SIZE);
  curve = new Int32Array(FIRST_SIZE);
  parent = new Int32Array(FIRST_SIZE);
  by = new Int32Array(FIRST_SIZE);
  next = new Int32Array(FIRST_SIZE);

  constructor(bags: number, risks: Risks) {
    this.#risks = risks;
    this.heads = new Int32Array(bags).fill(NOTHING);
  }

  /** Empties all bags. */
  clear(): void {
    for (const bag of this.#touched) this.heads[bag] = NOTHING;
    this.#touched = [];
    this.#length = 0;
  }

  /** Puts a label into a bag and gives its number; NOTHING when one there is as good in every respect. */
  add(bag: number, facts: LabelFacts): number {
    const { time, pricePerKg, risk, legs } = facts;
    let before = NOTHING;
    let label = this.heads[bag] as number;
    for (; label !== NOTHING && (this.time[label] as number) <= time; label = this.next[label] as number) {
      if (
        (this.pricePerKg[label] as number) <= pricePerKg &&
        (this.risk[label] as number) <= risk &&
        (this.legs[label] as number) <= legs &&
        (this.free[label] as number) <= facts.free &&
        isNoLater(this.#risks, this.curve[label] as number, facts.curve)
      )
        return NOTHING;
      before = label;
    }
    const added = this.keep(facts);
    if (before === NOTHING) {
      if (this.heads[bag] === NOTHING) this.#touched.push(bag);
      this.heads[bag] = added;
    } else this.next[before] = added;
    this.next[added] = label;
    this.#dropBeaten(added);
    return added;
  }

  /** Unlinks what a new label beats among those after it. */
  #dropBeaten(added: number): void {
    let before = added;
    for (let label = this.next[added] as number; label !== NOTHING; label = this.next[label] as number) {
      const isBeaten =
        (this.pricePerKg[added] as number) <= (this.pricePerKg[label] as number) &&
        (this.risk[added] as number) <= (this.risk[label] as number) &&
        (this.legs[added] as number) <= (this.legs[label] as number) &&
        (this.free[added] as number) <= (this.free[label] as number) &&
        isNoLater(this.#risks, this.curve[added] as number, this.curve[label] as number);
      if (isBeaten) this.next[before] = this.next[label] as number;
      else before = label;
    }
  }

  /** Stores a label that is in no bag. */
  keep(facts: LabelFacts): number {
    const at = this.#length;
    if (at === this.time.length) this.#grow();
    this.time[at] = facts.time;
    this.free[at] = facts.free;
    this.pricePerKg[at] = facts.pricePerKg;
    this.risk[at] = facts.risk;
    this.legs[at] = facts.legs;
    this.curve[at] = facts.curve;
    this.parent[at] = facts.parent;
    this.by[at] = facts.by;
    this.#length += 1;
    return at;
  }

  #grow(): void {
    const longer = <Column extends Int32Array | Float64Array>(column: Column): Column => {
      const next = new (column.constructor as new (length: number) => Column)(column.length * 2);
      next.set(column);
      return next;
    };
    this.time = longer(this.time);
    this.free = longer(this.free);
    this.pricePerKg = longer(this.pricePerKg);
    this.risk = longer(this.risk);
    this.legs = longer(this.legs);
    this.curve = longer(this.curve);
    this.parent = longer(this.parent);
    this.by = longer(this.by);
    this.next = longer(this.next);
  }
}
