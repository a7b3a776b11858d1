import { LinearProgram } from '@crossparcel/numerics';

/** One way to serve an item: what it is worth, and what it takes of each resource. */
export interface Choice {
  readonly value: number;
  readonly use: readonly number[];
}

/** A choice by item (−1 for none), what all are worth, and what no allocation can pass. */
export interface Allocation {
  readonly chosen: Int32Array;
  readonly value: number;
  readonly bound: number;
}

const MOST_ROUNDS = 200;
/** The bound need not be told more closely than this share of it. */
const CLOSE = 1e-5;
/** Room is kept by this share, so that sums of many roundings fit. */
const SLACK = 1e-9;

interface Plan {
  readonly chosen: Int32Array;
  readonly value: number;
  readonly use: Float64Array;
  /** Value less the price of what is used: each item's best at the prices. */
  readonly net: number;
}

/** The choice that each item is worth most by at prices for resources. */
const planAt = (items: readonly (readonly Choice[])[], prices: Float64Array): Plan => {
  const chosen = new Int32Array(items.length).fill(-1);
  const use = new Float64Array(prices.length);
  let value = 0;
  let net = 0;
  for (const [item, choices] of items.entries()) {
    let best = 0;
    for (const [at, choice] of choices.entries()) {
      let worth = choice.value;
      for (let row = 0; row < prices.length; row += 1) worth -= (prices[row] as number) * (choice.use[row] as number);
      if (worth <= best) continue;
      best = worth;
      chosen[item] = at;
    }
    net += best;
    const choice = choices[chosen[item] as number];
    if (!choice) continue;
    value += choice.value;
    for (let row = 0; row < use.length; row += 1) use[row] = (use[row] as number) + (choice.use[row] as number);
  }
  return { chosen, value, use, net };
};

/** Prices of resources by a master program over whole plans (Dantzig and Wolfe 1960), solved by HiGHS. */
class Master {
  readonly #program: LinearProgram;
  readonly #room: readonly number[];

  private constructor(program: LinearProgram, room: readonly number[]) {
    this.#program = program;
    this.#room = room;
    program.addRows([1, ...room.map(() => Number.NEGATIVE_INFINITY)], [1, ...room.map(() => 1)]);
  }

  static async open(room: readonly number[]): Promise<Master> {
    return new Master(await LinearProgram.open(), room);
  }

  add({ value, use }: Plan): void {
    const rows = this.#room.map((_, row) => row + 1);
    const shares = this.#room.map((room, row) => (use[row] as number) / room);
    this.#program.addColumns({
      cost: [-value],
      upper: [1],
      entries: [{ indices: [0, ...rows], values: [1, ...shares] }],
    });
  }

  /** What the best mixture of plans is worth, and the prices at which it is. */
  solve(): { worth: number; prices: Float64Array } {
    const { objective, rowPrices } = this.#program.solve();
    const prices = Float64Array.from(this.#room, (room, row) => Math.max(0, -(rowPrices[row + 1] as number)) / room);
    return { worth: -objective, prices };
  }

  dispose(): void {
    this.#program.dispose();
  }
}

const fits = (use: Float64Array, room: readonly number[]): boolean =>
  room.every((most, row) => (use[row] as number) <= most * (1 + SLACK));

/**
 * Chooses for each item at most one of its choices so that all together fit the room of each resource and are worth the most: the
 * linear relaxation over the hulls of all items' choices by column generation, each price of it giving a bound (Geoffrion
 * 1974), then the plan at its prices is made to fit, and what room is left is filled. Charges of orders and minimum
 * lots are in the choices, so that the bound is that of the convexified problem.
 */
export const allocate = async (items: readonly (readonly Choice[])[], room: readonly number[]): Promise<Allocation> => {
  const possible = items.map((choices) =>
    choices.map((one) => (one.use.every((use, row) => use <= (room[row] as number)) ? one : { ...one, value: 0 })),
  );
  // A resource without room is used by nothing that is left.
  const open = room.map((most) => (most > 0 ? most : 1));
  const free = planAt(possible, new Float64Array(room.length));
  if (fits(free.use, room)) return { chosen: free.chosen, value: free.value, bound: free.value };
  const { prices, bound, plans } = await priced(possible, open, free);
  const filled = [...plans, planAt(possible, prices)]
    .slice(-MOST_TRIED)
    .map((plan) => filledPlan(possible, room, plan, prices));
  const best = filled.reduce((one, other) => (other.value > one.value ? other : one));
  return { chosen: best.chosen, value: best.value, bound: Math.max(bound, best.value) };
};

/** Plans of the last rounds that are made to fit, the best of which counts. */
const MOST_TRIED = 6;

/** The prices with the lowest bound, and the plans met on the way. */
const priced = async (
  items: readonly (readonly Choice[])[],
  room: readonly number[],
  free: Plan,
): Promise<{ prices: Float64Array; bound: number; plans: Plan[] }> => {
  const master = await Master.open(room);
  const plans = [free];
  let best: { bound: number; prices: Float64Array } = { bound: free.value, prices: new Float64Array(room.length) };
  try {
    master.add({ chosen: new Int32Array(items.length).fill(-1), value: 0, use: new Float64Array(room.length), net: 0 });
    master.add(free);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const { worth, prices } = master.solve();
      const plan = planAt(items, prices);
      const bound = plan.net + room.reduce((sum, most, row) => sum + most * (prices[row] as number), 0);
      if (bound < best.bound) best = { bound, prices };
      plans.push(plan);
      if (best.bound - worth <= CLOSE * best.bound) break;
      master.add(plan);
    }
  } finally {
    master.dispose();
  }
  return { ...best, plans };
};

/** A plan cut back until it fits, what is worth least for its room first, and then filled up. */
const filledPlan = (
  items: readonly (readonly Choice[])[],
  room: readonly number[],
  plan: Plan,
  prices: Float64Array,
): { chosen: Int32Array; value: number } => {
  const filling = new Filling(items, room, plan);
  filling.cut(prices);
  filling.fill(prices);
  return { chosen: filling.chosen, value: filling.value };
};

class Filling {
  readonly chosen: Int32Array;
  value: number;
  readonly #items: readonly (readonly Choice[])[];
  readonly #room: readonly number[];
  readonly #use: Float64Array;

  constructor(items: readonly (readonly Choice[])[], room: readonly number[], { chosen, value, use }: Plan) {
    this.#items = items;
    this.#room = room;
    this.chosen = Int32Array.from(chosen);
    this.value = value;
    this.#use = Float64Array.from(use);
  }

  /** Takes away what draws on room that is overdrawn, what is worth least at the prices first. */
  cut(prices: Float64Array): void {
    const order = this.#ranked((choice) => net(choice, prices) / (1 + paid(choice, prices)));
    for (const item of order) {
      const over = this.#room.flatMap((most, row) => ((this.#use[row] as number) > most * (1 + SLACK) ? [row] : []));
      if (over.length === 0) return;
      const choice = this.#choice(item);
      if (choice && over.some((row) => (choice.use[row] as number) > 0)) this.#step(item, over);
    }
  }

  /** The next smaller choice that eases what is overdrawn as far as needed, else none. */
  #step(item: number, over: readonly number[]): void {
    const now = this.#choice(item) as Choice;
    let best = -1;
    let value = 0;
    for (const [at, choice] of (this.#items[item] as readonly Choice[]).entries()) {
      const eases = over.every(
        (row) =>
          (this.#use[row] as number) - (now.use[row] as number) + (choice.use[row] as number) <=
          (this.#room[row] as number),
      );
      if (!eases || !this.#fitsInstead(now, choice, over) || choice.value <= value) continue;
      best = at;
      value = choice.value;
    }
    this.#put(item, best);
  }

  #fitsInstead(now: Choice, then: Choice, over: readonly number[]): boolean {
    return this.#room.every(
      (most, row) =>
        over.includes(row) || (this.#use[row] as number) - (now.use[row] as number) + (then.use[row] as number) <= most,
    );
  }

  /** Goes through items by how much they are worth at the prices, and gives each the best that still fits. */
  fill(prices: Float64Array): void {
    const promise = this.#items.map((choices, item) => {
      const now = this.#choice(item);
      const have = now ? net(now, prices) : 0;
      const most = Math.max(
        0,
        ...choices.map((choice) => (choice.value > (now?.value ?? 0) ? net(choice, prices) - have : -Infinity)),
      );
      return { item, most };
    });
    for (const { item } of promise.sort((one, other) => other.most - one.most || one.item - other.item))
      this.#better(item);
  }

  #better(item: number): void {
    const now = this.#choice(item) ?? { value: 0, use: this.#room.map(() => 0) };
    let best = -1;
    let value = now.value;
    for (const [at, choice] of (this.#items[item] as readonly Choice[]).entries()) {
      if (choice.value <= value || !this.#fitsInstead(now, choice, [])) continue;
      best = at;
      value = choice.value;
    }
    if (best >= 0) this.#put(item, best);
  }

  #choice(item: number): Choice | undefined {
    return this.#items[item]?.[this.chosen[item] as number];
  }

  #put(item: number, to: number): void {
    const now = this.#choice(item);
    const then = this.#items[item]?.[to];
    this.chosen[item] = to;
    this.value += (then?.value ?? 0) - (now?.value ?? 0);
    for (let row = 0; row < this.#use.length; row += 1)
      this.#use[row] = (this.#use[row] as number) + (then?.use[row] ?? 0) - (now?.use[row] ?? 0);
  }

  /** Items with a choice, the least by a measure first. */
  #ranked(measure: (choice: Choice) => number): number[] {
    const worth = this.#items.flatMap((_, item) => {
      const choice = this.#choice(item);
      return choice ? [{ item, worth: measure(choice) }] : [];
    });
    return worth.sort((one, other) => one.worth - other.worth || one.item - other.item).map(({ item }) => item);
  }
}

const paid = ({ use }: Choice, prices: Float64Array): number =>
  use.reduce((sum, amount, row) => sum + amount * (prices[row] as number), 0);
const net = (choice: Choice, prices: Float64Array): number => choice.value - paid(choice, prices);
