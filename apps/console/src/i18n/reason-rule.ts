/** A sentence that is made by rule, and how it is said in another language. */
export type ReasonRule = readonly [RegExp, (...parts: string[]) => string];
