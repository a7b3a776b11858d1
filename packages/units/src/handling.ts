/**
 * How goods must be treated: `fragile`, `liquid`, `battery`, or a finer class of one of these such as
 * `battery-pi967-ii`. What a class demands stands in dated rules under `reference/`. Unknown classes are kept: a lane
 * that does not name them does not take them.
 */
export type HandlingClass = string;

const familyOf = (handling: HandlingClass): string => handling.split('-', 1)[0] ?? handling;

/** Whether a list of accepted classes covers one: it names the class itself or its family (`battery` covers `battery-pi967-ii`). */
export const acceptsHandling = (accepted: ReadonlySet<HandlingClass>, handling: HandlingClass): boolean =>
  accepted.has(handling) || accepted.has(familyOf(handling));
