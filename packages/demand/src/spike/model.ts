import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import { forestSchema } from '../trees/forest.ts';
import { cellGridSchema } from './cell-grid.ts';
import { conversionSchema } from './conversion.ts';
import { growthLinesSchema } from './growth-lines.ts';
import { heldSchema } from './held.ts';
import type { NextCountriesModelRecord } from './next-countries/next-countries.ts';
import { SPIKE_LEVELS } from './span.ts';
import { videoGrowthSchema } from './video-growth.ts';
import type { ViewsModelRecord } from './views/sizer.ts';

const common = {
  id: z.string(),
  ...datedFields,
  /** Seconds: the youngest and oldest age learned from, and the last horizon. */
  firstAge: z.number().positive(),
  lastAge: z.number().positive(),
  horizon: z.number().positive(),
  held: z.array(heldSchema),
};

/** All that lines were learned from came to more. */
const leastTotal = z.number().nonnegative();

/** Counters of shares: a forest a level, and lines. */
export const counterModelSchema = z.strictObject({
  ...common,
  /** Names of platforms that forests tell apart. */
  platforms: z.array(z.string()),
  forests: z.array(forestSchema).length(SPIKE_LEVELS.length),
  lines: growthLinesSchema,
  leastTotal,
});
export type CounterModelRecord = z.infer<typeof counterModelSchema>;

/** Shares one by one: lines on times alone, and on times and followers. */
export const cascadeModelSchema = z.strictObject({
  ...common,
  times: growthLinesSchema,
  followers: growthLinesSchema,
  leastTotal,
});
export type CascadeModelRecord = z.infer<typeof cascadeModelSchema>;

/** Where it is told what a product sold before, and for all others. */
const basesSchema = z.object({ toldBase: cellGridSchema, anyBase: cellGridSchema });

/** Orders after a video: forests for the growth of views, and lines on orders alone and on orders and views. */
export const orderModelSchema = z.strictObject({
  ...common,
  views: videoGrowthSchema,
  conversion: conversionSchema,
  alone: cellGridSchema,
  /** On orders and views, where the kind of the video is told and where it is guessed. */
  withViews: z.object({ told: basesSchema, guessed: basesSchema }),
});
export type OrderModelRecord = z.infer<typeof orderModelSchema>;

/** All that spikes are sized by. */
export interface SpikeModels {
  readonly counter: CounterModelRecord;
  readonly cascade: CascadeModelRecord;
  readonly orders: OrderModelRecord;
  readonly views: ViewsModelRecord;
  readonly nextCountries: NextCountriesModelRecord;
}
