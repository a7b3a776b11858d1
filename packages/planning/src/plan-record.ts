import {
  COST_KINDS,
  type Costs,
  type CurrencyCode,
  formatDay,
  formatInstant,
  formatMinor,
  type Leg,
  MS_PER_DAY,
  type Parcel,
  sellerCost,
  totalCost,
} from '@crossparcel/units';
import * as z from 'zod';
import type { Closed, Option } from './options/option.ts';
import type { Decision } from './planner.ts';

const money = z.string();
const costs = z.object({ ...Object.fromEntries(COST_KINDS.map((kind) => [kind, money])), total: money });
const leg = z.object({
  kind: z.enum(['linehaul', 'last-mile']),
  service: z.string(),
  from: z.string(),
  via: z.string().optional(),
  to: z.string(),
  departs: z.string(),
  arrives: z.object({ p50: z.string(), p90: z.string() }),
});

/** Schema of a row of `plan.ndjson`: one order. Money in major units of the plan's currency. */
export const planRecordSchema = z.object({
  orderId: z.string(),
  mode: z.enum(['direct', 'local', 'split', 'held']),
  facility: z.string().nullable(),
  parcels: z.array(
    z.object({
      facility: z.string(),
      carton: z.string().nullable(),
      lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
      grossGrams: z.int(),
      billableGrams: z.int(),
      procedure: z.string(),
      legs: z.array(leg),
      service: z.string(),
    }),
  ),
  legs: z.array(leg),
  costs,
  /** What the options are compared by: the total without tax, which falls on the buyer in every mode. */
  sellerCost: money,
  promisedAt: z.string().nullable(),
  /** The cheapest other ways with their costs, then ways that were closed, each with the reason. */
  losers: z.array(
    z.object({
      mode: z.string(),
      facility: z.string(),
      service: z.string(),
      costs: costs.optional(),
      sellerCost: money.optional(),
      why: z.string(),
    }),
  ),
  /** What would have to change for another way to win. */
  flips: z.array(
    z.object({ mode: z.string(), facility: z.string(), service: z.string(), by: money, when: z.string() }),
  ),
  holds: z.array(z.object({ code: z.string(), why: z.string(), mend: z.string() })).optional(),
  assumptions: z.array(z.string()).optional(),
});
export type PlanRecord = z.infer<typeof planRecordSchema>;

const MOST_LOSERS = 3;

/** A decision as `plan.ndjson` shows it. */
export const planRecord = (decision: Decision, currency: CurrencyCode): PlanRecord => {
  const { chosen, due, holds } = decision;
  const text = (minor: number) => formatMinor(minor, currency);
  const parcels = chosen?.parcels ?? [];
  return {
    orderId: decision.order.id,
    mode: chosen?.mode ?? 'held',
    facility: chosen?.facility ?? null,
    parcels: parcels.map(parcelText),
    legs: latestLegs(parcels).map(legText),
    costs: costsText(decision.costs, currency),
    sellerCost: text(sellerCost(decision.costs)),
    promisedAt: due === undefined ? null : formatInstant((due + 1) * MS_PER_DAY - 1000),
    losers: losersOf(decision, currency),
    flips: flipsOf(decision, currency),
    ...(holds.length > 0 && { holds: [...holds] }),
    ...(chosen && chosen.assumptions.length > 0 && { assumptions: [...chosen.assumptions] }),
  };
};

/** Costs by kind and their sum, as text. */
export const costsText = (byKind: Costs, currency: CurrencyCode): PlanRecord['costs'] => ({
  ...Object.fromEntries(COST_KINDS.map((kind) => [kind, formatMinor(byKind[kind], currency)])),
  total: formatMinor(totalCost(byKind), currency),
});

const legText = ({ kind, service, from, via, to, departs, arrives }: Leg): PlanRecord['legs'][number] => ({
  kind,
  service,
  from,
  ...(via === undefined ? {} : { via }),
  to,
  departs: formatDay(departs),
  arrives: { p50: formatDay(arrives.p50), p90: formatDay(arrives.p90) },
});

const parcelText = ({ facility, carton, lines, legs, ...parcel }: Parcel): PlanRecord['parcels'][number] => ({
  facility,
  carton: carton ?? null,
  lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
  grossGrams: parcel.grossGrams,
  billableGrams: parcel.billableGrams,
  procedure: parcel.procedure,
  legs: legs.map(legText),
  service: parcel.service,
});

/** An order travels as long as its latest parcel. */
const latestLegs = (parcels: readonly Parcel[]): readonly Leg[] => {
  let latest: readonly Leg[] = [];
  for (const { legs } of parcels) {
    if ((legs.at(-1)?.arrives.p90 ?? 0) > (latest.at(-1)?.arrives.p90 ?? Number.NEGATIVE_INFINITY)) latest = legs;
  }
  return latest;
};

const losersOf = ({ chosen, losers, closed }: Decision, currency: CurrencyCode): PlanRecord['losers'] => [
  ...losers.slice(0, MOST_LOSERS).map((option) => ({
    mode: option.mode,
    facility: option.facility,
    service: option.service,
    costs: costsText(option.costs, currency),
    sellerCost: formatMinor(sellerCost(option.costs), currency),
    why: chosen ? dearerBy(option, chosen, currency) : '',
  })),
  ...closed.map(({ mode, facility, service, why }: Closed) => ({ mode, facility, service, why })),
];

/** `costs 2.31 more: freight +1.20, lateness +1.11`, the kinds by size. */
const dearerBy = (option: Option, chosen: Option, currency: CurrencyCode): string => {
  const differences = COST_KINDS.filter((kind) => kind !== 'tax')
    .map((kind) => ({ kind, more: option.costs[kind] - chosen.costs[kind] }))
    .filter(({ more }) => more !== 0)
    .sort((a, b) => Math.abs(b.more) - Math.abs(a.more))
    .map(({ kind, more }) => `${kind} ${more > 0 ? '+' : ''}${formatMinor(more, currency)}`);
  const margin = sellerCost(option.costs) - sellerCost(chosen.costs);
  if (margin === 0) return 'costs the same; stock goes first, then the earlier name';
  return `costs ${formatMinor(margin, currency)} more: ${differences.join(', ')}`;
};

const flipsOf = ({ chosen, losers }: Decision, currency: CurrencyCode): PlanRecord['flips'] => {
  const [runnerUp] = losers;
  if (!chosen || !runnerUp) return [];
  const by = formatMinor(sellerCost(runnerUp.costs) - sellerCost(chosen.costs), currency);
  const when = `${runnerUp.service} gets cheaper, or ${chosen.service} dearer, by more than ${by}`;
  return [{ mode: runnerUp.mode, facility: runnerUp.facility, service: runnerUp.service, by, when }];
};
