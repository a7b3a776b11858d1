import type { CountGrid } from './count-grid.ts';
import type { Mode, Outlook, StockItem } from './item.ts';
import { bestOrder, StockProgram } from './stock-program.ts';

/** An order that is worth placing now. */
export interface Order {
  readonly mode: Mode;
  readonly quantity: number;
  /** Expected cost it saves beside placing none now and going on from there. */
  readonly gain: number;
}

/** What is to be known to decide: demand as it is from a mode's arrival on, and how later orders count. */
export interface Deciding {
  readonly grid: CountGrid;
  readonly givenUp: number;
  readonly outlookFor: (mode: Mode) => Outlook | undefined;
}

/** Modes whose goods ordered now arrive within the season, slowest first; before its start it pays to wait. */
const usable = ({ costs, horizon, start }: StockItem): Mode[] =>
  costs.modes
    .filter(({ lead, perUnit }) => lead < horizon && lead >= start && perUnit < costs.direct)
    .toSorted((one, other) => other.lead - one.lead || one.perUnit - other.perUnit);

/** The least that demand would have to save, were all of it certain. */
const couldPay = ({ horizon, costs }: StockItem, { courses }: Outlook, mode: Mode): boolean => {
  const most = Math.max(...courses.map((course) => course.subarray(mode.lead).reduce((sum, rate) => sum + rate, 0)));
  return horizon > mode.lead && most * (costs.direct - mode.perUnit) > mode.perOrder;
};

/** The orders of an item that are worth placing now: by the slowest mode first, each faster one on top of those. */
export const decideOrders = (item: StockItem, { grid, givenUp, outlookFor }: Deciding): Order[] => {
  const orders: Order[] = [];
  const arrivals = Float64Array.from(item.arrivals);
  for (const mode of usable(item)) {
    const outlook = outlookFor(mode);
    if (!outlook || !couldPay(item, outlook, mode)) continue;
    const program = new StockProgram({ ...item, arrivals }, outlook, grid);
    const { quantity, gain } = bestOrder(program.curve(mode.lead, { kind: 'later', givenUp }), mode);
    if (quantity === 0) continue;
    orders.push({ mode, quantity, gain });
    arrivals[mode.lead] = (arrivals[mode.lead] as number) + quantity;
  }
  return orders;
};
