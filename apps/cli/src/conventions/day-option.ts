import { type DayNumber, parseDay } from '@crossparcel/units';
import { UsageError } from './exit.ts';

/** A date given as an option. Throws `UsageError` naming the option. */
export const dayOption = (flag: string, text: string): DayNumber => {
  const day = parseDay(text);
  if (day === undefined) throw new UsageError(`${flag} ${text} is not a date; write YYYY-MM-DD`);
  return day;
};
