import type { Fault, Instant, Result } from '@crossparcel/units';
import type * as z from 'zod';
import { Caller, CallFailed, type CallSettings, kindOfStatus, retryAfterOf } from '../caller.ts';
import { errorAnswer, paymentAnswer, tokenAnswer } from './answers.ts';

const ID = 'usps';
const ADDRESS = 'https://apis.usps.com';
/** A token is renewed this long before it ends. */
const MARGIN_MS = 60_000;
/** USPS does not say how long a payment authorisation lasts; after this it is asked for anew. */
const PAYMENT_MS = 3_600_000;

/** An account with USPS: an application of its developer portal, and who pays for labels. */
export interface UspsAccount {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Classes of mail that are asked for prices, for example `USPS_GROUND_ADVANTAGE`. */
  readonly mailClasses: readonly string[];
  /** Who pays; without it there are prices and tracks but no labels. */
  readonly payer?: {
    readonly crid: string;
    readonly mid: string;
    readonly manifestMid: string;
    readonly accountType: string;
    readonly accountNumber: string;
  };
  /** Another address of the interface, without a slash at its end, such as that for tests. */
  readonly address?: string;
}

/** One call of the interface. */
export interface UspsCall<Answer> {
  readonly name: string;
  readonly schema: z.ZodType<Answer>;
  readonly isRepeatable: boolean;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Token {
  readonly value: string;
  readonly until: Instant;
}

/**
 * USPS APIs v3 over HTTP: OAuth 2.0 client credentials (RFC 6749, 4.4) with the token kept until shortly before it ends, and
 * asked for once however many calls wait for it. A token that is refused is dropped.
 */
export class UspsApi {
  readonly #account: UspsAccount;
  readonly #settings: CallSettings;
  readonly #caller: Caller;
  readonly #now: () => Instant;
  #token: Promise<Token> | undefined;
  #payment: Token | undefined;

  constructor(account: UspsAccount, settings: CallSettings, now: () => Instant) {
    this.#account = account;
    this.#settings = settings;
    this.#now = now;
    this.#caller = new Caller(ID, settings, [account.clientSecret, account.clientId]);
  }

  call<Answer>({ name, schema, isRepeatable, ...request }: UspsCall<Answer>): Promise<Result<Answer, Fault>> {
    return this.#caller.call({ name, schema, isRepeatable, make: () => this.#authorised(request) });
  }

  /** The header that lets a label be charged. */
  async payment(): Promise<Result<{ 'X-Payment-Authorization-Token': string }, Fault>> {
    const { payer } = this.#account;
    return this.#caller.do('payment authorisation', true, async () => {
      if (!payer) throw new CallFailed({ kind: 'credentials', said: 'the account names no payer' });
      if (!this.#payment || this.#payment.until <= this.#now()) {
        const { crid: CRID, mid: MID, manifestMid: manifestMID, accountType, accountNumber } = payer;
        const role = { CRID, MID, manifestMID, accountType, accountNumber };
        const body = {
          roles: [
            { roleName: 'PAYER', ...role },
            { roleName: 'LABEL_OWNER', ...role },
          ],
        };
        const answer = await this.#authorised({ method: 'POST', path: '/payments/v3/payment-authorization', body });
        const { paymentAuthorizationToken: value } = readAs(paymentAnswer, answer);
        this.#payment = { value, until: this.#now() + PAYMENT_MS };
      }
      return { 'X-Payment-Authorization-Token': this.#payment.value };
    });
  }

  async #authorised(request: Omit<UspsCall<unknown>, 'name' | 'schema' | 'isRepeatable'>): Promise<unknown> {
    const { value } = await this.#freshToken();
    try {
      return await this.#send({ ...request, headers: { ...request.headers, authorization: `Bearer ${value}` } });
    } catch (error) {
      if (error instanceof CallFailed && error.failure.kind === 'credentials') {
        this.#token = undefined;
        this.#payment = undefined;
      }
      throw error;
    }
  }

  async #freshToken(): Promise<Token> {
    const kept = this.#token;
    if (kept) {
      const token = await kept;
      if (token.until > this.#now()) return token;
      // Whoever comes first asks for the next one.
      if (this.#token !== kept) return this.#freshToken();
    }
    const asked = this.#askToken();
    this.#token = asked;
    try {
      return await asked;
    } catch (error) {
      if (this.#token === asked) this.#token = undefined;
      throw error;
    }
  }

  async #askToken(): Promise<Token> {
    const { clientId, clientSecret } = this.#account;
    const body = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' };
    const answer = await this.#send({ method: 'POST', path: '/oauth2/v3/token', body });
    const { access_token: value, expires_in } = readAs(tokenAnswer, answer);
    return { value, until: this.#now() + expires_in * 1000 - MARGIN_MS };
  }

  async #send(request: Pick<UspsCall<unknown>, 'method' | 'path' | 'body' | 'headers'>): Promise<unknown> {
    const { method, path, body, headers } = request;
    const response = await fetch((this.#account.address ?? ADDRESS) + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(this.#settings.timeLimitMs),
    });
    if (response.ok) return bodyOf(response);
    const retry = retryAfterOf(response.headers.get('retry-after'));
    throw new CallFailed({
      kind: kindOfStatus(response.status),
      status: response.status,
      ...wordsOf(await response.text()),
      ...retry,
    });
  }
}

/** An answer that has several parts as one object: the members of its JSON parts, and other parts as base64 by their name. */
const bodyOf = async (response: Response): Promise<unknown> => {
  if (!response.headers.get('content-type')?.startsWith('multipart/')) return response.json();
  const whole: Record<string, unknown> = {};
  for (const [name, part] of (await response.formData()).entries()) {
    if (typeof part === 'string') Object.assign(whole, JSON.parse(part));
    else whole[name] = Buffer.from(await part.arrayBuffer()).toString('base64');
  }
  return whole;
};

const readAs = <Answer>(schema: z.ZodType<Answer>, answer: unknown): Answer => {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new CallFailed({ kind: 'answer', said: read.error.issues[0]?.path.join('.') ?? '' });
};

/** The codes and words of an error, each detail with the parameter that it is about. */
const wordsOf = (text: string): { code?: string; said: string } => {
  const read = errorAnswer.safeParse(jsonOf(text));
  if (!read.success) return { said: text.slice(0, 200) };
  const { code, message, errors } = read.data.error;
  const details = (errors ?? []).map(({ title, detail, source }) =>
    [source?.parameter, detail ?? title].filter(Boolean).join(': '),
  );
  const [first] = errors ?? [];
  const named = first?.code ?? code;
  return { ...(named && { code: String(named) }), said: [message, ...details].filter(Boolean).join('; ') };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
