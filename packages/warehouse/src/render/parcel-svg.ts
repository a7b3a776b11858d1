import type { Dimensions } from '@crossparcel/units';
import type { PackedParcel, Placement } from '../packing/packing.ts';
import { type Box, backToFront, facesOf, type Point, project } from './isometric.ts';

/** Most pictures on a sheet; more units are set in by groups. */
const MOST_STEPS = 24;
const COLUMNS = 4;
const PANEL = 240;
const MARGIN = 16;
const TITLE = 44;

/** A hue for each item, steps of the golden angle apart, so that neighbours in the list differ. */
const hueOf = (index: number): number => Math.round((index * 137.508) % 360);
/** Lightness of top, right and left face, as if light came from above. */
const LIGHT = [78, 66, 56] as const;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const number = (value: number): string => String(Number(value.toFixed(1)));

/** Fits a drawing of millimetres into a panel. */
class Scale {
  readonly #factor: number;
  readonly #left: number;
  readonly #top: number;

  constructor({ lengthMm, widthMm, heightMm }: Dimensions) {
    const left = project(0, widthMm, 0).left;
    const right = project(lengthMm, 0, 0).left;
    const top = project(0, 0, heightMm).top;
    const bottom = project(lengthMm, widthMm, 0).top;
    this.#factor = Math.min((PANEL - 2 * MARGIN) / (right - left), (PANEL - 2 * MARGIN) / (bottom - top));
    this.#left = left;
    this.#top = top;
  }

  path(points: readonly Point[]): string {
    const at = ({ left, top }: Point) =>
      `${number(MARGIN + (left - this.#left) * this.#factor)} ${number(MARGIN + (top - this.#top) * this.#factor)}`;
    return `M${points.map(at).join('L')}Z`;
  }
}

/** How many units stand in the carton after each picture. */
const stepsOf = (units: number): number[] => {
  const group = Math.max(1, Math.ceil(units / MOST_STEPS));
  return Array.from({ length: Math.ceil(units / group) }, (_, step) => Math.min(units, (step + 1) * group));
};

const boxShapes = (box: Box, hue: number, isNew: boolean, scale: Scale): string =>
  facesOf(box)
    .map((face, side) => {
      const fill = `hsl(${hue} ${isNew ? 65 : 25}% ${LIGHT[side]}%)`;
      return `<path d="${scale.path(face)}" fill="${fill}" stroke="#1a1a1a" stroke-width="${isNew ? 1.2 : 0.5}"/>`;
    })
    .join('');

const cartonBack = (inner: Dimensions, scale: Scale): string => {
  const { lengthMm: l, widthMm: w, heightMm: h } = inner;
  const faces = [
    [project(0, 0, 0), project(l, 0, 0), project(l, w, 0), project(0, w, 0)],
    [project(0, 0, 0), project(l, 0, 0), project(l, 0, h), project(0, 0, h)],
    [project(0, 0, 0), project(0, w, 0), project(0, w, h), project(0, 0, h)],
  ];
  return faces
    .map((face) => `<path d="${scale.path(face)}" fill="#efe6d8" stroke="#8a7a5c" stroke-width="1"/>`)
    .join('');
};

/**
 * How a parcel is packed, as SVG: one picture for each unit that is set in (or group of units, when they are many), the new
 * ones bright. `title` stands above. Undefined for an item in its own packing.
 */
export const parcelSvg = (parcel: PackedParcel, title: string): string | undefined => {
  if (!parcel.carton) return undefined;
  const { inner, id } = parcel.carton;
  const scale = new Scale(inner);
  const items = [...new Set(parcel.placements.map(({ item }) => item))].sort();
  const hues = new Map(items.map((item, index) => [item, hueOf(index)]));
  const steps = stepsOf(parcel.placements.length);
  const panels = steps.map((units, step) => {
    const before = steps[step - 1] ?? 0;
    const shapes = backToFront(parcel.placements.slice(0, units).map((placement, at) => ({ ...placement, at })))
      .map((box) => boxShapes(box, hues.get(box.item) ?? 0, box.at >= before, scale))
      .join('');
    const left = (step % COLUMNS) * PANEL;
    const top = TITLE + Math.floor(step / COLUMNS) * (PANEL + 20);
    const label = stepLabel(parcel.placements.slice(before, units), before + 1, units);
    return `<g transform="translate(${left} ${top})">${cartonBack(inner, scale)}${shapes}<text x="${MARGIN}" y="${PANEL + 6}" font-size="11">${escaped(label)}</text></g>`;
  });
  const width = Math.min(steps.length, COLUMNS) * PANEL;
  const height = TITLE + Math.ceil(steps.length / COLUMNS) * (PANEL + 20) + 8;
  const subtitle = `${id}: ${inner.lengthMm} x ${inner.widthMm} x ${inner.heightMm} mm inside, ${parcel.grossGrams} g`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.max(width, 2 * PANEL)} ${height}" font-family="sans-serif"><title>${escaped(title)}</title><rect width="100%" height="100%" fill="#fff"/><text x="${MARGIN}" y="20" font-size="15" font-weight="bold">${escaped(title)}</text><text x="${MARGIN}" y="36" font-size="12">${escaped(subtitle)}</text>${panels.join('')}</svg>\n`;
};

const MOST_LABEL = 34;

const stepLabel = (added: readonly Placement[], from: number, to: number): string => {
  const counts = new Map<string, number>();
  for (const { item } of added) counts.set(item, (counts.get(item) ?? 0) + 1);
  const names = Array.from(counts, ([item, count]) => (count === 1 ? item : `${count} x ${item}`)).join(', ');
  const text = `${from === to ? from : `${from}–${to}`}. ${names}`;
  return text.length > MOST_LABEL ? `${text.slice(0, MOST_LABEL - 1)}…` : text;
};
