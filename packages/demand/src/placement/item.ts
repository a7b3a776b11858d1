/** What a way of stocking costs and how long it takes. */
export interface Mode {
  readonly id: string;
  /** Periods from order to receipt: an order of this period is there before the demand of so many periods on. */
  readonly lead: number;
  /** Cost of a unit until it is delivered to the buyer, duty on its transfer value included. */
  readonly perUnit: number;
  /** Cost of an order of any size. */
  readonly perOrder: number;
  /** The fewest units that an order may have; 1 when left out. */
  readonly minimumLot?: number;
}

/** Costs of an item, in major units of one currency. */
export interface ItemCosts {
  /** A unit shipped direct, with whatever its delay costs. */
  readonly direct: number;
  /** A unit on stock at the end of a period. */
  readonly holding: number;
  /** A unit left when no more demand is to come, beyond what it cost. */
  readonly leftover: number;
  readonly modes: readonly Mode[];
}

/**
 * A product at a facility. Periods count from the present one, which is 0; `horizon` periods are looked at, and demand falls in
 * the last of them only, from `start` on. In a period receipts come first, then the decision, then demand, served from stock
 * as far as it goes and direct for the rest.
 */
export interface StockItem {
  readonly horizon: number;
  readonly start: number;
  readonly stock: number;
  /** Units under way by the period in which they arrive. */
  readonly arrivals: Float64Array;
  readonly costs: ItemCosts;
}

/** What demand may be: equally likely courses of the mean demand of each period. */
export interface Outlook {
  readonly courses: readonly Float64Array[];
  /** How many of the courses, those in which an order does worst, it is judged by; all when left out. */
  readonly judgedBy?: number;
}
