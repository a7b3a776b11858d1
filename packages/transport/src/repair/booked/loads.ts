import type { Leg } from '../../search/leg.ts';
import type { Timetable } from '../../timetable/timetable.ts';

/** What takes room: goods by name, with their mass. */
interface Load {
  readonly id: string;
  readonly massGrams: number;
}

const departuresOf = (legs: readonly Leg[]): number[] =>
  legs.flatMap((leg) => (leg.kind === 'flight' ? [leg.departure] : []));

/** What is booked on each departure, and the room that is left there. */
export class Loads {
  /** Grams free by departure; below nothing where more is booked than there is room. Searches read it as it stands. */
  readonly roomGrams: Float64Array;
  readonly #booked = new Map<number, Map<string, number>>();

  constructor({ state }: Timetable) {
    this.roomGrams = state.capacityGrams.slice();
  }

  /** Takes room for goods on legs. */
  hold({ id, massGrams }: Load, legs: readonly Leg[]): void {
    for (const departure of departuresOf(legs)) {
      this.change(departure, -massGrams);
      const those = this.#booked.get(departure) ?? new Map<string, number>();
      this.#booked.set(departure, those.set(id, massGrams));
    }
  }

  /** Gives it back. */
  release({ id, massGrams }: Load, legs: readonly Leg[]): void {
    for (const departure of departuresOf(legs)) {
      this.change(departure, massGrams);
      this.#booked.get(departure)?.delete(id);
    }
  }

  /** More room on a departure, or less. */
  change(departure: number, grams: number): void {
    this.roomGrams[departure] = (this.roomGrams[departure] as number) + grams;
  }

  /** Names of the goods on a departure. */
  on(departure: number): string[] {
    return [...(this.#booked.get(departure)?.keys() ?? [])];
  }

  /** Grams booked above the room of a departure; nothing or less where there is enough. */
  overBy(departure: number): number {
    return -(this.roomGrams[departure] as number);
  }

  /** Departures that carry anything, with the grams on them. */
  used(): [departure: number, grams: number][] {
    const loaded = [...this.#booked].filter(([, goods]) => goods.size > 0);
    return loaded.map(([departure, goods]) => [departure, [...goods.values()].reduce((sum, grams) => sum + grams, 0)]);
  }
}
