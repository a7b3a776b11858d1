import { volumeMm3 } from '@crossparcel/units';
import type { Carton } from './carton.ts';
import type { ItemType } from './item-type.ts';
import type { Room } from './pass.ts';

/** A carton as the search sees it: rigid, with inner room. A soft mailer gives one choice for each thickness. */
export interface Choice {
  /** The carton of the set, whose supply and price count. */
  readonly source: Carton;
  readonly outer: Carton['outer'];
  readonly room: Room;
  readonly volume: number;
}

/** A soft mailer is offered in thicknesses of whole steps: finer would multiply choices, coarser waste a postal format. */
const THICKNESS_STEP_MM = 5;

const rigid = (carton: Carton): Choice => {
  const { lengthMm: length, widthMm: width, heightMm: height } = carton.inner;
  return { source: carton, outer: carton.outer, room: { length, width, height }, volume: volumeMm3(carton.inner) };
};

/**
 * What a pouch of some thickness holds: its walls go up beside the content, so that a content of height h has h less of
 * length and of width (half on each side).
 */
const thicknesses = (carton: Carton): Choice[] => {
  const { inner, outer } = carton;
  const choices: Choice[] = [];
  for (let step = THICKNESS_STEP_MM; ; step += THICKNESS_STEP_MM) {
    const height = Math.min(step, inner.heightMm);
    const room = { length: inner.lengthMm - height, width: inner.widthMm - height, height };
    if (room.length <= 0 || room.width <= 0) break;
    choices.push({
      source: carton,
      outer: { ...outer, heightMm: height + outer.heightMm - inner.heightMm },
      room,
      volume: room.length * room.width * room.height,
    });
    if (step >= inner.heightMm) break;
  }
  return choices;
};

/** The choices that a carton set gives, by price, then outer volume, then name, however it was listed. */
export const choicesOf = (cartons: readonly Carton[]): Choice[] =>
  cartons
    .flatMap((carton) => (carton.soft ? thicknesses(carton) : [rigid(carton)]))
    .sort(
      (a, b) =>
        a.source.price - b.source.price ||
        volumeMm3(a.outer) - volumeMm3(b.outer) ||
        (a.source.id < b.source.id ? -1 : a.source.id > b.source.id ? 1 : 0),
    );

/** Whether a unit goes into a room in some turn. */
export const goesInto = ({ turns }: ItemType, { length, width, height }: Room): boolean => {
  for (let turn = 0; turn < turns.length; turn += 3) {
    const fits =
      (turns[turn] as number) <= length &&
      (turns[turn + 1] as number) <= width &&
      (turns[turn + 2] as number) <= height;
    if (fits) return true;
  }
  return false;
};
