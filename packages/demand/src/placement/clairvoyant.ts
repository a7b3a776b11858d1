import type { ItemCosts } from './item.ts';

/**
 * The least that a season's demand could have cost, had it been known: each unit comes by the last receipt of some mode, or
 * direct, and a dynamic program over the last receipt of each mode finds the receipts (Wagner and Whitin 1958, with
 * several sources and a way out). Nothing is on stock at the start; a mode can first arrive in the period `firstArrival`
 * gives, and order costs are paid for each receipt.
 */
export const clairvoyantCost = (
  demand: readonly number[],
  { direct, holding, modes }: ItemCosts,
  firstArrival: (mode: number) => number = () => 0,
): number => {
  const base = demand.length + 1;
  // The last receipts of all modes as one number: 0 is none, else the period plus one.
  let least = new Map<number, number>([[0, 0]]);
  for (const [period, wanted] of demand.entries()) {
    const next = new Map<number, number>();
    for (const [key, cost] of least) {
      for (let choice = 0; choice < 2 ** modes.length; choice += 1) {
        const step = stepOf({ key, choice, base, period, holding }, modes, direct, firstArrival);
        if (!step) continue;
        const total = cost + step.ordering + step.unit * wanted;
        const known = next.get(step.key);
        if (known === undefined || total < known) next.set(step.key, total);
      }
    }
    least = next;
  }
  return Math.min(...least.values());
};

interface State {
  readonly key: number;
  /** A bit for each mode: whether something is received now. */
  readonly choice: number;
  readonly base: number;
  readonly period: number;
  readonly holding: number;
}

/** What a choice of receipts leads to: the receipts that are then the last, what ordering cost, and what a unit costs. */
const stepOf = (
  { key, choice, base, period, holding }: State,
  modes: ItemCosts['modes'],
  direct: number,
  firstArrival: (mode: number) => number,
): { key: number; ordering: number; unit: number } | undefined => {
  let rest = key;
  let unit = direct;
  let ordering = 0;
  let after = 0;
  let place = 1;
  for (const [at, { perUnit, perOrder }] of modes.entries()) {
    const received = (choice & (2 ** at)) !== 0;
    if (received && period < firstArrival(at)) return undefined;
    const last = received ? period + 1 : rest % base;
    rest = Math.floor(rest / base);
    if (received) ordering += perOrder;
    if (last > 0) unit = Math.min(unit, perUnit + holding * (period + 1 - last));
    after += last * place;
    place *= base;
  }
  return { key: after, ordering, unit };
};
