import { type Fault, fail, formatMinor, ok, type Result } from '@crossparcel/units';
import { refuseMissingRate } from '../landed-cost/missing-rate.ts';
import type { Law } from '../law/law.ts';
import type { Consignment } from './consignment.ts';
import { type AssessedFacts, assessedFacts, type DeclarationSources, type Declared, writingFor } from './declare.ts';
import { type Facts, textAt } from './facts.ts';
import { checkRegistrations, type RegistrationFinding } from './registrations.ts';
import { kilograms } from './view.ts';

/** Parcels under one master air waybill. */
export interface Consolidation {
  readonly masterWaybill: string;
  readonly first: Consignment;
  readonly facts: Facts;
  readonly members: readonly { readonly consignment: Consignment; readonly facts: Facts }[];
}

/** The parties who are the same for all parcels of a consolidation. */
const PARTIES = ['forwarder', 'agent', 'carrier', 'declarant', 'representative'];

/** What all parcels of a consolidation have in common, by the path of the field. */
const SHARED = [
  ...['market', 'day', 'channel', 'currency', 'transport.flight', 'transport.departureAirport'],
  ...['transport.arrivalAirport', 'transport.portOfEntry'],
  ...PARTIES.map((role) => `parties.${role}.name`),
];

const INPUT: Readonly<Record<string, string>> = { day: 'at' };

/** Gathers parcels under their master air waybills; added one by one, in any order. */
export class Consolidator {
  readonly #law: Law;
  readonly #groups = new Map<
    string,
    { first: Consignment; members: (AssessedFacts & { consignment: Consignment })[] }
  >();
  readonly #ids = new Set<string>();

  constructor(law: Law) {
    this.#law = law;
  }

  /** Adds a parcel, or says what sets it apart from the others of its master air waybill. */
  add(consignment: Consignment): Fault | undefined {
    const { masterWaybill } = consignment.references;
    if (masterWaybill === undefined) return MISSING_MASTER;
    if (this.#ids.has(consignment.id)) return repeated(consignment.id);
    const member = { ...assessedFacts(this.#law, consignment), consignment };
    const group = this.#groups.get(masterWaybill);
    const [other] = group?.members ?? [];
    const different = other && SHARED.find((path) => factOf(other.facts, path) !== factOf(member.facts, path));
    if (other && different) return unlike(different, other.consignment.id, factOf(other.facts, different));
    this.#ids.add(consignment.id);
    if (group) group.members.push(member);
    else this.#groups.set(masterWaybill, { first: consignment, members: [member] });
    return undefined;
  }

  /** The consolidations, in the order in which their first parcels came. */
  consolidations(): Consolidation[] {
    return Array.from(this.#groups, ([masterWaybill, { first, members }]) => {
      const { currency } = first;
      const [lead] = members;
      const shared = lead?.facts ?? {};
      const consignments = members.map(({ consignment }) => consignment);
      const total = (of: (one: Consignment) => number) => consignments.reduce((sum, one) => sum + of(one), 0);
      const facts: Facts = {
        references: { masterWaybill, localReference: masterWaybill },
        ...pick(shared, ['day', 'market', 'territory', 'channel', 'currency', 'transport', 'codes']),
        parties: pick(shared.parties as Facts, PARTIES),
        totals: {
          parcels: String(members.length),
          packages: String(total(({ packages }) => packages)),
          grossKilograms: kilograms(total(({ grossGrams }) => grossGrams)),
          value: formatMinor(
            total(({ lines }) => lines.reduce((sum, line) => sum + line.valueMinor, 0)),
            currency,
          ),
          ...dues(members, currency),
        },
        parcels: members.map((member) => member.facts),
      };
      return { masterWaybill, first, facts, members };
    });
  }
}

const factOf = (facts: Facts, path: string): string | undefined =>
  textAt({ here: facts, whole: facts, place: '' }, path);

const pick = (facts: Facts, names: readonly string[]): Facts =>
  Object.fromEntries(names.map((name) => [name, facts[name]]));

/** The duty, tax and fees of all parcels; nothing when one of them has no bill, for a sum of some would mislead. */
const dues = (members: readonly AssessedFacts[], currency: string): Facts => {
  const bills = members.flatMap(({ assessment }) => (assessment ? [assessment] : []));
  if (bills.length < members.length) return {};
  const sum = (name: 'dutyMinor' | 'taxMinor' | 'feeMinor') =>
    formatMinor(
      bills.reduce((total, bill) => total + bill[name], 0),
      currency,
    );
  return { duty: sum('dutyMinor'), tax: sum('taxMinor'), fees: sum('feeMinor') };
};

const MISSING_MASTER: Fault = {
  code: 'declaration-field',
  what: 'is missing for a consolidation',
  mend: 'give the number of the master air waybill',
  field: 'references.masterWaybill',
};

const repeated = (id: string): Fault => ({
  code: 'repeated-id',
  what: `another parcel is called ${id}`,
  mend: 'give each parcel an id of its own',
  field: 'id',
});

const unlike = (path: string, other: string, value: string | undefined): Fault => ({
  code: 'mixed-consolidation',
  what: `differs from parcel ${other} of the same master air waybill, which has ${value ?? 'none'}`,
  mend: 'correct it, or give another master air waybill',
  field: INPUT[path] ?? path,
});

/**
 * Declares a consolidation: one message about all its parcels, each of which needs its registrations. Fails as `declare`
 * does.
 */
export const declareConsolidation = (
  { law, messages, rules }: DeclarationSources,
  { facts, first, members }: Consolidation,
  as: string,
): Result<Pick<Declared, 'message' | 'registrations'>, Fault> =>
  refuseMissingRate(() => {
    const writing = writingFor(law, first);
    const message = messages.write(as, facts, writing);
    if (!message.ok) return message;
    const registrations: RegistrationFinding[] = [];
    for (const { consignment, facts: own } of members) {
      const found = checkRegistrations(rules, consignment.registrations, { message: as, facts: own, ...writing });
      const fault = found.find((one) => one.fault !== undefined)?.fault;
      if (fault) return fail({ ...fault, what: `${fault.what}, for parcel ${consignment.id}` });
      registrations.push(...found.filter((one) => !registrations.some((other) => isSame(one, other))));
    }
    return ok({ message: message.value, registrations });
  });

const isSame = (one: RegistrationFinding, other: RegistrationFinding): boolean =>
  one.rule === other.rule && one.registration?.number === other.registration?.number;
