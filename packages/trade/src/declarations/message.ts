import {
  atDay,
  type Confidence,
  type DatedRecord,
  type DayNumber,
  type Fault,
  fail,
  formatDay,
  ok,
  parseDay,
  type Result,
  windowOf,
} from '@crossparcel/units';
import { allHoldFor, type Convert } from './condition.ts';
import { type Facts, factAt, placeOf, type Scope, textAt } from './facts.ts';
import { type FieldFormat, fits, formatWords, readFormat } from './format.ts';
import type { FieldRecord, GroupRecord, MessageRecord } from './message-record.ts';
import { VagueLists, type VagueWords } from './vague-words.ts';

/** A field with its own or its message's dates and source. */
export interface MessageField extends DatedRecord {
  readonly record: FieldRecord;
  readonly format: FieldFormat;
  readonly pattern: RegExp | undefined;
  /** Words that say nothing when they are the whole text; undefined where all words do. */
  readonly vague: VagueWords | undefined;
  readonly window: { readonly from: DayNumber; readonly to: DayNumber };
}

/** An element of a message: a text, or elements below it. `list` marks one that may come several times. */
export type MessageNode =
  | { readonly element: string; readonly text: string; readonly field: MessageField }
  | { readonly element: string; readonly nodes: readonly MessageNode[]; readonly list: boolean };

/** A message, written. */
export interface Message {
  readonly record: MessageRecord;
  readonly nodes: readonly MessageNode[];
}

interface Group {
  readonly record: GroupRecord;
  readonly parts: readonly Part[];
}
type Part = Group | MessageField;

const isGroup = (part: Part): part is Group => 'parts' in part;
const isGroupRecord = (part: FieldRecord | GroupRecord): part is GroupRecord => 'parts' in part;

const compileField = (field: FieldRecord, message: MessageRecord, lists: VagueLists): MessageField => {
  const dated: DatedRecord = {
    validFrom: field.validFrom ?? message.validFrom,
    validTo: field.validTo === undefined ? message.validTo : field.validTo,
    source: field.source ?? message.source,
    readOn: field.readOn ?? message.readOn,
    confidence: field.confidence ?? message.confidence,
  };
  return {
    ...dated,
    record: field,
    format: readFormat(field.format) as FieldFormat,
    pattern: field.pattern && new RegExp(field.pattern.expression, 'u'),
    vague: field.notOneOf === undefined ? undefined : lists.of(field.notOneOf),
    window: windowOf(dated),
  };
};

const compile = (parts: MessageRecord['parts'], message: MessageRecord, lists: VagueLists): Part[] =>
  parts.map((part) =>
    isGroupRecord(part)
      ? { record: part, parts: compile(part.parts, message, lists) }
      : compileField(part, message, lists),
  );

/** A field with the path of its element, and the path in the data set that it comes from; `[]` stands for each of a list. */
export interface PlacedField {
  readonly path: readonly string[];
  readonly from: string | undefined;
  readonly field: MessageField;
}

const joined = (base: string, path: string): string =>
  path.startsWith('$.') ? path.slice(2) : [base, path].filter((part) => part !== '').join('.');

const flatten = (parts: readonly Part[], path: readonly string[], base: string): PlacedField[] =>
  parts.flatMap((part) => {
    const here = [...path, part.record.element];
    if (!isGroup(part)) {
      const { from } = part.record;
      return [{ path: here, from: from === undefined ? undefined : joined(base, from), field: part }];
    }
    const { of, each } = part.record;
    const below = each === undefined ? joined(base, of ?? '') : `${joined(base, each)}[]`;
    return flatten(part.parts, here, below);
  });

/** Confidences of fields that could not be confirmed. */
const UNCONFIRMED: readonly Confidence[] = ['single', 'scheduled', 'memory', 'illustrative'];

/** Whether a field was confirmed by a text that could be read, or by sources that agree. */
export const isConfirmed = ({ confidence }: DatedRecord): boolean => !UNCONFIRMED.includes(confidence);

/** What a message is written with. */
export interface Writing {
  readonly day: DayNumber;
  readonly convert: Convert;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

const dayText = (text: string, form: NonNullable<FieldRecord['day']>): string | undefined => {
  if (parseDay(text) === undefined) return undefined;
  const [year = '', month = '', day = ''] = text.split('-');
  switch (form) {
    case 'YYYY-MM-DD':
      return text;
    case 'YYYYMMDD':
      return year + month + day;
    case 'MMDDYYYY':
      return month + day + year;
    case 'DDMMMYY':
      return day + (MONTHS[Number(month) - 1] ?? '') + year.slice(2);
  }
};

/** Writes one message after the table of its fields. */
export class MessageTable {
  readonly record: MessageRecord;
  readonly #parts: readonly Part[];

  /** `lists` are the words that fields may refuse. Throws `unknown-list` for a field that names none of them. */
  constructor(record: MessageRecord, lists = new VagueLists([])) {
    this.record = record;
    this.#parts = compile(record.parts, record, lists);
  }

  /** All fields in their order. */
  fields(): PlacedField[] {
    return flatten(this.#parts, [], '');
  }

  /** The message about some facts, or the first field that is wrong, by its place in the data set and its paragraph. */
  write(facts: Facts, writing: Writing): Result<Message, Fault> {
    const scope = { here: facts, whole: facts, place: '' };
    const [current] = atDay([this.record], writing.day);
    if (!current) return fail(this.#notInForce(writing.day));
    for (const { when, what, mend } of this.record.only ?? []) {
      if (!allHoldFor(when, scope, writing.convert)) {
        return fail({
          code: 'wrong-message',
          what: `${what} (${this.record.id})`,
          mend,
          field: placeOf(scope, when[0]?.path ?? ''),
        });
      }
    }
    const nodes = this.#write(this.#parts, scope, writing);
    return nodes.ok ? ok({ record: this.record, nodes: nodes.value }) : nodes;
  }

  #write(parts: readonly Part[], scope: Scope, writing: Writing): Result<MessageNode[], Fault> {
    const nodes: MessageNode[] = [];
    for (const part of parts) {
      const written = isGroup(part) ? this.#group(part, scope, writing) : this.#field(part, scope, writing);
      if (!written.ok) return written;
      nodes.push(...written.value);
    }
    return ok(nodes);
  }

  #group({ record, parts }: Group, scope: Scope, writing: Writing): Result<MessageNode[], Fault> {
    const { element, of, each, when, least = 0, most } = record;
    if (!allHoldFor(when, scope, writing.convert)) return ok([]);
    const scopes = each === undefined ? [below(scope, of)] : eachOf(scope, each);
    if (scopes.length < least) return fail(this.#tooFew(placeOf(scope, each ?? of ?? ''), element, least));
    if (most !== undefined && scopes.length > most)
      return fail(this.#tooMany(placeOf(scope, each ?? ''), element, most));
    const nodes: MessageNode[] = [];
    for (const one of scopes) {
      const inside = this.#write(parts, one, writing);
      if (!inside.ok) return inside;
      if (inside.value.length > 0) nodes.push({ element, nodes: inside.value, list: each !== undefined });
    }
    return ok(nodes);
  }

  #field(field: MessageField, scope: Scope, writing: Writing): Result<MessageNode[], Fault> {
    const { record } = field;
    const { window } = field;
    const isInForce = window.from <= writing.day && writing.day <= window.to;
    if (!isInForce || !allHoldFor(record.when, scope, writing.convert)) return ok([]);
    const given = record.fixed ?? textAt(scope, record.from ?? '');
    if (given === undefined) {
      const { required = false } = record;
      const isNeeded = typeof required === 'boolean' ? required : allHoldFor(required, scope, writing.convert);
      return isNeeded ? fail(this.#fault(field, scope, 'is missing', `give ${this.#right(field)}`)) : ok([]);
    }
    const text = coded(record, given);
    if (text === undefined) {
      return fail(
        this.#fault(field, scope, `${given} has no code`, `give ${Object.keys(record.codes ?? {}).join(', ')}`),
      );
    }
    if (!fits(field.format, text) || (field.pattern && !field.pattern.test(text))) {
      return fail(this.#fault(field, scope, `${text} cannot stand here`, `give ${this.#right(field)}`));
    }
    if (field.vague?.has(text)) {
      const mend = 'say what the goods are, what they are made of and what they are for; give a full name';
      return fail(this.#fault(field, scope, `${text} is too vague`, mend));
    }
    return ok([{ element: record.element, text, field }]);
  }

  #right({ record, format }: MessageField): string {
    return record.pattern?.means ?? formatWords(format);
  }

  #fault({ record }: MessageField, scope: Scope, what: string, mend: string): Fault {
    const field = placeOf(scope, record.from ?? '');
    const number = record.number === undefined ? '' : ` ${record.number}`;
    return {
      code: 'declaration-field',
      what: `${what}: ${record.name} of ${this.record.id} (${record.paragraph}${number})`,
      mend,
      field,
      data: { message: this.record.id, element: record.element, paragraph: record.paragraph },
    };
  }

  #tooFew(field: string, element: string, least: number): Fault {
    const what = `${this.record.id} needs at least ${least} ${element}`;
    return { code: 'declaration-group', what, mend: 'give them', field };
  }

  #tooMany(field: string, element: string, most: number): Fault {
    const what = `${this.record.id} has room for ${most} ${element}`;
    return { code: 'declaration-group', what, mend: 'send several parcels', field };
  }

  #notInForce(day: DayNumber): Fault {
    const { id, validFrom, validTo } = this.record;
    return {
      code: 'message-not-in-force',
      what: `${id} is not used on ${formatDay(day)}`,
      mend: `give a day from ${validFrom}${validTo === null ? '' : ` to ${validTo}`}, or another --as`,
      field: 'at',
    };
  }
}

const coded = ({ codes, day }: FieldRecord, text: string): string | undefined => {
  if (codes) return codes[text];
  return day ? dayText(text, day) : text;
};

const below = (scope: Scope, of: string | undefined): Scope => {
  if (of === undefined) return scope;
  const fact = factAt(scope, of);
  const here = typeof fact === 'object' && !Array.isArray(fact) ? (fact as Facts) : {};
  return { here, whole: scope.whole, place: placeOf(scope, of) };
};

const eachOf = (scope: Scope, each: string): Scope[] => {
  const fact = factAt(scope, each);
  if (!Array.isArray(fact)) return [];
  const place = placeOf(scope, each);
  return fact.map((here: Facts, index) => ({ here, whole: scope.whole, place: `${place}[${index}]` }));
};
