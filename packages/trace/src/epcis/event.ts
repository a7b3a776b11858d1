import { readInstant } from '@crossparcel/units';
import * as z from 'zod';

const uri = z.string().regex(/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/, 'is not a URI; give one such as urn:uuid:… or https://…');
/** A term of the Core Business Vocabulary by its short name, or any URI. */
const term = z.string().regex(/^([a-z_]+|[A-Za-z][A-Za-z0-9+.-]*:\S+)$/, 'is neither a CBV term nor a URI');
const time = z
  .string()
  .refine((text) => readInstant(text)?.hasOffset === true, 'is not a date-time; write RFC 3339 with an offset');
const place = z.looseObject({ id: uri });

const common = {
  eventID: uri.optional(),
  eventTime: time,
  eventTimeZoneOffset: z.string().regex(/^[+-](0\d|1[0-3]):[0-5]\d$|^[+-]14:00$/, 'is not an offset; write +08:00'),
  action: z.enum(['ADD', 'OBSERVE', 'DELETE']),
  bizStep: term.optional(),
  disposition: term.optional(),
  readPoint: place.optional(),
  bizLocation: place.optional(),
  bizTransactionList: z.array(z.looseObject({ type: term.optional(), bizTransaction: uri })).optional(),
  errorDeclaration: z
    .looseObject({
      declarationTime: time,
      reason: term.optional(),
      correctiveEventIDs: z.array(uri).optional(),
    })
    .optional(),
};

/**
 * Schema of the events that are taken: object and aggregation events of EPCIS 2.0 (JSON form). Fields that are not named
 * here, extensions above all, are kept as they come.
 */
export const eventSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('ObjectEvent'), ...common, epcList: z.array(uri).min(1) }),
  z.looseObject({
    type: z.literal('AggregationEvent'),
    ...common,
    parentID: uri.optional(),
    childEPCs: z.array(uri),
  }),
]);
export type EpcisEvent = z.infer<typeof eventSchema>;

/** The things that an event is about: its EPCs, the parent and the children of an aggregation. */
export const namesOf = (event: Readonly<Record<string, unknown>>): string[] => {
  const list = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  const parent = typeof event.parentID === 'string' ? [event.parentID] : [];
  return [...list(event.epcList), ...parent, ...list(event.childEPCs)];
};
