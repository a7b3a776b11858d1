import type { DatedRecord } from '@crossparcel/units';
import type { CarrierCharge, Conditions, Notice, Parameter, Refund, Rule, RuleBook, Way } from './book.ts';
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

/** A table under a heading; nothing without rows. Each row ends with its days, confidence and source. */
const section = <Row extends DatedRecord>(
  heading: string,
  columns: readonly string[],
  records: readonly Row[],
  cells: (record: Row) => readonly string[],
  sources: Sources,
): string[] => {
  if (records.length === 0) return [];
  const head = [...columns, 'from', 'to', 'confidence', 'source'];
  return [
    '',
    `## ${heading}`,
    '',
    row(...head),
    row(...head.map(() => '---')),
    ...records.map((one) =>
      row(...cells(one), one.validFrom, one.validTo ?? '', one.confidence, sources.numberOf(one.source)),
    ),
  ];
};

const parameterTable = (parameters: readonly Parameter[], sources: Sources): string[] =>
  section(
    'Rates that rules read',
    ['record', 'rate', 'where', 'percent'],
    parameters,
    (one) => [
      `\`${one.id}\``,
      one.parameter,
      named([...(one.market ?? []), ...(one.subdivision ?? [])]) || 'everywhere',
      one.percent,
    ],
    sources,
  );

const noticeTable = (notices: readonly Notice[], sources: Sources): string[] =>
  section(
    'To be known',
    ['record', 'what', 'when'],
    notices,
    (one) => [`\`${one.id}\``, one.text, whenText(one.when)],
    sources,
  );

const wayTable = (ways: readonly Way[], sources: Sources): string[] =>
  section(
    'Ways in',
    ['way', 'what', 'channel', 'schemes', 'when', 'terms', 'needs'],
    ways,
    (one) => [
      `\`${one.id}\``,
      one.name,
      one.entry === undefined ? one.channel : `${one.channel}, ${one.entry} entry`,
      named(one.schemes ?? []),
      whenText(one.when),
      one.terms.join(', '),
      one.needs.join('; '),
    ],
    sources,
  );

const carrierTable = (charges: readonly CarrierCharge[], sources: Sources): string[] =>
  section(
    'What carriers ask for advancing duty and tax',
    ['charge', 'carrier', 'when', 'amount'],
    charges,
    (one) => [
      `\`${one.id}\``,
      `${one.carrier}: ${one.name}`,
      whenText(one.when),
      one.percentOfAdvance === undefined
        ? money(one.amount)
        : `the larger of ${money(one.amount)} and ${one.percentOfAdvance} of the advance`,
    ],
    sources,
  );

const refundTable = (refunds: readonly Refund[], sources: Sources): string[] =>
  section(
    'What comes back when goods go back',
    ['refund', 'what', 'of', 'share', 'when goods', 'within days', 'conditions'],
    refunds,
    (one) => [
      `\`${one.id}\``,
      one.name,
      one.of.join(', '),
      one.leastAmount ? `${one.percent}, not below ${money(one.leastAmount)}` : one.percent,
      one.outcomes.join(', '),
      one.withinDays === undefined ? '' : String(one.withinDays),
      one.conditions.join('; '),
    ],
    sources,
  );

/**
 * A page about the import law of a customs territory, as Markdown, made from its rule book: what is charged, when, at
 * what rate, since when and by which source. `picture` is the path of its timeline.
 */
export const regimePage = (book: RuleBook, picture: string): string => {
  const sources = new Sources();
  const rules = book.rules.toSorted(byOrder);
  const tables = [
    ...ruleTable(rules, sources),
    ...parameterTable(book.parameters ?? [], sources),
    ...wayTable(book.ways, sources),
    ...carrierTable(book.carrierCharges ?? [], sources),
    ...refundTable(book.refunds ?? [], sources),
    ...noticeTable(book.notices ?? [], sources),
  ];
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
