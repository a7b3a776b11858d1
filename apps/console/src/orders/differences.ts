import type { DecisionAnswer } from '@crossparcel/api';

type Costs = Readonly<Record<string, string>> & DecisionAnswer['costs'];

/** By how much one way's costs exceed another's, kind by kind, the largest difference first; tax is the buyer's. */
export const differencesOf = (costs: Costs, chosen: Costs): { readonly kind: string; readonly more: number }[] =>
  Object.entries(costs)
    .filter(([kind]) => kind !== 'total' && kind !== 'tax')
    .map(([kind, amount]) => ({ kind, more: Math.round((Number(amount) - Number(chosen[kind] ?? 0)) * 1e4) / 1e4 }))
    .filter(({ more }) => more !== 0)
    .sort((a, b) => Math.abs(b.more) - Math.abs(a.more));
