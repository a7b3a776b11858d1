/** An identifier given from outside (order, SKU, shop, buyer): opaque, compared byte by byte, never computed with. */
export type Identifier = string;

/** Longest identifier that is taken. */
export const MAX_IDENTIFIER_LENGTH = 128;

/** Whether a text can stand as an identifier: 1 to 128 characters, no control characters, no white space at its ends. */
export const isIdentifier = (text: string): boolean =>
  text.length > 0 && text.length <= MAX_IDENTIFIER_LENGTH && text.trim() === text && !/\p{Cc}/u.test(text);
