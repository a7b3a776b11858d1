import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

/**
 * Text with `{path}` for each field that is filled in: `{carrierFsCode}{flightNumber}`. A path goes down an item by dots,
 * `^` first goes up to what held the list it stands in.
 */
const template = z.string().min(1);
/** The first whose paths all lead somewhere counts. */
const templates = z.array(template).min(1);

/** One list of flights that a provider gives. */
const listSchema = z.strictObject({
  /** Below the address of the provider; `{flight}`, `{carrier}`, `{number}`, `{date}`, `{year}`, `{month}`, `{day}` are filled in. */
  path: z.string().startsWith('/'),
  /** Only for flights from, or to, this airport. */
  origin: z.string().optional(),
  destination: z.string().optional(),
  /** Where the flights stand: `flightStatuses[]`, `[].list[]`, `[]`. */
  items: z.string().endsWith('[]'),
  fields: z.strictObject({
    flight: templates,
    status: templates,
    /** Published times; one of them tells the departures of a number apart. */
    scheduledDeparture: templates.optional(),
    scheduledArrival: templates.optional(),
    /** Estimated or actual times. */
    departure: templates.optional(),
    arrival: templates.optional(),
    /** When that became known. */
    at: templates.optional(),
  }),
});

const statusSchema = z
  .strictObject({
    /**
     * The status as the provider writes it, or a pattern with the named groups `departure`,
     * `arrival` or `estimate` (hh:mm, of whichever the list is about) and `date` (dd/mm/yyyy).
     */
    code: z.string().optional(),
    pattern: z
      .string()
      .refine((text) => isPattern(text), 'is no pattern')
      .optional(),
    /** `estimate`: on its way or to come, `delayed` where its times differ from the published ones. */
    kind: z.enum(['cancelled', 'delayed', 'departed', 'arrived', 'estimate', 'unknown']),
    meaning: z.string(),
  })
  .refine(({ code, pattern }) => (code === undefined) !== (pattern === undefined), 'needs either a code or a pattern');

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};

/** How one provider of flight status is asked and read: a dated record. */
export const statusProviderSchema = z.strictObject({
  id: z.string().min(1),
  ...datedFields,
  /** How a key goes along: as a header, or in the query. */
  keyHeader: z.string().optional(),
  keyParameters: z.array(z.string()).optional(),
  /** How many flights a call tells of; null for all of a day. */
  flightsPerCall: z.int().positive().nullable(),
  /** Time zone of times that come without an offset (UTC without it), and of `{date}` (without it that of the airport of departure). */
  timeZone: z.string().optional(),
  lists: z.array(listSchema).min(1),
  statuses: z.array(statusSchema).min(1),
});
export type StatusProvider = z.infer<typeof statusProviderSchema>;
export type ProviderList = StatusProvider['lists'][number];
