import { Advice, checkSchema } from '@crossparcel/demand';
import { InputError, readBatches, recordsOf } from '@crossparcel/files';
import { faultOfIssues } from '@crossparcel/units';

/** Reads which methods a check of past forecasts advises. Throws `InputError` for what is no record of a check. */
export const readAdvice = async (file: string): Promise<Advice> => {
  const advice = new Advice();
  for await (const batch of readBatches(file)) {
    for (const { value, position, fault } of recordsOf(batch)) {
      if (fault) throw fault;
      const parsed = checkSchema.safeParse(value);
      if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), position);
      advice.add(parsed.data);
    }
  }
  return advice;
};
