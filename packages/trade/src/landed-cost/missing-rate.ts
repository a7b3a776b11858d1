import { CrossparcelError, type Fault, fail, type Result } from '@crossparcel/units';

/** Does some work; an exchange rate that is missing becomes a fault of the field `currency`. */
export const refuseMissingRate = <Value>(work: () => Result<Value, Fault>): Result<Value, Fault> => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CrossparcelError) || error.code !== 'missing-exchange-rate') throw error;
    const { code, what, mend, data } = error;
    return fail({ code, what, mend, field: 'currency', ...(data && { data }) });
  }
};
