import * as z from 'zod';
import type { AddressBook } from './address-book.ts';

const text = z.string().optional();

/** Schema of an address to be judged. `country` may be a code or a name. */
export const addressRequestSchema = z.object({
  id: z.string().min(1),
  address: z.strictObject({
    country: z.string().trim().min(1, 'is empty; give a country code'),
    name: text,
    organisation: text,
    lines: z.array(z.string()).default([]),
    district: text,
    city: text,
    subdivision: text,
    postcode: text,
    sortingCode: text,
    phone: text,
  }),
});
export type AddressRequest = z.infer<typeof addressRequestSchema>;

/** Schema of the answer. `valid` means that no fault was found; proposals may still better how a field is written. */
export const addressAnswerSchema = z.object({
  id: z.string(),
  valid: z.boolean(),
  faults: z.array(z.object({ field: z.string(), code: z.string(), what: z.string() })),
  proposals: z.array(z.object({ field: z.string(), given: z.string(), proposed: z.string(), why: z.string() })),
  /** The address as given, in the order of its country, without the country. */
  formatted: z.array(z.string()),
  /** The same in plain Latin letters. */
  latin: z.array(z.string()),
  /** Fields whose Latin letters are a guess. */
  latinDoubts: z.array(z.object({ field: z.string(), what: z.string() })).optional(),
});
export type AddressAnswer = z.infer<typeof addressAnswerSchema>;

/** Judges an address and lays it out as it was given. */
export const addressAnswer = (book: AddressBook, { id, address }: AddressRequest): AddressAnswer => {
  const { faults, proposals, printed } = book.report(address);
  const doubts = printed?.latin.doubts ?? [];
  return {
    id,
    valid: faults.length === 0,
    faults: [...faults],
    proposals: [...proposals],
    formatted: [...(printed?.local ?? [])],
    latin: [...(printed?.latin.lines ?? [])],
    ...(doubts.length > 0 && { latinDoubts: [...doubts] }),
  };
};
