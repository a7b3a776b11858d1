import { fromBase64 } from './bytes.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { leafHash } from './hash.ts';
import { verifyInclusion } from './merkle-proof.ts';
import { meetsQuorum, type Policy, parsePolicy } from './policy.ts';
import { checkSignatures, parseNote } from './signed-note.ts';

/** The verdict on a checkpoint: what it says and who cosigned when, or why it is refused. */
export type CheckpointVerdict =
  | {
      readonly valid: true;
      readonly checkpoint: Checkpoint;
      readonly cosigned: readonly { readonly witness: string; readonly seconds: bigint }[];
    }
  | { readonly valid: false; readonly reason: string };

/** The verdict on a proof. */
export type Verdict = { readonly valid: true } | { readonly valid: false; readonly reason: string };

const refuse = (reason: string): { readonly valid: false; readonly reason: string } => ({ valid: false, reason });

const policyOf = (policy: string | Policy): Policy | string => {
  if (typeof policy !== 'string') return policy;
  const read = parsePolicy(policy);
  return read.ok ? read.policy : read.reason;
};

/**
 * Checks a signed checkpoint against a policy (its text, or as read): the log whose origin it bears must have signed, no
 * signature of a known key may be wrong, and the witnesses must make the quorum, each counted once. Never throws.
 */
export const verifyCheckpoint = (note: string, policy: string | Policy): CheckpointVerdict => {
  const rules = policyOf(policy);
  if (typeof rules === 'string') return refuse(rules);
  const parsed = parseNote(note);
  const checkpoint = parsed && parseCheckpoint(parsed.text);
  if (!parsed || !checkpoint) return refuse('the checkpoint is malformed');
  const logs = rules.logs.filter((key) => key.name === checkpoint.origin);
  if (logs.length === 0) return refuse(`the policy knows no log ${checkpoint.origin}`);
  const checked = checkSignatures(parsed, [...logs, ...rules.witnesses.values()]);
  if (!checked) return refuse('a signature of a known key is wrong');
  if (!checked.some(({ key }) => logs.includes(key))) return refuse('the log has not signed the checkpoint');
  const cosigned = Array.from(rules.witnesses).flatMap(([witness, key]) => {
    const found = checked.find((signature) => signature.key === key && signature.seconds !== undefined);
    return found?.seconds === undefined ? [] : [{ witness, seconds: found.seconds }];
  });
  const present = new Set(cosigned.map(({ witness }) => witness));
  if (!meetsQuorum(rules, present)) return refuse('the cosignatures do not make the quorum');
  return { valid: true, checkpoint, cosigned };
};

/** A proof in the text form of C2SP tlog-proof, as read. */
interface TlogProof {
  readonly index: bigint;
  readonly path: readonly Uint8Array[];
  readonly checkpoint: string;
}

const VERSION_LINE = 'c2sp.org/tlog-proof@v1';

/** Writes a proof in the text form of C2SP tlog-proof. `path` holds base64 texts, `checkpoint` the signed note. */
export const formatTlogProof = (index: number | bigint, path: readonly string[], checkpoint: string): string =>
  `${[VERSION_LINE, `index ${index}`, ...path].join('\n')}\n\n${checkpoint}`;

const parseTlogProof = (text: string): TlogProof | undefined => {
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(0, end)).split('\n');
  if (end < 0 || lines.shift() !== VERSION_LINE) return undefined;
  if (lines[0]?.startsWith('extra ')) {
    if (fromBase64(lines[0].slice('extra '.length)) === undefined) return undefined;
    lines.shift();
  }
  const index = /^index (0|[1-9]\d{0,18})$/.exec(lines.shift() ?? '')?.[1];
  const path = lines.map(fromBase64);
  if (index === undefined || path.length > 63 || path.includes(undefined)) return undefined;
  return { index: BigInt(index), path: path as Uint8Array[], checkpoint: text.slice(end + 2) };
};

/**
 * Checks that an entry is in a log: the proof in the text form of C2SP tlog-proof, under a policy. Never throws.
 */
export const verifyProof = ({
  entry,
  proof,
  policy,
}: {
  readonly entry: Uint8Array;
  readonly proof: string;
  readonly policy: string | Policy;
}): Verdict => {
  const parsed = parseTlogProof(proof);
  if (!parsed) return refuse('the proof is malformed');
  const verdict = verifyCheckpoint(parsed.checkpoint, policy);
  if (!verdict.valid) return verdict;
  const { size, root } = verdict.checkpoint;
  const isIncluded = verifyInclusion({
    leafHash: leafHash(entry),
    index: parsed.index,
    treeSize: size,
    proof: parsed.path,
    root,
  });
  return isIncluded ? { valid: true } : refuse('the path does not lead from the entry to the root');
};
