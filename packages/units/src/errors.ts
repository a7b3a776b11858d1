/**
 * What every error of the house says: a stable code, what happened, how to mend it, and the data behind it.
 * The code is part of the public interface; the sentences may be improved.
 */
export interface Fault {
  /** Stable, kebab-case, unique within the house, for example `unknown-market`. */
  readonly code: string;
  /** What is wrong, in one sentence without a full stop. */
  readonly what: string;
  /** What would be right, in one sentence without a full stop. */
  readonly mend: string;
  /** Path of the field at fault, for example `lines[2].hs`. */
  readonly field?: string;
  /** Whatever a program needs to act on the fault. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** RFC 9457 problem details, the form in which a fault leaves the house. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly field?: string;
  readonly [member: string]: unknown;
}

const PROBLEM_BASE = 'https://crossparcel.dev/problems/';

/** A fault as RFC 9457 problem details. `status` is the HTTP status it would have (400 when it is about input). */
export const problemDetails = (fault: Fault, status = 400): ProblemDetails => ({
  type: PROBLEM_BASE + fault.code,
  title: fault.what,
  status,
  detail: `${fault.what}; ${fault.mend}`,
  ...(fault.field === undefined ? {} : { field: fault.field }),
  ...fault.data,
});

/** A fault that had to be thrown: a broken rim (a file, a network) or reference data that contradicts itself. */
export class CrossparcelError extends Error implements Fault {
  readonly code: string;
  readonly what: string;
  readonly mend: string;
  readonly field?: string;
  readonly data?: Readonly<Record<string, unknown>>;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(`${fault.what}; ${fault.mend}`, options);
    this.name = 'CrossparcelError';
    this.code = fault.code;
    this.what = fault.what;
    this.mend = fault.mend;
    if (fault.field !== undefined) this.field = fault.field;
    if (fault.data !== undefined) this.data = fault.data;
  }
}
