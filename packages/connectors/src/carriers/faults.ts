import { type Fault, fail } from '@crossparcel/units';
import type { Ability } from './carrier.ts';

/** Why a call to a carrier came to nothing. */
export interface CallFailure {
  readonly kind: 'refused' | 'credentials' | 'missing' | 'throttled' | 'failed' | 'silent' | 'unreachable' | 'answer';
  readonly status?: number;
  /** The carrier's own code and words. */
  readonly code?: string;
  readonly said?: string;
  readonly retryAfterMs?: number;
}

const WORDS: Readonly<Record<CallFailure['kind'], { code: string; what: string; mend: string }>> = {
  refused: { code: 'carrier-refused', what: 'refused it', mend: 'mend what the carrier names' },
  credentials: {
    code: 'carrier-credentials',
    what: 'does not accept the credentials',
    mend: 'check the key and its rights',
  },
  missing: { code: 'carrier-unknown', what: 'knows no such thing', mend: 'check number and id' },
  throttled: { code: 'carrier-throttled', what: 'was asked too often', mend: 'ask again later, or for a higher limit' },
  failed: { code: 'carrier-failed', what: 'failed', mend: 'ask again later' },
  silent: { code: 'carrier-silent', what: 'did not answer in time', mend: 'ask again later' },
  unreachable: { code: 'carrier-unreachable', what: 'was not reached', mend: 'check address and network' },
  answer: { code: 'carrier-answer', what: 'gave an answer that cannot be read', mend: 'report it with the answer' },
};

/** Faults after which nobody knows whether the carrier did what it was asked for. */
const UNCERTAIN: ReadonlySet<string> = new Set([
  'carrier-failed',
  'carrier-silent',
  'carrier-unreachable',
  'carrier-answer',
]);

/** Whether a call may have had its effect although it failed. */
export const isUncertain = ({ code }: Fault): boolean => UNCERTAIN.has(code);

/** A text without credentials in it, plain, as part of an address, or as Basic authentication writes them. */
const withoutSecrets = (text: string, secrets: readonly string[]): string => {
  const forms = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(`${secret}:`).toString('base64')]);
  return forms.reduce((shown, form) => shown.replaceAll(form, '***'), text);
};

/** A failed call as a fault; `call` names it. */
export const callFault = (carrier: string, call: string, failure: CallFailure, secrets: readonly string[]): Fault => {
  const { code, what, mend } = WORDS[failure.kind];
  const said =
    failure.said === undefined
      ? undefined
      : withoutSecrets(failure.said, secrets).replaceAll(/\s+/g, ' ').slice(0, 1000);
  return {
    code,
    what: `${carrier} ${what}: ${call}${said === undefined ? '' : ` (${said})`}`,
    mend,
    data: {
      carrier,
      call,
      ...(failure.status !== undefined && { httpStatus: failure.status }),
      ...(failure.code !== undefined && { carrierCode: failure.code }),
      ...(said !== undefined && { said }),
      ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
    },
  };
};

/** The fault of a call that a carrier does not offer. */
export const notOffered = (carrier: string, ability: Ability) =>
  fail<Fault>({
    code: 'not-offered',
    what: `${carrier} does not offer ${ability}`,
    mend: 'ask a carrier that does',
    data: { carrier, ability },
  });

/** The fault of a service that no quote is for. */
export const unknownService = (carrier: string, service: string, offered: readonly string[]): Fault => ({
  code: 'unknown-service',
  field: 'service',
  what: `${carrier} does not offer ${service} for this shipment`,
  mend: offered.length > 0 ? `give one of ${offered.join(', ')}` : 'ask for rates first; none is offered',
  data: { carrier, service },
});

/** The fault of a void that the carrier does not grant. */
export const voidRefused = (carrier: string, number: string, said: string): Fault => ({
  code: 'void-refused',
  what: `${carrier} does not take ${number} back (${said})`,
  mend: 'ask the carrier; a label that was scanned or is too old cannot be given back',
  data: { carrier, number, said },
});

/** A call for a void that failed: what the carrier refuses is a void refused, all else stays what it is. */
export const failedVoid = (carrier: string, number: string, fault: Fault): Fault =>
  fault.code === 'carrier-refused' ? voidRefused(carrier, number, fault.what) : fault;

/** The fault of a number that a carrier knows nothing of. */
export const unknownNumber = (carrier: string, number: string): Fault => ({
  code: 'unknown-number',
  field: 'number',
  what: `${carrier} knows nothing of ${number}`,
  mend: 'check the number and whose it is; a new one may take a day to be known',
  data: { carrier, number },
});
