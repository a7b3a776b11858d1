/** Digits of a Harmonized System code or a national line below it: 2 (chapter) to 10. */
export type HsCode = string;

/** Reads a code as people write it (`6109.10`, `6109 10 00`, `610910`); undefined unless 2, 4, 6, 8 or 10 digits remain. */
export const parseHsCode = (text: string): HsCode | undefined => {
  const digits = text.replaceAll(/[.\s]/g, '');
  return /^(\d{2}|\d{4}|\d{6}|\d{8}|\d{10})$/.test(digits) ? digits : undefined;
};
