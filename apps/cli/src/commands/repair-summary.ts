import { OutputFile, type Reference } from '@crossparcel/files';
import {
  type BookingDesk,
  compileRepairTerms,
  type DepartureTable,
  type RepairTerms,
  summaryOf,
} from '@crossparcel/transport';
import { convertNanos } from '@crossparcel/units';

/** What lateness and changes of bookings cost, in the currency of a timetable. */
export const repairTermsOf = ({ currency }: DepartureTable, reference: Reference): RepairTerms => {
  const rates = reference.fixedRates().on(0);
  return compileRepairTerms(reference.repairTerms(), (nanos, from) => convertNanos(nanos, rates.rate(from, currency)));
};

/** Writes what bookings come to, as JSON. */
export const writeSummary = async (path: string, desk: BookingDesk): Promise<void> => {
  const file = new OutputFile(path);
  await file.write(`${JSON.stringify(summaryOf(desk), null, 2)}\n`);
  await file.commit();
};
