import { toBase64, verifyCheckpoint, verifyParcelProof } from '@crossparcel/trace/ledger';

/** What a check of a proof found. */
export interface ProofCheck {
  readonly isValid: boolean;
  readonly reason: string | undefined;
  readonly parcel: string | undefined;
  readonly events: number | undefined;
  /** Of the checkpoint, where its signatures hold. */
  readonly log:
    | { readonly origin: string; readonly size: number; readonly root: string; readonly witnesses: number }
    | undefined;
  readonly milliseconds: number;
}

const readProof = (text: string): { parcel?: unknown; checkpoint?: unknown; events?: unknown } => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
};

/** Checks a proof here, without asking anybody; `clock` gives milliseconds. */
export const checkProof = (proof: string, policy: string, clock: () => number): ProofCheck => {
  const start = clock();
  const verdict = verifyParcelProof(proof, policy);
  const milliseconds = clock() - start;
  const { parcel, checkpoint, events } = readProof(proof);
  const signed = typeof checkpoint === 'string' ? verifyCheckpoint(checkpoint, policy) : undefined;
  return {
    isValid: verdict.valid,
    reason: verdict.valid ? undefined : verdict.reason,
    parcel: typeof parcel === 'string' ? parcel : undefined,
    events: Array.isArray(events) ? events.length : undefined,
    log: signed?.valid
      ? {
          origin: signed.checkpoint.origin,
          size: Number(signed.checkpoint.size),
          root: toBase64(signed.checkpoint.root),
          witnesses: signed.cosigned.length,
        }
      : undefined,
    milliseconds,
  };
};

/** One changed character of a text. */
export interface Change {
  readonly text: string;
  /** Counted from one. */
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

/** Changes one digit of the first event's time, so that the file stays well formed and only its truth is touched. */
export const changeOneByte = (proof: string): Change => {
  const found = proof.indexOf('"eventTime":"');
  const at = found < 0 ? Math.floor(proof.length / 2) : found + '"eventTime":"2026-11-2'.length;
  const before = proof[at] ?? '';
  const after = /\d/.test(before) ? String((Number(before) + 1) % 10) : before === 'a' ? 'b' : 'a';
  return { text: proof.slice(0, at) + after + proof.slice(at + 1), at: at + 1, before, after };
};
