import type { Conditions, Parameter, Rule, RuleBook } from './book.ts';
import { money, rateText } from './rate-text.ts';

/** Lists longer than this are told by their length. */
const MOST_NAMED = 8;

const named = (values: readonly string[]): string =>
  values.length > MOST_NAMED
    ? `${values.slice(0, MOST_NAMED).join(', ')} and ${values.length - MOST_NAMED} more`
    : values.join(', ');

const limitText = (
  word: string,
  limit:
    | { readonly amount: string; readonly currency: string; readonly of?: readonly string[] | undefined }
    | undefined,
): string[] => (limit ? [`${limit.of?.join(' + ') ?? 'value'} ${word} ${money(limit)}`] : []);

/** The conditions of a rule in words. */
const whenText = (when: Conditions | undefined): string => {
  if (!when) return 'always';
  const { valueAtMost, valueAbove, listed, attributes, dutyInPrice, ...lists } = when;
  const parts = [
    ...Object.entries(lists).flatMap(([name, values]) =>
      Array.isArray(values) ? [`${name} ${named(values as string[])}`] : [],
    ),
    ...(listed ? [`tariff says ${listed.column} ${listed.in.join(', ')}`] : []),
    ...Object.entries(attributes ?? {}).map(([name, value]) => (value ? name : `not ${name}`)),
    ...(dutyInPrice === undefined ? [] : [dutyInPrice ? 'duty in the price' : 'duty not in the price']),
    ...limitText('at most', valueAtMost),
    ...limitText('above', valueAbove),
  ];
  return parts.length === 0 ? 'always' : parts.join('; ');
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** Numbers sources in the order in which they are first named. */
class Sources {
  readonly #numbers = new Map<string, number>();

  numberOf(source: string): string {
    const number = this.#numbers.get(source) ?? this.#numbers.size + 1;
    this.#numbers.set(source, number);
    return `[${number}]`;
  }

  lines(): string[] {
    return Array.from(this.#numbers, ([source, number]) => `${number}. ${source}`);
  }
}

const byOrder = (a: Rule, b: Rule): number =>
  a.order - b.order || (a.validFrom < b.validFrom ? -1 : Number(a.validFrom > b.validFrom)) || (a.id < b.id ? -1 : 1);

const ruleTable = (rules: readonly Rule[], sources: Sources): string[] => [
  row('rule', 'what', 'when', 'rate', 'base', 'payer', 'from', 'to', 'confidence', 'source'),
  row(...Array.from({ length: 10 }, () => '---')),
  ...rules.map((rule) =>
    row(
      `\`${rule.id}\``,
      `${rule.name} (${rule.kind})`,
      whenText(rule.when),
      rateText(rule.charge),
      (rule.base ?? ['value']).join(' + '),
      rule.payer,
      rule.validFrom,
      rule.validTo ?? '',
      rule.confidence,
      sources.numberOf(rule.source),
    ),
  ),
];

const parameterTable = (parameters: readonly Parameter[], sources: Sources): string[] =>
  parameters.length === 0
    ? []
    : [
        '',
        '## Rates that rules read',
        '',
        row('record', 'rate', 'where', 'percent', 'from', 'to', 'confidence', 'source'),
        row(...Array.from({ length: 8 }, () => '---')),
        ...parameters.map((one) =>
          row(
            `\`${one.id}\``,
            one.parameter,
            named([...(one.market ?? []), ...(one.subdivision ?? [])]) || 'everywhere',
            one.percent,
            one.validFrom,
            one.validTo ?? '',
            one.confidence,
            sources.numberOf(one.source),
          ),
        ),
      ];

/**
 * A page about the import law of a customs territory, as Markdown, made from its rule book: what is charged, when, at
 * what rate, since when and by which source. `picture` is the path of its timeline.
 */
export const regimePage = (book: RuleBook, picture: string): string => {
  const sources = new Sources();
  const rules = book.rules.toSorted(byOrder);
  const tables = [...ruleTable(rules, sources), ...parameterTable(book.parameters ?? [], sources)];
  return `${[
    `# Import law: ${book.book.toUpperCase()}`,
    '',
    `Markets: ${book.markets.join(', ')}. On file from ${book.coveredFrom}. Currency ${book.currency}, days in ${book.timeZone}.${
      book.tariff ? ` Tariff table \`${book.tariff.table}\`.` : ''
    }`,
    '',
    'Made from `reference/law` by `npm run docs`. It is no legal advice.',
    '',
    `![What changed when](${picture})`,
    ...(book.notes ? ['', '**Left out**', '', ...book.notes.map((note) => `- ${note}`)] : []),
    '',
    '## Rules, in the order of computation',
    '',
    ...tables,
    '',
    '## Sources',
    '',
    ...sources.lines(),
  ].join('\n')}\n`;
};
