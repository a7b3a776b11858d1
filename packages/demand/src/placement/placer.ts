import { CountGrid } from './count-grid.ts';
import { type Deciding, decideOrders, type Order } from './decision.ts';
import type { Mode, Outlook, StockItem } from './item.ts';
import { isYoung, type LaunchPlacementRecord, launchOutlook } from './launch-outlook.ts';
import { type PlacementModelRecord, type RateHistory, RateModel } from './rate-model.ts';

/** What placement goes by: rates for products that sell, and the course of launches. */
export interface PlacementModels {
  readonly rates: PlacementModelRecord;
  readonly launch: LaunchPlacementRecord;
}

/** Decides what to order of the items of one file, all of whose histories are learned from. */
export class Placer {
  readonly grid: CountGrid;
  readonly #models: PlacementModels;
  readonly #rates: RateModel;

  /** `scale` is how many periods a week has; `grid` may be shared between placers of one model. */
  constructor(
    models: PlacementModels,
    histories: readonly RateHistory[],
    { scale, grid = new CountGrid(models.rates.dispersion) }: { scale: number; grid?: CountGrid },
  ) {
    this.#models = models;
    this.#rates = new RateModel(models.rates, histories, scale);
    this.grid = grid;
  }

  /** Share of what later orders save that is given up, as they are made without foresight. */
  get givenUp(): number {
    return this.#models.rates.givenUp;
  }

  /** Demand as it is expected from some periods ahead on; none of an item that never sold. */
  outlook(item: StockItem, history: RateHistory, gap: number): Outlook | undefined {
    const { launch } = history;
    if (launch && isYoung(this.#models.launch, launch))
      return launchOutlook(this.#models.launch, launch, { ...item, gap });
    const rates = this.#rates.rates(history, Math.max(gap, item.start));
    if (!rates) return undefined;
    const courses = rates.map((rate) => new Float64Array(item.horizon).fill(rate, item.start));
    return { courses };
  }

  /** What is to be known to decide on an item. */
  deciding(item: StockItem, history: RateHistory): Deciding {
    const known = new Map<number, Outlook | undefined>();
    const outlookFor = ({ lead }: Mode) => {
      if (!known.has(lead)) known.set(lead, this.outlook(item, history, lead));
      return known.get(lead);
    };
    return { grid: this.grid, givenUp: this.givenUp, outlookFor };
  }

  /** The orders worth placing now. */
  orders(item: StockItem, history: RateHistory): Order[] {
    return decideOrders(item, this.deciding(item, history));
  }
}
