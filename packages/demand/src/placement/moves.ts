import type { CountGrid } from './count-grid.ts';
import type { Mode, Outlook, StockItem } from './item.ts';
import { type CostCurve, StockProgram } from './stock-program.ts';

/** Units of a product that would serve better at another facility. */
export interface Move {
  readonly quantity: number;
  readonly gain: number;
  /** What the units would have saved where they are. */
  readonly missed: number;
}

/** Cost at a stock between the steps of a curve. */
const costAt = ({ mean, unit }: CostCurve, units: number): number => {
  const position = Math.min(mean.length - 1, Math.max(0, units / unit));
  const below = Math.floor(position);
  const from = mean[below] as number;
  return from + ((mean[Math.min(mean.length - 1, below + 1)] as number) - from) * (position - below);
};

/**
 * How many units on stock at one facility are worth moving to another: what they save there beyond what they would have
 * saved here and what moving costs (transshipment between locations; Paterson, Kiesmüller, Teunter and Glazebrook 2011).
 */
export const bestMove = (
  giver: { item: StockItem; outlook: Outlook },
  taker: { item: StockItem; outlook: Outlook },
  lane: Mode,
  { grid, givenUp }: { grid: CountGrid; givenUp: number },
): Move => {
  const none: Move = { quantity: 0, gain: 0, missed: 0 };
  const { stock } = giver.item;
  if (stock < 1 || lane.lead >= taker.item.horizon) return none;
  const recourse = { kind: 'later', givenUp } as const;
  const there = new StockProgram(taker.item, taker.outlook, grid).curve(lane.lead, recourse);
  const here = new StockProgram(giver.item, giver.outlook, grid).stockCurve(recourse);
  let best = none;
  for (let level = 1; level < there.mean.length; level += 1) {
    const quantity = Math.max(1, Math.round(level * there.unit));
    if (quantity > stock) break;
    const saved = (there.mean[0] as number) - (there.mean[level] as number);
    const missed = costAt(here, stock - quantity) - costAt(here, stock);
    const gain = saved - missed - lane.perOrder - lane.perUnit * quantity;
    if (gain > best.gain) best = { quantity, gain, missed };
  }
  return best;
};
