import type { Fault, Instant } from '@crossparcel/units';
import type { Gs1Element } from '../barcode.ts';
import { type Check, checkCount, checkParty, checkText, firstOf } from '../checks.ts';
import type { Declaration } from '../declaration.ts';
import { badValue } from '../faults.ts';
import type { ParcelNumber } from '../identifier.ts';
import type { Party } from '../party.ts';

/** What a Data Matrix says: data elements of GS1, or a text. */
export type MatrixContent = { readonly elements: readonly Gs1Element[] } | { readonly text: string };

/** What a customs declaration says beside what the label says already. */
export type LabelCustoms = Omit<Declaration, 'form' | 'number' | 'sender' | 'addressee' | 'grossGrams' | 'at'>;

/** What stands on the label of a parcel. */
export interface Label {
  readonly identifier: ParcelNumber;
  readonly sender: Party;
  readonly recipient: Party;
  /** Name of the service, for example `Tracked letter post`. */
  readonly service: string;
  /** Where the parcel passes, in order: facility, gateway, country. */
  readonly route: readonly string[];
  /** Sorting zone at the destination. */
  readonly zone?: string;
  readonly grossGrams: number;
  readonly orderReference: string;
  /** Further marks as words, for example `SPECIMEN`. */
  readonly marks: readonly string[];
  /** Handling classes of the goods, for example `fragile`; their marks are printed in English and the languages of both ends. */
  readonly handling?: readonly string[];
  /** The package is too small for the whole battery mark. */
  readonly smallPackage?: boolean;
  /** A second barcode, GS1-128, for example the postal code for sorting. */
  readonly elements?: readonly Gs1Element[];
  readonly matrix?: MatrixContent;
  /** A CN 22 on the label; the number has to be an S10. */
  readonly customs?: LabelCustoms;
  /** Time of printing, in the properties of the PDF only. */
  readonly at?: Instant;
}

/** How many marks a label has room for. */
export const MAX_MARKS = 8;

/** What is wrong with a label: the first thing found, or nothing. */
export const checkLabel = (label: Label): Check =>
  firstOf(
    checkParty('sender', label.sender),
    checkParty('recipient', label.recipient),
    checkText('service', label.service),
    checkText('orderReference', label.orderReference),
    checkCount('grossGrams', label.grossGrams, 1),
    label.marks.length > MAX_MARKS ? tooManyMarks('marks', label.marks) : undefined,
    label.customs && label.identifier.scheme !== 's10'
      ? badValue('identifier.scheme', label.identifier.scheme, 's10, which a CN 22 needs')
      : undefined,
  );

/** More marks than there is room for. */
export const tooManyMarks = (field: string, marks: readonly unknown[]): Fault =>
  badValue(field, marks, `at most ${MAX_MARKS} marks`);
