import type { Assignment, CapacityAdvice, CapacityCosts, CapacityProblem, Share } from '@crossparcel/transport';
import { formatInstant, formatMinor, minorDigits, problemDetails, WEEKDAYS } from '@crossparcel/units';
import type { Entry } from './assign-input.ts';

const MS_PER_MINUTE = 60_000;
const GRAMS_PER_KG = 1000;
/** Decimals of a bid price in major units. */
const BID_DECIMALS = 4;

/** Writes an assignment as records with the ids of its problem, and money as decimals. */
export class AssignmentRecords {
  readonly #problem: CapacityProblem;
  readonly #assignment: Assignment;

  constructor(problem: CapacityProblem, assignment: Assignment) {
    this.#problem = problem;
    this.#assignment = assignment;
  }

  #money(minor: number): string {
    return formatMinor(minor, this.#problem.currency);
  }

  #legId(leg: number): string {
    return this.#problem.legs[leg]?.id ?? '';
  }

  shipment(entry: Entry): object {
    if ('fault' in entry) return { id: entry.id, error: problemDetails(entry.fault) };
    const shares = this.#assignment.shares[entry.consignment] ?? [];
    const flown = shares.filter(({ path }) => path !== undefined).length;
    const cost = shares.reduce(
      (sum, { costs }) => sum + costs.freight + costs.lateness + costs.rebooking + costs.unflown,
      0,
    );
    return {
      id: entry.id,
      status: flown === 0 ? 'unflown' : shares.length === 1 ? 'assigned' : 'parted',
      shares: shares.map((share) => this.#share(entry.consignment, share)),
      cost: this.#money(cost),
      currency: this.#problem.currency,
    };
  }

  #share(consignment: number, { path, pieces, massGrams, master, costs }: Share): object {
    const given = this.#problem.consignments[consignment];
    const way = path === undefined ? undefined : given?.paths[path];
    const amounts = Object.fromEntries(Object.entries(costs).map(([name, minor]) => [name, this.#money(minor)]));
    if (!way || !given) return { legs: [], pieces, massGrams, costs: amounts };
    return {
      legs: way.legs.map((leg) => this.#legId(leg)),
      pieces,
      massGrams,
      master,
      arrivesAt: formatInstant(way.arrives * MS_PER_MINUTE),
      lateMin: Math.max(0, way.arrives - given.due),
      costs: amounts,
    };
  }

  /** Costs that add up, the bound that proves how good they are, and the legs whose room has a price or a block. */
  summary(): object {
    const { costs, bound, legs, shares } = this.#assignment;
    const scarce = legs.flatMap(({ usedGrams, bidPerKg, beyondBlock, blockUsed, blockUnused }, leg) => {
      const { block, capacityGrams } = this.#problem.legs[leg] ?? {};
      if (bidPerKg === 0 && !block) return [];
      const blocks = block && {
        beyondBlock: this.#money(beyondBlock),
        blockUsed: this.#money(blockUsed),
        blockUnused: this.#money(blockUnused),
      };
      const bid = { bidPerKg: (bidPerKg / 10 ** minorDigits(this.#problem.currency)).toFixed(BID_DECIMALS) };
      return [{ leg: this.#legId(leg), usedGrams, capacityGrams, ...bid, ...blocks }];
    });
    const names = Object.keys(costs) as (keyof CapacityCosts)[];
    return {
      shipments: shares.length,
      unflown: shares.filter((parts) => parts.some(({ path }) => path === undefined)).length,
      costs: Object.fromEntries(names.map((name) => [name, this.#money(costs[name])])),
      bound: this.#money(bound),
      gap: costs.total === 0 ? 0 : Number(((costs.total - bound) / costs.total).toFixed(6)),
      currency: this.#problem.currency,
      legs: scarce,
    };
  }

  advice({ kind, weekday, gateway, legs, days, steps, best }: CapacityAdvice): object {
    const day = WEEKDAYS[weekday - 1];
    const kilograms = (grams: number) => `${Math.round(grams / GRAMS_PER_KG).toLocaleString('en-US')} kg`;
    const what = {
      room: `${kilograms(best.grams)} more`,
      frequency: `the offered flight with ${kilograms(best.grams)}`,
      gateway: `opening the gateway with ${kilograms(best.grams)}`,
      block: `giving up ${kilograms(best.grams)} of the block`,
    }[kind];
    const money = (minor: number) => this.#money(minor);
    return {
      advice: kind,
      what: `${what} on each ${day} to ${gateway} saves ${money(best.savesPerDay)} ${this.#problem.currency} a week`,
      weekday: day,
      gateway,
      legs: legs.map((leg) => this.#legId(leg)),
      days,
      saves: money(best.saves),
      currency: this.#problem.currency,
      steps: steps.map(({ grams, saves, savesPerDay, savesPerTonne }) => {
        return { grams, saves: money(saves), savesPerWeek: money(savesPerDay), savesPerTonne: money(savesPerTonne) };
      }),
    };
  }
}
