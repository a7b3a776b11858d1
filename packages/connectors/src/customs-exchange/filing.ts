import { type Fault, fail, ok, type Result } from '@crossparcel/units';

/** Where a filing stands. An `amended` one has been replaced by another version. */
export type FilingState = 'drafted' | 'lodged' | 'accepted' | 'rejected' | 'amended';

/** What the other side said about a filing. `kind` is kept as it came, also when it is none that is known. */
export interface FilingAnswer {
  /** The message that it is about. */
  readonly id: string;
  readonly kind: string;
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
  /** Registration number of the other side, such as an MRN. */
  readonly reference?: string | undefined;
  readonly at?: string | undefined;
}

/** A message on its way to customs and what became of it. */
export interface Filing {
  readonly id: string;
  readonly state: FilingState;
  /** The answer that decided; undefined while none has. */
  readonly decision?: FilingAnswer;
  /** All other answers in their order: repeated, contradicting, and of kinds that are not known. */
  readonly further: readonly FilingAnswer[];
  /** The version that replaced it. */
  readonly amendedBy?: string;
}

export type FilingEvent =
  | { readonly kind: 'lodged' }
  | { readonly kind: 'answered'; readonly answer: FilingAnswer }
  | { readonly kind: 'amended'; readonly by: string };

const DECISIONS: Readonly<Record<string, 'accepted' | 'rejected'>> = { accepted: 'accepted', rejected: 'rejected' };

/** What an answer decides: `accepted`, `rejected`, or nothing for any other kind. */
const decisionOf = ({ kind }: FilingAnswer): 'accepted' | 'rejected' | undefined =>
  Object.hasOwn(DECISIONS, kind) ? DECISIONS[kind] : undefined;

/** A filing that nobody has sent yet. */
export const drafted = (id: string): Filing => ({ id, state: 'drafted', further: [] });

const refused = ({ id, state }: Filing, what: string, mend: string): Result<never, Fault> =>
  fail({ code: `filing-${state}`, what: `${id} ${what}`, mend, field: 'id', data: { id, state } });

const answered = (filing: Filing, answer: FilingAnswer): Result<Filing, Fault> => {
  if (filing.state === 'drafted') return refused(filing, 'was answered before it was lodged', 'look who lodged it');
  const decision = decisionOf(answer);
  if (decision === undefined || filing.decision) return ok({ ...filing, further: [...filing.further, answer] });
  // Who was amended without an answer stays so; the answer that comes late is still the one that decided.
  return ok({ ...filing, decision: answer, state: filing.state === 'amended' ? 'amended' : decision });
};

/**
 * The next state of a filing: drafted, lodged, accepted or rejected, and amended when a further version replaces it. The
 * first answer that decides counts; later ones are kept beside it. A filing is lodged once, answered only after that, and
 * amended only after an answer. Fails with `filing-` and the state for what cannot happen.
 */
export const stepFiling = (filing: Filing, event: FilingEvent): Result<Filing, Fault> => {
  switch (event.kind) {
    case 'lodged':
      return filing.state === 'drafted'
        ? ok({ ...filing, state: 'lodged' })
        : refused(filing, 'was lodged before', 'amend it instead');
    case 'answered':
      return answered(filing, event.answer);
    case 'amended':
      return filing.state === 'accepted' || filing.state === 'rejected'
        ? ok({ ...filing, state: 'amended', amendedBy: event.by })
        : refused(filing, `is ${filing.state} and cannot be amended`, 'wait for the answer');
  }
};

/** Whether an answer contradicts the one that decided. */
export const contradicts = ({ decision }: Filing, answer: FilingAnswer): boolean => {
  const other = decisionOf(answer);
  return decision !== undefined && other !== undefined && other !== decisionOf(decision);
};
