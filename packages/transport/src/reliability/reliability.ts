import { type Risks, riskOf } from '../search/risk.ts';
import type { Timetable } from '../timetable/timetable.ts';
import type { Movement, MovementTraits } from './history.ts';
import { type Count, type Group, priorStrength, ratioStrength, shrunk } from './shrinkage.ts';

/** How sure a flight is: the chance that it is cancelled, and for each knot that it is later than that if it is flown. */
export interface FlightReliability {
  readonly cancelled: number;
  readonly later: readonly number[];
}

/** Flights that share a trait; event 0 is a cancellation, event k being later than the knot before k. */
interface Node {
  readonly parent: Node | undefined;
  readonly counts: readonly Count[];
  chances: number[];
}

const MINUTES_PER_DAY = 1440;
const hourOf = ({ scheduled }: MovementTraits): number =>
  Math.floor((((scheduled % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY) / 60);

/** From the general to the special: all flights, those of a kind, of a carrier, of a number. */
const namesOf = ({ kind, carrier, flight }: MovementTraits): string[] => {
  return ['', kind, `${kind} ${carrier}`, `${kind} ${carrier} ${flight}`];
};
const placeOf = (traits: MovementTraits): string => `${traits.kind} ${traits.airport} ${hourOf(traits)}`;

const odds = (chance: number): number => chance / (1 - chance);

/**
 * How sure flights are, learned from those of the past by empirical Bayes: each group's own record counts for as much as
 * groups of its level differ more than chance explains. A flight is a number of a carrier of a kind; on top of that the
 * odds of its airport and hour (UTC) are set by what happened there beside what those flights were expected to do, so that
 * nothing is counted twice. Nothing is known of what happened after the last movement given: learn again as days go by.
 */
export class Reliability {
  readonly knots: readonly number[];
  readonly #nodes = new Map<string, Node>();
  /** Carriers and flights whatever their kind, for timetables that do not tell it; of several the one with most flights. */
  readonly #ofAnyKind = new Map<string, Node>();
  /** By place and event, the factor on the odds. */
  readonly #factors = new Map<string, number[]>();

  /** `knots` are ascending minutes from 0 at which lateness is told. Throws a RangeError when they are not. */
  constructor(movements: readonly Movement[], knots: readonly number[]) {
    if (knots[0] !== 0 || knots.some((knot, index) => knot <= (knots[index - 1] ?? -1))) {
      throw new RangeError('knots must ascend from 0');
    }
    this.knots = knots;
    for (const movement of movements) this.#count(movement);
    for (const level of namesOf({ flight: '', carrier: '', kind: 'unknown', airport: '', scheduled: 0 }).keys()) {
      this.#settle(level);
    }
    for (const { flight, carrier, kind } of movements) {
      this.#nameOfAnyKind(carrier, this.#nodes.get(`2 ${kind} ${carrier}`));
      this.#nameOfAnyKind(`${carrier} ${flight}`, this.#nodes.get(`3 ${kind} ${carrier} ${flight}`));
    }
    this.#learnPlaces(movements);
  }

  /** How sure a flight is; of one of which nothing is known, what is known of its carrier, of its kind, or of all. */
  of(traits: MovementTraits): FlightReliability {
    const [cancelled = 0, ...later] = this.#chances(traits).map((chance, event) => {
      const factor = this.#factors.get(placeOf(traits))?.[event] ?? 1;
      const adjusted = odds(Math.min(chance, 1 - 1e-9)) * factor;
      return adjusted / (1 + adjusted);
    });
    // Each knot is learned by itself; put right where noise makes it likelier to be very late than to be late.
    for (let knot = 1; knot < later.length; knot += 1) {
      later[knot] = Math.min(later[knot] as number, later[knot - 1] as number);
    }
    return { cancelled, later };
  }

  /** The risks of a timetable's connections, as a search takes them. */
  risksOf(timetable: Timetable): Risks {
    const { connectionCount } = timetable;
    const risks = { cancelled: new Int32Array(connectionCount), curveOf: new Int32Array(connectionCount) };
    const curves: Int32Array[] = [];
    const numbers = new Map<string, number>();
    const known = Array.from({ length: timetable.table.length }, (_, index) => {
      const { flight, carrier, kind, origin, departs } = timetable.departure(index);
      return this.of({ flight, carrier, kind, airport: origin, scheduled: departs });
    });
    for (let connection = 0; connection < connectionCount; connection += 1) {
      const legs = timetable.legsOf(connection).map((leg) => known[leg] as FlightReliability);
      risks.cancelled[connection] = legs.reduce((sum, { cancelled }) => sum + riskOf(1 - cancelled), 0);
      const curve = (legs.at(-1) as FlightReliability).later.map((chance) => riskOf(1 - chance));
      const key = curve.join(' ');
      const number = numbers.get(key) ?? curves.push(Int32Array.from(curve)) - 1;
      numbers.set(key, number);
      risks.curveOf[connection] = number;
    }
    return { ...risks, knots: Int32Array.from(this.knots), curves };
  }

  #node(names: readonly string[]): Node {
    let parent: Node | undefined;
    for (const [level, name] of names.entries()) {
      const key = `${level} ${name}`;
      let node = this.#nodes.get(key);
      if (!node) {
        const counts = Array.from({ length: this.knots.length + 1 }, () => ({ happened: 0, trials: 0 }));
        node = { parent, counts, chances: [] };
        this.#nodes.set(key, node);
      }
      parent = node;
    }
    return parent as Node;
  }

  #events({ delayMin }: Movement): (boolean | undefined)[] {
    return [
      delayMin === undefined,
      ...this.knots.map((knot) => (delayMin === undefined ? undefined : delayMin > knot)),
    ];
  }

  #count(movement: Movement): void {
    const events = this.#events(movement);
    for (let node: Node | undefined = this.#node(namesOf(movement)); node; node = node.parent) {
      for (const [event, count] of node.counts.entries()) {
        if (events[event] === undefined) continue;
        count.trials += 1;
        if (events[event]) count.happened += 1;
      }
    }
  }

  /** Settles the chances of all groups of a level by those of the level before. */
  #settle(level: number): void {
    const nodes = [...this.#nodes].filter(([key]) => key.startsWith(`${level} `)).map(([, node]) => node);
    for (let event = 0; event <= this.knots.length; event += 1) {
      const groups = nodes.map(({ parent, counts }) => {
        const { happened, trials } = counts[event] as Count;
        return { happened, trials, expected: parent?.chances[event] ?? happened / Math.max(1, trials) };
      });
      const strength = priorStrength(groups);
      for (const [index, node] of nodes.entries()) node.chances[event] = shrunk(groups[index] as Group, strength);
    }
  }

  #nameOfAnyKind(name: string, node: Node | undefined): void {
    const before = this.#ofAnyKind.get(name)?.counts[0]?.trials ?? -1;
    if (node && (node.counts[0] as Count).trials > before) this.#ofAnyKind.set(name, node);
  }

  #chances(traits: MovementTraits): readonly number[] {
    const { kind, carrier, flight } = traits;
    const known = this.#ofAnyKind.get(`${carrier} ${flight}`) ?? this.#ofAnyKind.get(carrier);
    if (kind === 'unknown' && known) return known.chances;
    const names = namesOf(traits);
    for (let level = names.length - 1; level >= 0; level -= 1) {
      const node = this.#nodes.get(`${level} ${names[level]}`);
      if (node) return node.chances;
    }
    return new Array<number>(this.knots.length + 1).fill(0);
  }

  #learnPlaces(movements: readonly Movement[]): void {
    const places = new Map<string, { happened: number; awaited: number }[]>();
    for (const movement of movements) {
      const place = placeOf(movement);
      const chances = this.#chances(movement);
      const counts = places.get(place) ?? chances.map(() => ({ happened: 0, awaited: 0 }));
      places.set(place, counts);
      for (const [event, happened] of this.#events(movement).entries()) {
        const count = counts[event];
        if (happened === undefined || !count) continue;
        count.awaited += chances[event] as number;
        if (happened) count.happened += 1;
      }
    }
    const strengths = Array.from({ length: this.knots.length + 1 }, (_, event) =>
      ratioStrength([...places.values()].map((counts) => counts[event] as { happened: number; awaited: number })),
    );
    for (const [place, counts] of places) {
      const factors = counts.map(({ happened, awaited }, event) => {
        const strength = strengths[event] as number;
        return strength === Number.POSITIVE_INFINITY ? 1 : (happened + strength) / (awaited + strength);
      });
      this.#factors.set(place, factors);
    }
  }
}
