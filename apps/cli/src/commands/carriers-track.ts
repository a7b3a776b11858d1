import type { Carrier, Track } from '@crossparcel/connectors/carriers';
import { type Fault, fail, formatInstant, ok, problemDetails, type Result } from '@crossparcel/units';
import * as z from 'zod';
import { openCarriers } from './carriers-accounts.ts';
import { type Answered, answerEach, type CarriersOptions } from './carriers-records.ts';

/** A number to be tracked: by which account, and whose it is where the carrier is a gateway. */
const numberSchema = z.strictObject({
  id: z.string().min(1),
  carrier: z.string().min(1),
  number: z.string().min(1).max(64),
  via: z.string().min(1).optional(),
});
type TrackedNumber = z.infer<typeof numberSchema>;

const shown = ({ events, ...track }: Track) => ({
  ...track,
  events: events.map(({ at, ...event }) => ({ ...(at !== undefined && { at: formatInstant(at) }), ...event })),
});

const trackBy =
  (carriers: readonly Carrier[]) =>
  async ({ id, carrier: name, number, via }: TrackedNumber): Promise<Result<Answered, Fault>> => {
    const able = carriers.filter(({ abilities }) => abilities.includes('track'));
    const carrier = able.find((one) => one.id === name);
    if (!carrier) {
      const known = able.map((one) => one.id).join(', ');
      const mend = known === '' ? 'give --accounts FILE' : `give one of ${known}`;
      return fail({ code: 'unknown-carrier', field: 'carrier', what: `no account with ${name} tracks`, mend });
    }
    const track = await carrier.track(number, via);
    if (track.ok) return ok({ record: { id, carrier: name, ...shown(track.value) }, isWhole: true });
    return ok({ record: { id, carrier: name, number, error: problemDetails(track.error, 502) }, isWhole: false });
  };

/** Prints the track of each number, and gives the exit code. */
export const trackNumbers = async (files: readonly string[], options: CarriersOptions): Promise<number> => {
  const carriers = await openCarriers(options.accounts);
  return answerEach(files, numberSchema, options, trackBy(carriers));
};
