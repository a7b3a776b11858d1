import { type DayNumber, formatDay } from '@crossparcel/units';
import * as z from 'zod';
import type { GoodsBook, GoodsHit } from '../restrictions/goods-book.ts';
import { type Clearances, clearanceSchema } from './clearance.ts';
import type { DeniedParties, PartyHit } from './denied-parties.ts';
import { partyFingerprint } from './fingerprint.ts';

const country = z.string().regex(/^[A-Z]{2}$/, 'is not a country code; write two capital letters');

const partySchema = z.object({
  /** What the party is to the parcel: `consignee`, `shipper`, whatever the sender calls it. */
  role: z.string().min(1),
  name: z.string().trim().min(1, 'is empty; give a name'),
  kind: z.enum(['person', 'entity']).optional(),
  country: country.optional(),
  address: z.unknown().optional(),
  birthDate: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'is not a date; write YYYY, YYYY-MM or YYYY-MM-DD')
    .optional(),
});

const goodsSchema = z.object({
  sku: z.string().optional(),
  text: z.string().optional(),
  hs: z
    .string()
    .regex(/^\d{2}(\d{2}(\.?\d{2}(\.?\d{2}(\.?\d{2})?)?)?)?$/, 'is not an HS code; write 2, 4, 6, 8 or 10 digits')
    .optional(),
  handling: z.array(z.string()).optional(),
  marks: z.array(z.string()).optional(),
});

/** Schema of a request: the parties and the goods of one parcel. Goods are screened for `market`. */
export const screenRequestSchema = z
  .object({
    id: z.string().min(1),
    parties: z.array(partySchema).default([]),
    goods: z.array(goodsSchema).default([]),
    market: country.optional(),
    channel: z.string().optional(),
  })
  .refine(({ goods, market }) => goods.length === 0 || market !== undefined, {
    path: ['market'],
    message: 'is missing where goods are to be screened; give the country of destination',
  });
export type ScreenRequest = z.infer<typeof screenRequestSchema>;

const decisionSchema = z.enum(['clear', 'review', 'blocked']);

const hitSchema = z.object({
  /** Which party is meant, as its place in the request and its role. */
  party: z.object({ index: z.int(), role: z.string(), name: z.string() }).optional(),
  /** Which line of goods is meant. */
  goods: z.object({ index: z.int(), sku: z.string().optional() }).optional(),
  list: z.string(),
  listVersion: z.string(),
  entry: z.string(),
  /** The listed name, or what the restriction is. */
  entryName: z.string().optional(),
  programs: z.array(z.string()).optional(),
  score: z.number(),
  why: z.array(z.string()),
  /** What would meet a restriction. */
  missing: z.array(z.object({ kind: z.string(), what: z.string(), shownBy: z.array(z.string()) })).optional(),
  source: z.string().optional(),
  confidence: z.string().optional(),
  decision: z.enum(['review', 'blocked', 'cleared']),
  /** A decision of a person that holds. */
  cleared: clearanceSchema.pick({ by: true, on: true, reason: true }).optional(),
  /** What a person copies to decide that this hit is none, where there is a key. */
  clearance: clearanceSchema.pick({ list: true, entry: true, entryVersion: true, party: true }).optional(),
});
type ScreenHit = z.infer<typeof hitSchema>;

/** Schema of the answer: what was found, and what is to be done with the parcel. */
export const screenAnswerSchema = z.object({
  id: z.string(),
  decision: decisionSchema,
  hits: z.array(hitSchema),
  /** What was screened against, so that an answer without hits says something. */
  screenedAgainst: z.array(z.object({ list: z.string(), listVersion: z.string() })),
  notes: z.array(z.string()).optional(),
});
export type ScreenAnswer = z.infer<typeof screenAnswerSchema>;

/** What a screening needs beside the request. */
export interface ScreeningDesk {
  readonly parties: DeniedParties;
  readonly goods: GoodsBook;
  readonly clearances: Clearances;
  readonly lists: readonly { readonly list: string; readonly listVersion: string }[];
  /** Version of the restrictions on file. */
  readonly restrictionsVersion: string;
  readonly day: DayNumber;
  /** Under which parties are fingerprinted; without one nothing can be cleared. */
  readonly key?: Uint8Array | undefined;
}

type Party = ScreenRequest['parties'][number];

const thousandths = (score: number): number => Math.round(score * 1000) / 1000;

const partyHit = (desk: ScreeningDesk, index: number, party: Party, hit: PartyHit): ScreenHit => {
  const { list, entry, entryVersion, listedName, score, why } = hit;
  const found: ScreenHit = {
    party: { index, role: party.role, name: party.name },
    list: list.id,
    listVersion: list.version,
    entry: entry.id,
    entryName: listedName,
    programs: [...entry.programs],
    score: thousandths(score),
    why: [...why],
    decision: hit.decision,
  };
  if (!desk.key) return found;
  const clearance = { list: list.id, entry: entry.id, entryVersion, party: partyFingerprint(desk.key, party) };
  const verdict = desk.clearances.verdict(clearance, formatDay(desk.day));
  if (verdict && 'cleared' in verdict) {
    const { by, on, reason } = verdict.cleared;
    return { ...found, clearance, decision: 'cleared', cleared: { by, on, reason } };
  }
  return { ...found, clearance, why: [...found.why, ...(verdict ? [verdict.reopened] : [])] };
};

const goodsHit = (desk: ScreeningDesk, index: number, sku: string | undefined, hit: GoodsHit): ScreenHit => ({
  goods: { index, ...(sku !== undefined && { sku }) },
  list: hit.list,
  listVersion: desk.restrictionsVersion,
  entry: hit.entry,
  score: 1,
  why: [...hit.why],
  ...(hit.missing.length > 0 && { missing: hit.missing.map(({ kind, what, shownBy }) => ({ kind, what, shownBy })) }),
  source: hit.source,
  confidence: hit.confidence,
  decision: hit.decision,
});

/** The gravest decision of some hits; cleared ones count for nothing. */
const decisionOf = (hits: readonly ScreenHit[]): ScreenAnswer['decision'] => {
  if (hits.some(({ decision }) => decision === 'blocked')) return 'blocked';
  return hits.some(({ decision }) => decision === 'review') ? 'review' : 'clear';
};

/** Screens the parties and goods of one parcel. */
export const screenAnswer = (desk: ScreeningDesk, request: ScreenRequest): ScreenAnswer => {
  const { id, parties, goods, market, channel } = request;
  const hits = parties.flatMap((party, index) =>
    desk.parties.screen(party).map((hit) => partyHit(desk, index, party, hit)),
  );
  const notes: string[] = [];
  if (market === undefined && goods.length > 0) notes.push('no market was given, so that goods were not screened');
  if (market !== undefined && goods.length > 0) {
    const trip = { market, channel, day: desk.day };
    for (const [index, line] of goods.entries()) {
      hits.push(...desk.goods.screen(line, trip).map((hit) => goodsHit(desk, index, line.sku, hit)));
    }
    if (!desk.goods.knows(market, desk.day)) notes.push(`no restrictions of market ${market} are on file`);
  }
  if (parties.length > 0 && desk.lists.length === 0) notes.push('no list was given, so that parties were not screened');
  const unread = parties.flatMap(({ name }, index) => (desk.parties.canCompare(name) ? [] : [index]));
  for (const index of unread) notes.push(`parties[${index}].name has no letters that can be compared; look at it`);
  const restrictions = { list: 'restrictions', listVersion: desk.restrictionsVersion };
  const screenedAgainst = [...desk.lists, ...(goods.length > 0 ? [restrictions] : [])];
  const found = decisionOf(hits);
  // What could not be screened is not clear.
  const decision = found === 'clear' && notes.length > 0 ? 'review' : found;
  return { id, decision, hits, screenedAgainst, ...(notes.length > 0 && { notes }) };
};
