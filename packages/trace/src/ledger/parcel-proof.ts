import * as z from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { namesOf } from '../epcis/event.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import { entryOf, SALT_BYTES } from './entry.ts';
import { leafHash } from './hash.ts';
import { verifyInclusion } from './merkle-proof.ts';
import type { Policy } from './policy.ts';
import { type Verdict, verifyCheckpoint } from './verify.ts';

const FORMAT = 'crossparcel-parcel-proof/v1';

const parcelProofSchema = z.strictObject({
  format: z.literal(FORMAT),
  /** The parcel, as its events name it. */
  parcel: z.string().min(1),
  /** The signed checkpoint under which all of them stand. */
  checkpoint: z.string(),
  events: z
    .array(
      z.strictObject({
        event: z.record(z.string(), z.unknown()),
        salt: z.string(),
        index: z.int().nonnegative(),
        path: z.array(z.string()).max(63),
      }),
    )
    .min(1),
});

/** One event of a parcel with what proves it. */
export interface ProvenEvent {
  readonly event: Readonly<Record<string, unknown>>;
  readonly salt: Uint8Array;
  readonly index: number;
  readonly path: readonly Uint8Array[];
}

/**
 * The proof of a parcel's events as one file: events, salts and paths under one checkpoint, in canonical JSON, so that
 * every byte of it counts.
 */
export const formatParcelProof = (parcel: string, checkpoint: string, events: readonly ProvenEvent[]): string =>
  `${canonicalJson({
    format: FORMAT,
    parcel,
    checkpoint,
    events: [...events]
      .sort((a, b) => a.index - b.index)
      .map(({ event, salt, index, path }) => ({ event, salt: toBase64(salt), index, path: path.map(toBase64) })),
  })}\n`;

const refuse = (reason: string): Verdict => ({ valid: false, reason });

/** Whether a text is meant as a parcel's proof rather than as a tlog-proof. */
export const isParcelProof = (text: string): boolean => text.startsWith('{');

/**
 * Checks a parcel's proof offline against a policy: the file is in canonical form, the checkpoint is signed, and every
 * event names the parcel and is in the log at its place. It proves what the events say and that they were logged, not
 * that none was left out. Never throws.
 */
export const verifyParcelProof = (text: string, policy: string | Policy): Verdict => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('the proof is not JSON');
  }
  const parsed = parcelProofSchema.safeParse(value);
  if (!parsed.success || `${canonicalJson(value)}\n` !== text) return refuse('the proof is malformed');
  const { parcel, checkpoint: note, events } = parsed.data;
  const verdict = verifyCheckpoint(note, policy);
  if (!verdict.valid) return verdict;
  const { size, root } = verdict.checkpoint;
  let before = -1;
  for (const { event, salt: saltText, index, path } of events) {
    if (index <= before) return refuse('the events are not in the order of the log');
    before = index;
    if (!namesOf(event).includes(parcel)) return refuse(`event ${index} is about another parcel`);
    const salt = fromBase64(saltText);
    const proof = path.map(fromBase64);
    if (salt?.length !== SALT_BYTES || proof.includes(undefined)) return refuse('the proof is malformed');
    const hash = leafHash(entryOf(salt, canonicalJson(event)));
    if (!verifyInclusion({ leafHash: hash, index, treeSize: size, proof: proof as Uint8Array[], root })) {
      return refuse(`event ${index} is not in the log as it stands here`);
    }
  }
  return { valid: true };
};
