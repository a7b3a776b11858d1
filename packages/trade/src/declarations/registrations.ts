import { atDay, type DayNumber, type Fault, formatDay } from '@crossparcel/units';
import { allHoldFor, type Convert } from './condition.ts';
import { type Facts, factAt, textAt } from './facts.ts';
import type { RegistrationRule } from './message-record.ts';
import type { Registration } from './registration.ts';

/** Whether a registration counts in a territory. */
export const countsIn = ({ territory }: Registration, where: string | undefined): boolean =>
  territory === undefined || territory.toLowerCase() === where;

/** A lane as registrations see it: the message to be lodged, the facts of the parcel, and the day. */
export interface RegistrationQuestion {
  readonly message: string;
  readonly facts: Facts;
  readonly day: DayNumber;
  readonly convert: Convert;
}

/** What was found about a registration that a lane needs. */
export interface RegistrationFinding {
  readonly rule: string;
  readonly status: 'valid' | 'missing' | 'lapsed' | 'not-yet-valid' | 'malformed';
  /** The goods line that it is for; undefined when it is for the parcel. */
  readonly line?: string;
  readonly registration?: Registration;
  readonly fault?: Fault;
}

const fault = (rule: RegistrationRule, what: string, mend: string, data: Record<string, unknown>): Fault => ({
  code: 'registration',
  what,
  mend,
  field: 'registrations',
  data: { rule: rule.id, ...data },
});

const textOf = (facts: Facts, path: string | undefined): string | undefined =>
  path === undefined ? undefined : textAt({ here: facts, whole: facts, place: '' }, path);

/** The number that the data set names, where the rule asks for that one. */
const numberOf = ({ number }: RegistrationRule, facts: Facts): string | undefined => textOf(facts, number);

/** Whether a registration is of the number and the holder that the data set names, where the rule asks for that. */
const isNamed = (rule: RegistrationRule, { number, holder }: Registration, facts: Facts): boolean => {
  const [theirNumber, theirHolder] = [numberOf(rule, facts), textOf(facts, rule.holder)];
  return (
    (theirNumber === undefined || theirNumber === number) &&
    (theirHolder === undefined || holder === undefined || theirHolder === holder)
  );
};

const isFormed = ({ pattern }: RegistrationRule, number: string): boolean =>
  pattern === undefined || new RegExp(pattern.expression, 'u').test(number);

const coversOn = ({ validFrom, validTo }: Registration, day: string): boolean =>
  validFrom <= day && (validTo === null || day <= validTo);

const absent = (
  rule: RegistrationRule,
  kindred: readonly Registration[],
  day: string,
  forLine: string,
  wanted = '',
) => {
  const lapsed = kindred
    .filter(({ validTo }) => validTo !== null && validTo < day)
    .toSorted(byEnd)
    .at(-1);
  if (lapsed) {
    const what = `${rule.name} ${lapsed.number}${forLine} lapsed on ${lapsed.validTo}`;
    const found = fault(rule, what, 'renew it, or use another lane', { status: 'lapsed', number: lapsed.number });
    return { rule: rule.id, status: 'lapsed' as const, registration: lapsed, fault: found };
  }
  const [coming] = kindred.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  if (coming) {
    const what = `${rule.name} ${coming.number}${forLine} is valid only from ${coming.validFrom}`;
    const found = fault(rule, what, 'wait, or use another lane', { status: 'not-yet-valid', number: coming.number });
    return { rule: rule.id, status: 'not-yet-valid' as const, registration: coming, fault: found };
  }
  const what = `${rule.name}${wanted}${forLine} is missing for ${day}`;
  const found = fault(rule, what, `give a registration of kind ${rule.kinds.join(' or ')}`, { status: 'missing' });
  return { rule: rule.id, status: 'missing' as const, fault: found };
};

const byEnd = (a: Registration, b: Registration): number => ((a.validTo ?? '') < (b.validTo ?? '') ? -1 : 1);

const look = (
  rule: RegistrationRule,
  registrations: readonly Registration[],
  question: RegistrationQuestion,
  line?: string,
): RegistrationFinding => {
  const day = formatDay(question.day);
  const territory = textOf(question.facts, 'territory');
  const kindred = registrations.filter(
    (one) =>
      rule.kinds.includes(one.kind) &&
      isNamed(rule, one, question.facts) &&
      countsIn(one, territory) &&
      (line === undefined || one.lines === undefined || one.lines.includes(line)),
  );
  const inForce = kindred.filter((one) => coversOn(one, day));
  const good = inForce.find(({ number }) => isFormed(rule, number));
  const ofLine = line === undefined ? {} : { line };
  if (good) return { rule: rule.id, status: 'valid', registration: good, ...ofLine };
  const [bad] = inForce;
  if (bad) {
    const what = `${rule.name} ${bad.number} cannot be right`;
    const found = fault(rule, what, `give ${rule.pattern?.means ?? 'its number'}`, {
      status: 'malformed',
      number: bad.number,
    });
    return { rule: rule.id, status: 'malformed', registration: bad, fault: found, ...ofLine };
  }
  const number = numberOf(rule, question.facts);
  const wanted = number === undefined ? '' : ` ${number}`;
  return { ...absent(rule, kindred, day, line === undefined ? '' : ` for line ${line}`, wanted), ...ofLine };
};

const linesUnder = (rule: RegistrationRule, { facts, convert }: RegistrationQuestion): (string | undefined)[] => {
  if (rule.lines === undefined) return [undefined];
  const lines = factAt({ here: facts, whole: facts, place: '' }, 'lines');
  if (!Array.isArray(lines)) return [];
  return lines.flatMap((here: Facts, index) => {
    const scope = { here, whole: facts, place: `lines[${index}]` };
    return allHoldFor(rule.lines, scope, convert) ? [String(here.id)] : [];
  });
};

/**
 * What a lane needs and whether it is there: for each rule in force that applies to the message and the parcel, a
 * registration of one of its kinds that counts in the territory on the day, for each goods line that needs one of its own.
 * Findings come in the order of the rules; those that forbid the lane carry a fault with name and date.
 */
export const checkRegistrations = (
  rules: readonly RegistrationRule[],
  registrations: readonly Registration[],
  question: RegistrationQuestion,
): RegistrationFinding[] => {
  const scope = { here: question.facts, whole: question.facts, place: '' };
  return atDay(rules, question.day)
    .filter(({ messages, when }) => messages.includes(question.message) && allHoldFor(when, scope, question.convert))
    .flatMap((rule) => linesUnder(rule, question).map((line) => look(rule, registrations, question, line)));
};
