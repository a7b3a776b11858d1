import type { DiscreteDistribution } from '@crossparcel/numerics';
import {
  type CountryCode,
  type Dimensions,
  type HandlingClass,
  type Identifier,
  type Nanos,
  type Ratio,
  sidesMm,
  WEEKDAYS,
} from '@crossparcel/units';
import * as z from 'zod';
import { type LinePrice, linePriceSchema } from '../rate-cards/line-price.ts';
import type { LastMile } from './last-mile.ts';
import { transitSchema } from './transit.ts';

/** Schema of a lane of a network file: from a hub by air to a gateway, on certain weekdays, so much a day. */
export const laneSchema = z.object({
  id: z.string(),
  from: z.string(),
  airport: z.string(),
  gateway: z.string(),
  markets: z.array(z.string()).min(1),
  service: z.string(),
  price: linePriceSchema,
  capacityKgPerDay: z.number().positive(),
  departs: z.array(z.enum(WEEKDAYS)).min(1),
  transitDays: transitSchema,
  limits: z.object({
    maxGrams: z.int().positive(),
    maxSideMm: z.int().positive(),
    maxSumMm: z.int().positive(),
  }),
  handling: z.array(z.string()),
  batterySurcharge: z.number().nullable(),
  lossRate: z.number().min(0).max(1),
  lastMile: z.string().nullable(),
  customs: z.object({ channel: z.string() }),
});
export type LaneRecord = z.infer<typeof laneSchema>;

/** A lane, prices in the plan's currency. */
export interface Lane {
  readonly id: Identifier;
  readonly from: Identifier;
  readonly airport: Identifier;
  readonly gateway: Identifier;
  readonly markets: ReadonlySet<CountryCode>;
  readonly service: string;
  readonly price: LinePrice;
  readonly batterySurcharge: Nanos;
  /** Of clearance at the gateway; nothing on a lane to the door. */
  readonly clearance: Nanos;
  readonly capacityGramsPerDay: number;
  /** By weekday, Monday first. */
  readonly departs: readonly boolean[];
  /** Calendar days from departure to release at the gateway, or to the door when there is no last mile. */
  readonly transit: DiscreteDistribution;
  readonly limits: LaneRecord['limits'];
  readonly handling: ReadonlySet<HandlingClass>;
  readonly lossRate: Ratio;
  readonly lastMile: LastMile | undefined;
  readonly channel: string;
}

/** Whether a lane takes a parcel of this size and mass. */
export const withinLimits = (limits: Lane['limits'], outer: Dimensions, grossGrams: number): boolean => {
  const [long, middle, short] = sidesMm(outer);
  return grossGrams <= limits.maxGrams && long <= limits.maxSideMm && long + middle + short <= limits.maxSumMm;
};
