import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import type * as z from 'zod';
import { type CallFailure, callFault } from './faults.ts';

/** How calls to a carrier are made. */
export interface CallSettings {
  /** How long an answer may take. */
  readonly timeLimitMs: number;
  /** How often a call is made in all that may be repeated. */
  readonly tries: number;
  /** The pause before the second try; it doubles with each further one. */
  readonly pauseMs: number;
  /** The longest pause; a carrier that asks for a longer one is not asked again. */
  readonly longestPauseMs: number;
}

/** Settings that fit carriers that answer within seconds. */
export const CALL_SETTINGS: CallSettings = { timeLimitMs: 20_000, tries: 3, pauseMs: 500, longestPauseMs: 30_000 };

/** One call: its name for messages, the form of its answer, and how it is made. */
export interface Call<Answer> {
  readonly name: string;
  readonly schema: z.ZodType<Answer>;
  /** Whether a repeat does no harm: it reads, costs nothing, or carries a key of ours by which the carrier knows it again. */
  readonly isRepeatable: boolean;
  make(): Promise<unknown>;
}

const PASSING: ReadonlySet<CallFailure['kind']> = new Set(['throttled', 'failed', 'silent', 'unreachable']);

/** An error of the network below `fetch` and the SDKs, as a failure. */
const networkFailure = (error: unknown): CallFailure => {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const isSilent =
    name === 'TimeoutError' ||
    name === 'AbortError' ||
    name === 'RequestTimeoutError' ||
    ['ECONNABORTED', 'ETIME', 'ETIMEDOUT', 'TIMED_OUT'].includes(code ?? '');
  if (isSilent) return { kind: 'silent' };
  if (name === 'SyntaxError') return { kind: 'answer', said: 'it is no JSON' };
  const said = cause?.code ?? cause?.message ?? code ?? message;
  return { kind: 'unreachable', ...(said !== undefined && { said }) };
};

/** A call that failed, as adapters say it. */
export class CallFailed extends Error {
  readonly failure: CallFailure;

  constructor(failure: CallFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** What an HTTP status says of a call. */
export const kindOfStatus = (status: number): CallFailure['kind'] => {
  if (status === 401 || status === 403) return 'credentials';
  if (status === 404) return 'missing';
  if (status === 429) return 'throttled';
  if (status === 408 || status === 504) return 'silent';
  return status >= 500 ? 'failed' : 'refused';
};

/** `Retry-After` in milliseconds, where it is given in seconds. */
export const retryAfterOf = (header: string | null | undefined): { retryAfterMs?: number } =>
  header && /^\d+(\.\d+)?$/.test(header) ? { retryAfterMs: Math.ceil(Number(header) * 1000) } : {};

/**
 * Makes calls to one carrier: an answer is held against its schema, and a call that may be repeated is tried again after a
 * pause that doubles, or as long as the carrier asks for.
 */
export class Caller {
  readonly #carrier: string;
  readonly #settings: CallSettings;
  readonly #secrets: readonly string[];

  constructor(carrier: string, settings: CallSettings, secrets: readonly string[]) {
    this.#carrier = carrier;
    this.#settings = settings;
    this.#secrets = secrets;
  }

  /** A call whose answer is held against its schema. */
  call<Answer>({ name, schema, isRepeatable, make }: Call<Answer>): Promise<Result<Answer, Fault>> {
    return this.do(name, isRepeatable, async () => {
      const read = schema.safeParse(await make());
      if (read.success) return read.data;
      const [issue] = read.error.issues;
      throw new CallFailed({ kind: 'answer', said: `${issue?.path.join('.')}: ${issue?.message}` });
    });
  }

  /** A call that reads its answer itself; it throws `CallFailed` or what the network throws. */
  async do<Answer>(name: string, isRepeatable: boolean, make: () => Promise<Answer>): Promise<Result<Answer, Fault>> {
    const { tries, pauseMs, longestPauseMs } = this.#settings;
    for (let attempt = 1; ; attempt += 1) {
      const made = await attemptOf(make);
      if (made.ok) return made;
      const failure = made.error;
      const pause = failure.retryAfterMs ?? pauseMs * 2 ** (attempt - 1);
      const isLast = attempt >= tries || pause > longestPauseMs;
      if (isLast || !isRepeatable || !PASSING.has(failure.kind)) {
        return fail(callFault(this.#carrier, name, failure, this.#secrets));
      }
      await sleep(pause);
    }
  }
}

/** Calls made through the client that a carrier gives out; `ask` opens it and lets one call be made with it. */
export class ClientCaller<Client> {
  readonly #caller: Caller;
  readonly #ask: (make: (client: Client) => Promise<unknown>) => Promise<unknown>;

  constructor(caller: Caller, ask: (make: (client: Client) => Promise<unknown>) => Promise<unknown>) {
    this.#caller = caller;
    this.#ask = ask;
  }

  call<Answer>(
    name: string,
    schema: z.ZodType<Answer>,
    isRepeatable: boolean,
    make: (client: Client) => Promise<unknown>,
  ): Promise<Result<Answer, Fault>> {
    return this.#caller.call({ name, schema, isRepeatable, make: () => this.#ask(make) });
  }
}

const attemptOf = async <Answer>(make: () => Promise<Answer>): Promise<Result<Answer, CallFailure>> => {
  try {
    return ok(await make());
  } catch (error) {
    return fail(error instanceof CallFailed ? error.failure : networkFailure(error));
  }
};
