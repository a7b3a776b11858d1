/** The kinds of cost by which every plan is explained, in the order in which they are shown. */
export const COST_KINDS = ['freight', 'carton', 'handling', 'duty', 'tax', 'fees', 'stock', 'lateness'] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** Costs by kind, each an integer of minor units in the plan's currency. */
export type Costs = Readonly<Record<CostKind, number>>;

/** Nothing of every kind, to add to. */
export const zeroCosts = (): Record<CostKind, number> => ({
  freight: 0,
  carton: 0,
  handling: 0,
  duty: 0,
  tax: 0,
  fees: 0,
  stock: 0,
  lateness: 0,
});

/** Adds costs to a running sum, kind by kind. */
export const addCosts = (sum: Record<CostKind, number>, more: Costs): void => {
  for (const kind of COST_KINDS) sum[kind] += more[kind];
};

/** The sum over all kinds. */
export const totalCost = (costs: Costs): number => COST_KINDS.reduce((sum, kind) => sum + costs[kind], 0);

/** What the seller pays: everything except tax, which falls on the buyer however the order is filled. */
export const sellerCost = (costs: Costs): number => totalCost(costs) - costs.tax;
