import { PARCEL_STATES } from '@crossparcel/trace';
import * as z from 'zod';
import { country, currency, decimal, identifier, instant, uuid } from './fields.ts';
import { ORDER_STATES } from './order-states.ts';
import { despatchSchema } from './plan-schemas.ts';
import { ROLES, SCOPES } from './scope.ts';

/** Who gets the goods. Personal data: it is kept encrypted and apart, and can be erased. */
export const recipientSchema = z.strictObject({
  name: z.string().min(1).max(200),
  lines: z.array(z.string().max(200)).min(1).max(5),
  city: z.string().max(120).optional(),
  postalCode: z.string().max(20).optional(),
  phone: z.string().max(40).optional(),
  email: z.string().max(200).optional(),
});
export type Recipient = z.infer<typeof recipientSchema>;

/** Why an order must not be shipped yet, and what would release it. */
export const holdSchema = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a code; write words in small letters joined by hyphens')
    .max(64),
  why: z.string().min(1).max(500),
  mend: z.string().max(500),
});

/** Schema of an order as a shop or an import sends it. */
export const orderSubmissionSchema = z.strictObject({
  shop: identifier,
  externalId: identifier,
  placedAt: instant,
  /** When the shop last changed it; of several versions the latest counts, whatever comes first. */
  updatedAt: instant.optional(),
  status: z.enum(['open', 'cancelled']).default('open'),
  /** Reasons of the shop why it must not be shipped yet. */
  holds: z.array(holdSchema).default([]),
  destination: z.strictObject({
    country,
    subdivision: z.string().max(10).optional(),
    postalPrefix: z.string().max(16).optional(),
  }),
  currency,
  lines: z
    .array(
      z.strictObject({
        sku: identifier,
        quantity: z.int().positive().max(1_000_000),
        unitPrice: decimal,
        cancelled: z.boolean().default(false),
        description: z.string().max(500).optional(),
      }),
    )
    .min(1)
    .max(1000),
  /** Personal data as well: only a fingerprint of it is kept. */
  buyerId: z.string().min(1).max(128).optional(),
  recipient: recipientSchema.optional(),
});
export type OrderSubmission = z.infer<typeof orderSubmissionSchema>;

/** What became of a submitted order: new, the same as known, a newer version, or older than the known one. */
export const intakeResultSchema = z.object({
  shop: z.string(),
  externalId: z.string(),
  id: uuid,
  outcome: z.enum(['accepted', 'unchanged', 'updated', 'outdated']),
  state: z.enum(ORDER_STATES),
});
export type IntakeResult = z.infer<typeof intakeResultSchema>;

/** An order as it is kept; the recipient is not part of it. */
export const orderSchema = z.object({
  id: uuid,
  seller: uuid,
  shop: z.string(),
  externalId: z.string(),
  state: z.enum(ORDER_STATES),
  placedAt: instant,
  updatedAt: instant,
  destination: orderSubmissionSchema.shape.destination,
  currency,
  lines: orderSubmissionSchema.shape.lines,
  holds: orderSubmissionSchema.shape.holds,
  /** Fingerprint of the buyer's id: the same for all orders of a buyer. */
  buyer: z.string().optional(),
  recipientId: uuid.optional(),
  versions: z.int(),
});
export type OrderAnswer = z.infer<typeof orderSchema>;

/** Schema of a parcel to be followed. */
export const parcelSubmissionSchema = z.strictObject({
  orderId: uuid,
  /** How events name it: a GS1 Digital Link, an S10 URI or a URN. Without one it is `urn:uuid:` and its id. */
  epc: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/, 'is not a URI')
    .max(200)
    .optional(),
  lines: z.array(z.strictObject({ sku: identifier, quantity: z.int().positive() })).min(1),
  grossGrams: z.int().positive(),
});
export type ParcelSubmission = z.infer<typeof parcelSubmissionSchema>;

const step = z.object({
  eventID: z.string(),
  at: instant,
  milestone: z.string(),
  readPoint: z.string().optional(),
  isVoid: z.boolean(),
  isOverruled: z.boolean(),
});

/** A parcel with what is known of its way. */
export const parcelSchema = z.object({
  id: uuid,
  seller: uuid,
  orderId: uuid,
  epc: z.string(),
  lines: parcelSubmissionSchema.shape.lines,
  grossGrams: z.int(),
  /** The shop's own id of its order. */
  orderExternalId: z.string(),
  state: z.enum(PARCEL_STATES),
  since: instant.optional(),
  timeline: z.array(step),
  /** Absent for parcels that were registered and not despatched here. */
  despatch: despatchSchema.optional(),
});
export type ParcelAnswer = z.infer<typeof parcelSchema>;

/** What became of an event that was sent. */
export const recordedEventSchema = z.object({
  eventID: z.string(),
  outcome: z.enum(['recorded', 'known', 'conflict', 'unknown-parcel']),
  detail: z.string().optional(),
});
export type RecordedEvent = z.infer<typeof recordedEventSchema>;

/** Who a key belongs to, and what it may do. */
export const sessionSchema = z.object({
  operator: uuid,
  seller: uuid.optional(),
  scopes: z.array(z.enum(SCOPES)),
});
export type Session = z.infer<typeof sessionSchema>;

export const sellerSchema = z.object({ id: uuid, name: z.string(), createdAt: instant });
export const keySchema = z.object({
  id: uuid,
  name: z.string(),
  prefix: z.string(),
  seller: uuid.optional(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: instant,
  expiresAt: instant.optional(),
  revokedAt: instant.optional(),
});
export const keySubmissionSchema = z.strictObject({
  name: z.string().min(1).max(100),
  role: z.enum(Object.keys(ROLES) as [keyof typeof ROLES, ...(keyof typeof ROLES)[]]).optional(),
  scopes: z.array(z.enum(SCOPES)).optional(),
  seller: uuid.optional(),
  expiresAt: instant.optional(),
});

/** Things that subscribers are told of. */
export const TOPICS = [
  'order.accepted',
  'order.updated',
  'parcel.registered',
  'event.recorded',
  'plan.done',
  'placement.done',
] as const;
export type Topic = (typeof TOPICS)[number];

export const webhookSchema = z.object({
  id: uuid,
  url: z.url(),
  topics: z.array(z.enum(TOPICS)),
  seller: uuid.optional(),
  createdAt: instant,
});
export const webhookSubmissionSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  topics: z.array(z.enum(TOPICS)).min(1),
});

/** A job that failed for good. */
export const deadJobSchema = z.object({
  id: uuid,
  queue: z.string(),
  failedAt: instant,
  input: z.unknown(),
  reason: z.string(),
});
