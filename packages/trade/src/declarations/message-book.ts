import { atDay, type Fault, fail, formatDay, ok, type Result } from '@crossparcel/units';
import { allHoldFor } from './condition.ts';
import type { Facts } from './facts.ts';
import { type Message, MessageTable, type Writing } from './message.ts';
import type { ChoiceRecord, MessageRecord } from './message-record.ts';
import type { VagueLists } from './vague-words.ts';

/** All messages on file, and the choices between them. */
export class MessageBook {
  readonly #tables: ReadonlyMap<string, MessageTable>;
  readonly #choices: readonly ChoiceRecord[];

  constructor(messages: readonly MessageRecord[], choices: readonly ChoiceRecord[], lists?: VagueLists) {
    this.#tables = new Map(messages.map((record) => [record.id, new MessageTable(record, lists)]));
    this.#choices = choices;
  }

  /** What can be asked for: messages and choices, in alphabetical order. */
  get names(): string[] {
    return [...new Set([...this.#tables.keys(), ...this.#choices.map(({ as }) => as)])].sort();
  }

  get tables(): readonly MessageTable[] {
    return [...this.#tables.values()];
  }

  /** The choices on file, in the order in which they are tried. */
  get choices(): readonly ChoiceRecord[] {
    return this.#choices;
  }

  /** Whether a message is about all parcels of a master air waybill. */
  isAboutMaster(as: string): boolean {
    return this.#tables.get(as)?.record.about === 'master';
  }

  /** The message that serves for some facts: the one of that name, or the first choice in force whose conditions hold. */
  choose(as: string, facts: Facts, { day, convert }: Writing): Result<MessageTable, Fault> {
    const choices = this.#choices.filter((choice) => choice.as === as);
    if (choices.length === 0) {
      const table = this.#tables.get(as);
      return table ? ok(table) : fail(this.#unknown(as));
    }
    const scope = { here: facts, whole: facts, place: '' };
    const fitting = atDay(choices, day).find(({ when }) => allHoldFor(when, scope, convert));
    const table = this.#tables.get(fitting?.message ?? '');
    if (table) return ok(table);
    return fail({
      code: 'no-message',
      what: `no ${as} on file serves this parcel on ${formatDay(day)}`,
      mend: `look at the choices of ${as} in reference/declarations/choices.json, or name a message`,
      field: 'channel',
    });
  }

  /** Chooses and writes. Faults name the place in the data set. */
  write(as: string, facts: Facts, writing: Writing): Result<Message, Fault> {
    const table = this.choose(as, facts, writing);
    return table.ok ? table.value.write(facts, writing) : table;
  }

  #unknown(as: string): Fault {
    return { code: 'unknown-message', what: `there is no message ${as}`, mend: `give one of ${this.names.join(', ')}` };
  }
}
