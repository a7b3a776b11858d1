import { type Weekday, weekdayOf } from '@crossparcel/units';
import type { CapacityModel, RoomChange } from './model.ts';
import type { Assignment, CapacityLeg } from './problem.ts';

/** Additions that are tried for each weekday and gateway. */
const STEPS_GRAMS = [500_000, 1_000_000, 2_000_000, 5_000_000];
/** Groups of legs looked into for each kind of advice, those first that promise most. */
const GROUPS = 12;
const GRAMS_PER_TONNE = 1_000_000;
/** What an addition or reduction on all such days saves, found by solving the linear relaxation with it. */
export interface AdviceStep {
  /** Mass a day. */
  readonly grams: number;
  /** Minor units over all days of the problem, after what the room itself costs at the legs' price. */
  readonly saves: number;
  readonly savesPerDay: number;
  readonly savesPerTonne: number;
}

/**
 * `room`: more room on flights that are used; `frequency`: an offered flight to a gateway that is served; `gateway`: one to a
 * gateway that is not; `block`: part of a hard block to give up.
 */
export interface CapacityAdvice {
  readonly kind: 'room' | 'frequency' | 'gateway' | 'block';
  readonly weekday: Weekday;
  readonly gateway: string;
  /** One leg for each day on which it happens. */
  readonly legs: readonly number[];
  readonly days: number;
  /** Ascending mass; the first step of the list need not be the best. */
  readonly steps: readonly AdviceStep[];
  /** The step that saves most. */
  readonly best: AdviceStep;
}

interface Group {
  readonly weekday: Weekday;
  readonly gateway: string;
  readonly legs: number[];
}

const groupsOf = (legs: readonly CapacityLeg[], takes: (leg: CapacityLeg, index: number) => boolean): Group[] => {
  const groups = new Map<string, Group>();
  for (const [index, leg] of legs.entries()) {
    if (!takes(leg, index)) continue;
    const weekday = weekdayOf(leg.day);
    const key = `${weekday} ${leg.gateway}`;
    const group = groups.get(key) ?? { weekday, gateway: leg.gateway, legs: [] };
    group.legs.push(index);
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** Tries changes of room in a kept model. */
class Adviser {
  readonly #legs: readonly CapacityLeg[];
  readonly #model: CapacityModel;
  readonly #assignment: Assignment;
  readonly #now: number;

  constructor(legs: readonly CapacityLeg[], model: CapacityModel, assignment: Assignment) {
    this.#legs = legs;
    this.#model = model;
    this.#assignment = assignment;
    this.#now = model.relaxedCost();
  }

  advice(): CapacityAdvice[] {
    return [...this.#moreRoom(), ...this.#offered(), ...this.#idleBlocks()]
      .filter(({ best }) => best.saves > 0)
      .sort((one, other) => other.best.saves - one.best.saves || (one.legs[0] ?? 0) - (other.legs[0] ?? 0));
  }

  #bid(leg: number): number {
    return this.#assignment.legs[leg]?.bidPerKg ?? 0;
  }

  #day(leg: number): number {
    return (this.#legs[leg] as CapacityLeg).day;
  }

  /** The leg with the highest bid of each day. */
  #dearest({ legs }: Group): number[] {
    const byDay = new Map<number, number>();
    for (const leg of legs) {
      const other = byDay.get(this.#day(leg));
      if (other === undefined || this.#bid(leg) > this.#bid(other)) byDay.set(this.#day(leg), leg);
    }
    return [...byDay.values()];
  }

  #byPromise(groups: readonly Group[], promise: (leg: number) => number): Group[] {
    const sum = ({ legs }: Group) => legs.reduce((all, leg) => all + promise(leg), 0);
    return groups
      .map((group) => ({ group, sum: sum(group) }))
      .filter((one) => one.sum > 0)
      .sort((one, other) => other.sum - one.sum)
      .slice(0, GROUPS)
      .map(({ group }) => group);
  }

  #step(days: number, grams: number, changes: readonly RoomChange[]): AdviceStep {
    const saves = Math.floor(this.#now - this.#model.relaxedCostIf(changes));
    return {
      grams,
      saves,
      savesPerDay: Math.floor(saves / days),
      savesPerTonne: grams === 0 ? 0 : Math.floor((saves * GRAMS_PER_TONNE) / (grams * days)),
    };
  }

  #of(
    kind: CapacityAdvice['kind'],
    group: Group,
    legs: readonly number[],
    steps: readonly AdviceStep[],
  ): CapacityAdvice {
    const best = steps.reduce((one, other) => (other.saves > one.saves ? other : one));
    const days = new Set(legs.map((leg) => this.#day(leg))).size;
    return { kind, weekday: group.weekday, gateway: group.gateway, legs, days, steps, best };
  }

  #moreRoom(): CapacityAdvice[] {
    const groups = groupsOf(this.#legs, ({ offered, capacityGrams }) => !offered && capacityGrams > 0);
    return this.#byPromise(
      groups.map((group) => ({ ...group, legs: this.#dearest(group) })),
      (leg) => this.#bid(leg),
    ).map((group) => {
      const { legs } = group;
      const steps = STEPS_GRAMS.map((grams) => {
        const more = (leg: number) => this.#model.roomOf(leg).capacityGrams + grams;
        const changes = legs.map((leg): RoomChange => ({ kind: 'room', leg, capacityGrams: more(leg) }));
        return this.#step(legs.length, grams, changes);
      });
      return this.#of('room', group, legs, steps);
    });
  }

  #offered(): CapacityAdvice[] {
    const served = new Set(this.#legs.filter(({ offered }) => !offered).map(({ gateway }) => gateway));
    const groups = groupsOf(this.#legs, ({ offered }) => offered === true);
    return this.#byPromise(groups, (leg) => this.#bid(leg)).map((group) => {
      const room = (leg: number) => (this.#legs[leg] as CapacityLeg).capacityGrams;
      const changes = group.legs.map((leg): RoomChange => ({ kind: 'room', leg, capacityGrams: room(leg) }));
      const days = new Set(group.legs.map((leg) => this.#day(leg))).size;
      const grams = Math.round(group.legs.reduce((sum, leg) => sum + room(leg), 0) / days);
      const kind = served.has(group.gateway) ? 'frequency' : 'gateway';
      return this.#of(kind, group, group.legs, [this.#step(days, grams, changes)]);
    });
  }

  /** Blocks cut to what is used of them, and given up whole; the room goes with them. */
  #idleBlocks(): CapacityAdvice[] {
    const unused = (leg: number) => this.#assignment.legs[leg]?.blockUnused ?? 0;
    const groups = groupsOf(this.#legs, (_, leg) => unused(leg) > 0);
    return this.#byPromise(groups, unused).map((group) => {
      const { legs } = group;
      const days = new Set(legs.map((leg) => this.#day(leg))).size;
      const steps = [(leg: number) => this.#assignment.legs[leg]?.usedGrams ?? 0, () => 0].map((kept) => {
        let given = 0;
        const changes = legs.flatMap((leg): RoomChange[] => {
          const { capacityGrams, blockGrams } = this.#model.roomOf(leg);
          const grams = Math.min(blockGrams, kept(leg));
          given += blockGrams - grams;
          const left = capacityGrams - (blockGrams - grams);
          return [
            { kind: 'block', leg, grams },
            { kind: 'room', leg, capacityGrams: left },
          ];
        });
        return this.#step(days, Math.round(given / days), changes);
      });
      return this.#of('block', group, legs, steps);
    });
  }
}

/**
 * Which room would pay, and which does not: groups of legs by weekday and gateway whose bid prices promise most, each tried
 * by solving the kept linear relaxation with more room, with an offered flight, or without an idle block. What it saves is
 * therefore what that much would save, not a marginal price stretched. The model is as before afterwards.
 */
export const adviseCapacity = (
  legs: readonly CapacityLeg[],
  model: CapacityModel,
  assignment: Assignment,
): CapacityAdvice[] => new Adviser(legs, model, assignment).advice();
