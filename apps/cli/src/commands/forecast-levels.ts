import { UsageError } from '../conventions/exit.ts';

/** Levels of quantiles given as an option, by the names under which they are written. Throws `UsageError`. */
export const levelsOption = (text: string): ReadonlyMap<string, number> => {
  const levels = new Map<string, number>();
  for (const part of text.split(',').map((one) => one.trim())) {
    const level = part === '' ? Number.NaN : Number(part);
    if (!(level > 0 && level < 1))
      throw new UsageError(
        `--levels ${text} is not a list of levels; give numbers between 0 and 1 such as 0.1,0.5,0.9`,
      );
    levels.set(String(level), level);
  }
  return levels;
};
