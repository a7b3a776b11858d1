// One avoirdupois pound is 0.45359237 kg by the international agreement of 1959.
const HUNDRED_MICROGRAMS_PER_POUND = 45_359_237;

/** Whole pounds, any started pound counting as one (`poundsUp(454)` is 2). Grams are an integer. */
export const poundsUp = (massGrams: number): number => Math.ceil((massGrams * 100_000) / HUNDRED_MICROGRAMS_PER_POUND);
