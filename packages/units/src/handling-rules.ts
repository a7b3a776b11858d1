import * as z from 'zod';
import { datedFields } from './dated-record.ts';

const words = z.strictObject({ en: z.string(), zh: z.string() });
const amount = z.string().regex(/^\d+(\.\d+)?$/);

/** What a class of dangerous goods may travel as, and how much of it in one parcel. */
const dangerousSchema = z.strictObject({
  /** Number of the UN list, four digits. */
  unNumber: z.string().regex(/^\d{4}$/),
  hazardClass: z.string(),
  packingInstruction: z.string().optional(),
  netGramsPerParcel: z.int().positive().optional(),
  millilitresPerParcel: z.int().positive().optional(),
  cargoAircraftOnly: z.literal(true).optional(),
});

/**
 * Schema of `handling/classes.json`: what a handling class demands of packing, papers, carriage and the floor. Classes
 * that `apartFrom` names may not lie in the same parcel; a family (`battery`) stands for all of its classes.
 */
export const handlingRulesSchema = z.array(
  z.strictObject({
    id: z.string().min(1),
    name: words,
    nothingOnTop: z.literal(true).optional(),
    upright: z.literal(true).optional(),
    /** Deceleration in G that the goods stand; without one they need no cushion. */
    fragilityG: z.int().positive().optional(),
    /** Band in degrees Celsius in which the goods must stay. */
    temperature: z.strictObject({ fromC: z.number(), toC: z.number() }).optional(),
    dangerous: dangerousSchema.optional(),
    apartFrom: z.array(z.string()).optional(),
    marks: z.array(z.string()),
    needs: z.array(z.string()),
    refusedBy: z.array(z.strictObject({ channel: z.string(), why: z.string() })).optional(),
    ...datedFields,
  }),
);
export type HandlingRule = z.infer<typeof handlingRulesSchema>[number];

const priced = { currency: z.string() };

/** Schema of `handling/protection.json`: cushions against drops, liners and coolants against heat. */
export const protectionSchema = z.strictObject({
  /** Height from which a parcel of up to a mass has to stand a fall; by rising mass. */
  drops: z.array(z.strictObject({ toGrams: z.int().positive(), heightMm: z.int().positive(), ...datedFields })).min(1),
  /** Cushions; the first is used. Its thickness is `factor` x drop height / fragility. */
  cushions: z
    .array(
      z.strictObject({
        id: z.string(),
        name: words,
        factor: amount,
        thinnestMm: z.int().positive(),
        gramsPerLitre: z.int().positive(),
        pricePerLitre: amount,
        ...priced,
        ...datedFields,
      }),
    )
    .min(1),
  /** Insulated liners of cartons. */
  liners: z
    .array(
      z.strictObject({
        id: z.string(),
        wallMm: z.int().positive(),
        /** Thermal conductivity in mW/(m K). */
        milliwattPerMetreKelvin: z.int().positive(),
        gramsPerLitre: z.int().positive(),
        pricePerLitre: amount,
        ...priced,
        ...datedFields,
      }),
    )
    .min(1),
  /** What keeps a temperature band, one for each class. */
  coolants: z.array(
    z.strictObject({
      id: z.string(),
      handling: z.string(),
      /** Heat that a kilogram takes up while it melts or sublimes. */
      kilojoulePerKg: z.int().positive(),
      gramsPerLitre: z.int().positive(),
      pricePerKg: amount,
      marks: z.array(z.string()),
      ...priced,
      ...datedFields,
    }),
  ),
  climates: z.array(z.strictObject({ id: z.string(), outsideC: z.number(), ...datedFields })).min(1),
  /** The trip for which coolant is packed where nothing else is told; `reserve` is a factor on it. */
  trip: z.strictObject({ hours: z.int().positive(), climate: z.string(), reserve: amount, ...datedFields }),
});
export type Protection = z.infer<typeof protectionSchema>;
