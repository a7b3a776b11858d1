import { CallFailed, kindOfStatus } from './caller.ts';
import type { CarrierLabel } from './carrier.ts';

const MOST_BYTES = 20_000_000;
const FORMATS: readonly { format: CarrierLabel['format']; starts: readonly number[] }[] = [
  { format: 'pdf', starts: [0x25, 0x50, 0x44, 0x46] },
  { format: 'png', starts: [0x89, 0x50, 0x4e, 0x47] },
  { format: 'zpl', starts: [0x5e, 0x58, 0x41] },
];

/** Bytes as a label, by how they start (`%PDF`, the PNG signature, `^XA`). Throws `CallFailed` for anything else. */
export const labelOf = (bytes: Uint8Array): CarrierLabel => {
  const found = FORMATS.find(({ starts }) => starts.every((byte, index) => bytes[index] === byte));
  if (!found) throw new CallFailed({ kind: 'answer', said: 'the label is neither PDF, PNG nor ZPL' });
  return { format: found.format, bytes };
};

/**
 * Fetches a label from where a carrier says it lies. Only `https` is followed, and plain `http` to the host that the carrier
 * itself is asked at, so that an answer cannot send us elsewhere without encryption. Throws `CallFailed`.
 */
export const fetchLabel = async (url: string, address: string, timeLimitMs: number): Promise<CarrierLabel> => {
  const { protocol, host } = new URL(url);
  if (protocol !== 'https:' && host !== new URL(address).host) {
    throw new CallFailed({ kind: 'answer', said: `the label lies at ${protocol}//${host}` });
  }
  const response = await fetch(url, { signal: AbortSignal.timeout(timeLimitMs) });
  if (!response.ok) throw new CallFailed({ kind: kindOfStatus(response.status), status: response.status });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > MOST_BYTES) throw new CallFailed({ kind: 'answer', said: 'the label is larger than 20 MB' });
  return labelOf(bytes);
};
