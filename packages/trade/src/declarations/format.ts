/** A format in the notation of customs data sets: `a2`, `an..70`, `n8`, `n..16,6`. */
export interface FieldFormat {
  readonly text: string;
  readonly kind: 'a' | 'n' | 'an';
  readonly least: number;
  readonly most: number;
  /** Most digits after the point; undefined for texts and whole numbers. */
  readonly fraction: number | undefined;
}

const NOTATION = /^(an|a|n)(\.\.)?(\d+)(?:,(\d+))?$/;

/** Reads the notation; undefined for anything else. */
export const readFormat = (text: string): FieldFormat | undefined => {
  const match = NOTATION.exec(text);
  if (!match) return undefined;
  const [, kind, upTo, length = '', fraction] = match;
  if (fraction !== undefined && kind !== 'n') return undefined;
  const most = Number(length);
  return {
    text,
    kind: kind as FieldFormat['kind'],
    least: upTo ? 1 : most,
    most,
    fraction: fraction === undefined ? undefined : Number(fraction),
  };
};

const LETTERS = /^[A-Za-z]*$/;
const DIGITS = /^\d+$/;
const DECIMAL = /^(\d+)(?:\.(\d+))?$/;

const lengthOf = (text: string): number => Array.from(text).length;

const fitsNumber = ({ least, most, fraction }: FieldFormat, text: string): boolean => {
  if (fraction === undefined) return DIGITS.test(text) && text.length >= least && text.length <= most;
  const match = DECIMAL.exec(text);
  if (!match) return false;
  const [, whole = '', decimals = ''] = match;
  return decimals.length <= fraction && whole.length + decimals.length <= most;
};

/** Whether a text fits a format. Lengths are counted in characters. */
export const fits = (format: FieldFormat, text: string): boolean => {
  if (format.kind === 'n') return fitsNumber(format, text);
  if (format.kind === 'a' && !LETTERS.test(text)) return false;
  const length = lengthOf(text);
  return length >= format.least && length <= format.most;
};

const NAMES = { a: 'letters', n: 'digits', an: 'characters' };

/** A format in words. */
export const formatWords = ({ kind, least, most, fraction }: FieldFormat): string => {
  if (fraction !== undefined) return `a number of at most ${most} digits, ${fraction} of them after the point`;
  return least === most ? `${most} ${NAMES[kind]}` : `at most ${most} ${NAMES[kind]}`;
};
