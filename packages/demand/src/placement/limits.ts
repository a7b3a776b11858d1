import { allocate, type Choice } from './allocation.ts';
import { type Order, orderChoices } from './decision.ts';
import type { StockItem } from './item.ts';
import type { Placer } from './placer.ts';
import type { RateHistory } from './rate-model.ts';
import type { ScenarioLimits, ScenarioSku } from './scenario.ts';

/** What limits left of the orders. */
export interface Limited {
  /** Orders by item. */
  readonly orders: readonly (readonly Order[])[];
  /** Items that were worth more than they got. */
  readonly curbed: ReadonlySet<number>;
  /** Expected saving of the orders beside placing none now, and a bound that no choice within the limits can pass. */
  readonly gain: number;
  readonly bound: number;
}

interface LimitedItem {
  readonly record: ScenarioSku;
  readonly now: StockItem;
  readonly history: RateHistory;
}

/** Room of one kind that orders draw on. */
interface Resource {
  readonly room: number;
  readonly use: (item: LimitedItem, order: Order) => number;
}

const MEASURES = ['units', 'massGrams', 'volumeMm3'] as const;
type Measure = (typeof MEASURES)[number];

/** What a unit takes of a measure; nothing where the product does not say. */
const sizeOf = ({ record }: LimitedItem, measure: Measure): number =>
  measure === 'units' ? 1 : (record[measure] ?? 0);

/** Units there and on the way. */
const held = ({ now }: LimitedItem): number => now.stock + now.arrivals.reduce((sum, quantity) => sum + quantity, 0);

const modeResources = (capacity: NonNullable<ScenarioLimits['capacity']>): Resource[] =>
  Object.entries(capacity).flatMap(([mode, { containers = 1, ...room }]) =>
    MEASURES.flatMap((measure) => {
      const each = room[measure];
      if (each === undefined) return [];
      const use = (item: LimitedItem, order: Order) =>
        order.mode.id === mode ? order.quantity * sizeOf(item, measure) : 0;
      return [{ room: each * containers, use }];
    }),
  );

const facilityResources = (
  facilities: NonNullable<ScenarioLimits['facilities']>,
  items: readonly LimitedItem[],
): Resource[] =>
  Object.entries(facilities).flatMap(([facility, room]) =>
    MEASURES.flatMap((measure) => {
      const whole = room[measure];
      if (whole === undefined) return [];
      const taken = items.reduce(
        (sum, item) => sum + (item.record.facility === facility ? held(item) * sizeOf(item, measure) : 0),
        0,
      );
      const use = (item: LimitedItem, order: Order) =>
        item.record.facility === facility ? order.quantity * sizeOf(item, measure) : 0;
      return [{ room: Math.max(0, whole - taken), use }];
    }),
  );

const resourcesOf = (limits: ScenarioLimits, items: readonly LimitedItem[]): Resource[] => {
  const { budget, orders, capacity = {}, facilities = {} } = limits;
  return [
    ...(budget === undefined
      ? []
      : [
          {
            room: Number(budget),
            use: (_item: LimitedItem, { mode, quantity }: Order) => mode.perOrder + mode.perUnit * quantity,
          },
        ]),
    ...(orders === undefined ? [] : [{ room: orders, use: () => 1 }]),
    ...modeResources(capacity),
    ...facilityResources(facilities, items),
  ];
};

/** Decides the orders of all items together, so that limits on money, orders and room hold. */
export const placeWithin = async (
  items: readonly LimitedItem[],
  limits: ScenarioLimits,
  placer: Placer,
): Promise<Limited> => {
  const resources = resourcesOf(limits, items);
  const byItem = items.map((item) => orderChoices(item.now, placer.deciding(item.now, item.history)));
  const choices: Choice[][] = byItem.map((options, at) =>
    options.map((orders) => ({
      value: orders.reduce((sum, { gain }) => sum + gain, 0),
      use: resources.map(({ use }) => orders.reduce((sum, order) => sum + use(items[at] as LimitedItem, order), 0)),
    })),
  );
  const allocation = await allocate(
    choices,
    resources.map(({ room }) => room),
  );
  const curbed = new Set<number>();
  const orders = byItem.map((options, at) => {
    const chosen = allocation.chosen[at] as number;
    const best = Math.max(0, ...(choices[at] as Choice[]).map(({ value }) => value));
    if (chosen < 0 && best > 0) curbed.add(at);
    return chosen < 0 ? [] : (options[chosen] as readonly Order[]);
  });
  return { orders, curbed, gain: allocation.value, bound: allocation.bound };
};
