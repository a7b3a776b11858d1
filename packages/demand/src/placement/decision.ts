import type { CountGrid } from './count-grid.ts';
import type { Mode, Outlook, StockItem } from './item.ts';
import { bestOrder, type CostCurve, orderGains, StockProgram } from './stock-program.ts';

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

/** Whether an order could pay, were each unit of demand from its arrival on served by it and none left. */
const couldPay = ({ horizon, costs }: StockItem, { courses }: Outlook, mode: Mode): boolean => {
  let units = 0;
  for (const course of courses)
    for (let period = mode.lead; period < horizon; period += 1) units += (course[period] as number) / courses.length;
  return units * (costs.direct - mode.perUnit) > mode.perOrder;
};

/** The orders of an item that are worth placing now: by the slowest mode first, each faster one on top of those. `alone` has curves of modes without orders before, where they are known. */
export const decideOrders = (
  item: StockItem,
  deciding: Deciding,
  alone: ReadonlyMap<Mode, CostCurve> = new Map(),
): Order[] => {
  const orders: Order[] = [];
  const arrivals = Float64Array.from(item.arrivals);
  for (const mode of usable(item)) {
    const known = orders.length === 0 ? alone.get(mode) : undefined;
    const curve = known ?? curveOf({ ...item, arrivals }, mode, deciding);
    const { quantity, gain } = curve ? bestOrder(curve, mode, deciding.outlookFor(mode)?.judgedBy) : NOTHING;
    if (quantity === 0) continue;
    orders.push({ mode, quantity, gain });
    arrivals[mode.lead] = (arrivals[mode.lead] as number) + quantity;
  }
  return orders;
};

const NOTHING = { quantity: 0, gain: 0 };

/** Expected costs by the quantity that a mode brings; none where it could not pay even were demand certain. */
const curveOf = (item: StockItem, mode: Mode, { grid, givenUp, outlookFor }: Deciding): CostCurve | undefined => {
  const outlook = outlookFor(mode);
  if (!outlook || !couldPay(item, outlook, mode)) return undefined;
  return new StockProgram(item, outlook, grid).curve(mode.lead, { kind: 'later', givenUp });
};

/**
 * The sets of orders that an item could be served by when not all can have what is best for them: each quantity of one mode that is worth
 * more than the smaller ones, and what it would order without limits.
 */
export const orderChoices = (item: StockItem, deciding: Deciding): (readonly Order[])[] => {
  const choices: (readonly Order[])[] = [];
  const curves = new Map<Mode, CostCurve>();
  for (const mode of usable(item)) {
    const curve = curveOf(item, mode, deciding);
    if (curve) curves.set(mode, curve);
    if (curve) choices.push(...risingOrders(curve, mode, deciding.outlookFor(mode)?.judgedBy).map((order) => [order]));
  }
  const free = curves.size < 2 ? [] : decideOrders(item, deciding, curves);
  if (free.length > 1) choices.push(free);
  return choices;
};

/** Orders by a mode, each worth more than any smaller one. */
const risingOrders = (curve: CostCurve, mode: Mode, judgedBy: number | undefined): Order[] => {
  const rising: Order[] = [];
  let most = 0;
  for (const { quantity, gain } of orderGains(curve, mode, judgedBy)) {
    if (gain <= most) continue;
    most = gain;
    rising.push({ mode, quantity, gain });
  }
  return rising;
};
