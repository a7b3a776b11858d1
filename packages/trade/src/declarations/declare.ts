import type { Fault, Result } from '@crossparcel/units';
import { fail, ok } from '@crossparcel/units';
import { refuseMissingRate } from '../landed-cost/missing-rate.ts';
import type { Assessment, Warning } from '../landed-cost/parcel.ts';
import type { Law } from '../law/law.ts';
import type { Convert } from './condition.ts';
import type { Consignment } from './consignment.ts';
import type { Facts } from './facts.ts';
import type { Message, Writing } from './message.ts';
import type { MessageBook } from './message-book.ts';
import type { RegistrationRule } from './message-record.ts';
import { checkRegistrations, type RegistrationFinding } from './registrations.ts';
import { viewOf } from './view.ts';

/** What declarations are made with. */
export interface DeclarationSources {
  readonly law: Law;
  readonly messages: MessageBook;
  readonly rules: readonly RegistrationRule[];
}

/** A message about a parcel, with what it rests on. */
export interface Declared {
  readonly message: Message;
  readonly facts: Facts;
  readonly registrations: readonly RegistrationFinding[];
  readonly warnings: readonly Warning[];
}

/** A consignment as facts, with the bill of its landed cost. */
export interface AssessedFacts {
  readonly facts: Facts;
  /** Why there is no bill; messages that declare no duty can do without. */
  readonly unassessed: Fault | undefined;
  readonly assessment: Assessment | undefined;
}

const converter = (law: Law, { parcel }: Consignment): Convert => {
  const book = law.book(parcel.market);
  return (minor, from, to) => {
    if (from === to) return minor;
    const rates = book ? law.ratesFor(book, parcel.day) : law.ratesOn(parcel.day);
    return rates.convertMinor(minor, from, to);
  };
};

/** What customs is told of a consignment: the facts of the data set and the duty, tax and fees that the law asks for. */
export const assessedFacts = (law: Law, consignment: Consignment): AssessedFacts => {
  const assessed = law.assess(consignment.parcel);
  const assessment = assessed.ok ? assessed.value : undefined;
  const territory = law.book(consignment.parcel.market)?.book.book;
  return {
    facts: viewOf(consignment, { assessment, territory }),
    unassessed: assessed.ok ? undefined : assessed.error,
    assessment,
  };
};

/** With which day and rates messages about a consignment are written. */
export const writingFor = (law: Law, consignment: Consignment): Writing => ({
  day: consignment.day,
  convert: converter(law, consignment),
});

/**
 * Declares a consignment as one of the messages on file: chooses it, checks each field at its source, and checks the
 * registrations that it needs on the day. Fails with the first field that is wrong (`declaration-field`), the first
 * registration that is missing or has lapsed (`registration`), or why the message is the wrong one.
 */
export const declare = (
  { law, messages, rules }: DeclarationSources,
  consignment: Consignment,
  as: string,
): Result<Declared, Fault> =>
  refuseMissingRate(() => {
    const { facts, unassessed, assessment } = assessedFacts(law, consignment);
    const writing = writingFor(law, consignment);
    const table = messages.choose(as, facts, writing);
    if (!table.ok) return table;
    if (table.value.record.about === 'master') return fail(aboutMaster(as));
    const question = { message: table.value.record.id, facts, ...writing };
    const registrations = checkRegistrations(rules, consignment.registrations, question);
    const forbidden = registrations.find(({ fault }) => fault !== undefined)?.fault;
    const message = table.value.write(facts, writing);
    // A number that has lapsed is missing from the facts: say that it lapsed rather than that it is missing.
    if (forbidden && (message.ok || message.error.code === 'declaration-field')) return fail(forbidden);
    if (!message.ok) return fail(isAboutDuty(message.error) && unassessed ? unassessed : message.error);
    return ok({ message: message.value, facts, registrations, warnings: assessment?.warnings ?? [] });
  });

const isAboutDuty = ({ field = '' }: Fault): boolean => /(^totals\.|\.)?(duty|tax|fees|due)$/.test(field);

const aboutMaster = (as: string): Fault => ({
  code: 'wrong-message',
  what: `${as} is about all parcels of a master air waybill`,
  mend: 'declare the consolidation',
});
