import type { Edges } from './edges.ts';
import type { GroundNetwork } from './ground.ts';

/** What goods at a place have at least before them to a target, by legs left and place; infinite where none leads there. */
export interface Bounds {
  readonly minutes: Float64Array;
  readonly pricePerKg: Float64Array;
  readonly risk: Float64Array;
}

/** One criterion: bounds by layer of legs left, filled backwards from the target. */
class BoundOfOne {
  readonly bound: Float64Array;
  readonly #places: number;

  constructor(target: number, places: number, layers: number) {
    this.#places = places;
    this.bound = new Float64Array(layers * places).fill(Number.POSITIVE_INFINITY);
    for (let layer = 0; layer < layers; layer += 1) this.bound[layer * places + target] = 0;
  }

  /** Takes what leads to a place as a way for the place where it begins; whether that is shorter than any known. */
  lower(layer: number, from: number, value: number): boolean {
    const at = layer * this.#places + from;
    if (value >= (this.bound[at] as number)) return false;
    this.bound[at] = value;
    return true;
  }

  at(layer: number, place: number): number {
    return this.bound[layer * this.#places + place] as number;
  }
}

/**
 * Bounds towards a target by walking backwards, a layer for each leg more (Bellman and Ford). They ignore the timetable and
 * the room on flights, so a way is never shorter, cheaper or surer than they say.
 */
export const boundsTo = (
  target: number,
  places: number,
  maxLegs: number,
  edges: Edges,
  ground: GroundNetwork,
): Bounds => {
  const criteria = [edges.minutes, edges.pricePerKg, edges.risk].map((least) => ({
    least,
    one: new BoundOfOne(target, places, maxLegs + 1),
  }));
  let reached = [target];
  for (let layer = 0; layer <= maxLegs; layer += 1) {
    const touched = new Set(reached);
    if (layer > 0) {
      for (const place of reached) for (const { one } of criteria) one.lower(layer, place, one.at(layer - 1, place));
      for (const place of reached) {
        for (let edge = edges.starts[place] as number; edge < (edges.starts[place + 1] as number); edge += 1) {
          const from = edges.from[edge] as number;
          const before = layer - (edges.legs[edge] as number);
          if (before < 0) continue;
          touched.add(from);
          for (const { least, one } of criteria)
            one.lower(layer, from, one.at(before, place) + (least[edge] as number));
        }
      }
    }
    const open = [...touched];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      for (const leg of ground.into(place)) {
        const costs = [leg.minutes, leg.pricePerKg, 0];
        const isLower = criteria.map(({ one }, index) =>
          one.lower(layer, leg.from, one.at(layer, place) + (costs[index] as number)),
        );
        if (!isLower.includes(true)) continue;
        touched.add(leg.from);
        open.push(leg.from);
      }
    }
    reached = [...touched];
  }
  const [minutes, pricePerKg, risk] = criteria.map(({ one }) => one.bound);
  return { minutes: minutes as Float64Array, pricePerKg: pricePerKg as Float64Array, risk: risk as Float64Array };
};
