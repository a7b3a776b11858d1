import { cn22Fault, cn22LimitsIn, formFor, postalNumberFault } from '@crossparcel/documents/declarations';
import { Reference } from '@crossparcel/files';
import {
  type Consignment,
  type ConsignmentRequest,
  type Consolidation,
  consignmentOf,
  type DeclarationSources,
  type Declared,
  declare as declareAs,
  messageData,
  type Registration,
  type RegistrationFinding,
  unconfirmedElements,
  writingFor,
} from '@crossparcel/trade';
import { type Fault, fail, formatDay, ok, type Result } from '@crossparcel/units';
import * as z from 'zod';
import type { OptionValues } from '../conventions/batch-answerer.ts';
import { UsageError } from '../conventions/exit.ts';
import { openLaw } from './landed-cost.ts';

/** Schema of an answer: the data of the message, the registrations it rests on, and what could not be confirmed. */
export const declarationAnswerSchema = z.object({
  id: z.string(),
  as: z.string(),
  day: z.string(),
  data: z.record(z.string(), z.unknown()),
  registrations: z.array(
    z.object({
      rule: z.string(),
      status: z.string(),
      number: z.string().optional(),
      validTo: z.string().nullable().optional(),
      line: z.string().optional(),
    }),
  ),
  /** Elements whose rule rests on memory or on one secondary source. */
  notConfirmed: z.array(z.string()),
  warnings: z.array(z.object({ code: z.string(), text: z.string() })),
  /** Names of the files that were written. */
  files: z.array(z.string()).optional(),
  /** Under which id it was lodged, and whether it was before. */
  lodged: z
    .object({
      id: z.string(),
      outcome: z.enum(['lodged', 'already-lodged', 'amendment-lodged']),
      amends: z.string().optional(),
    })
    .optional(),
});
export type DeclarationAnswer = z.infer<typeof declarationAnswerSchema>;

/** A consignment, read, with what it is declared as. */
export interface MadeDeclaration {
  readonly consignment: Consignment;
  readonly declared: Declared;
}

/** Reads consignments and declares them; opened once for a run. */
export class DeclarationDesk {
  readonly #sources: DeclarationSources;
  readonly #limit;
  readonly #registrations: readonly Registration[];
  readonly as: string;

  constructor({ as, rates }: OptionValues, registrations: readonly Registration[]) {
    const reference = new Reference();
    this.#sources = { law: openLaw(rates), messages: reference.messages(), rules: reference.registrationRules() };
    this.#limit = reference.postalFormLimits();
    this.#registrations = registrations;
    const names = [...this.#sources.messages.names, FORM].sort().join(', ');
    if (as === undefined) throw new UsageError(`give --as MESSAGE, one of ${names}`);
    if (!names.split(', ').includes(as)) throw new UsageError(`--as ${as} is no message; give one of ${names}`);
    this.as = as;
  }

  get sources(): DeclarationSources {
    return this.#sources;
  }

  /** The data set of a record, with the registrations that were given beside the records. */
  read(request: ConsignmentRequest): Result<Consignment, Fault> {
    const read = consignmentOf(this.#sources.law, request, this.#registrations);
    if (!read.ok) return read;
    const fault = postalNumberFault(read.value);
    return fault ? fail(fault) : read;
  }

  /** Declares a record. */
  make(request: ConsignmentRequest): Result<MadeDeclaration, Fault> {
    const read = this.read(request);
    if (!read.ok) return read;
    const as = this.#messageFor(read.value);
    if (!as.ok) return as;
    const declared = declareAs(this.#sources, read.value, as.value);
    return declared.ok ? ok({ consignment: read.value, declared: declared.value }) : declared;
  }

  /** The postal form is chosen by value and weight; a CN 22 that will not do is refused. */
  #messageFor(consignment: Consignment): Result<string, Fault> {
    if (this.as !== FORM && this.as !== 'cn22') return ok(this.as);
    const { convert } = writingFor(this.#sources.law, consignment);
    const limits = cn22LimitsIn(this.#limit, { convertMinor: convert }, consignment.currency);
    if (this.as === FORM) return ok(formFor(consignment, limits) === 'CN 22' ? 'cn22' : 'cn23');
    const fault = cn22Fault(consignment, limits);
    return fault ? fail(fault) : ok('cn22');
  }
}

/** The name under which the right one of CN 22 and CN 23 is asked for. */
const FORM = 'customs-form';

const findingRecord = (finding: RegistrationFinding): DeclarationAnswer['registrations'][number] => {
  const { rule, status, registration, line } = finding;
  return {
    ...{ rule, status },
    ...(registration && { number: registration.number, validTo: registration.validTo }),
    ...(line !== undefined && { line }),
  };
};

/** Fields shown in tables and CSV. */
export const DECLARE_COLUMNS = ['id', 'as', 'day', 'files', 'lodged.id', 'lodged.outcome', 'notConfirmed', 'warnings'];

/** The answer about a consolidation. */
export const consolidationAnswer = (
  { masterWaybill, first }: Consolidation,
  { message, registrations }: Pick<Declared, 'message' | 'registrations'>,
): DeclarationAnswer => ({
  id: masterWaybill,
  as: message.record.id,
  day: formatDay(first.day),
  data: messageData(message),
  registrations: registrations.map(findingRecord),
  notConfirmed: unconfirmedElements(message),
  warnings: [],
});

/** The answer about a declaration as records print it. */
export const declarationAnswer = ({ consignment, declared }: MadeDeclaration): DeclarationAnswer => {
  const { message, registrations, warnings } = declared;
  return {
    id: consignment.id,
    as: message.record.id,
    day: formatDay(consignment.day),
    data: messageData(message),
    registrations: registrations.map(findingRecord),
    notConfirmed: unconfirmedElements(message),
    warnings: warnings.map(({ code, text }) => ({ code, text })),
  };
};
