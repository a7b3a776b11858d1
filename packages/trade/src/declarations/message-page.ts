import { conditionWords } from './condition.ts';
import { isConfirmed, type MessageField, type MessageTable, type PlacedField } from './message.ts';
import type { RegistrationRule } from './message-record.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const requiredWords = ({ record }: MessageField): string => {
  const { required = false, fixed, when } = record;
  const used = when ? `when ${conditionWords(when)}` : '';
  if (fixed !== undefined) return ['always', used].filter(Boolean).join(' ');
  const must = typeof required === 'boolean' ? (required ? 'must' : 'may') : `must when ${conditionWords(required)}`;
  return used === '' ? must : `${must}, ${used}`;
};

const fromWords = ({ from, field }: PlacedField): string =>
  from === undefined ? `“${field.record.fixed}”` : `\`${from}\``;

const formatCell = ({ record: { format, codes, pattern, day, notOneOf } }: MessageField): string =>
  [
    format,
    ...(codes ? [Object.values(codes).join(', ')] : []),
    pattern?.means,
    day,
    notOneOf && `not a word of ${notOneOf} alone`,
  ]
    .filter(Boolean)
    .join('; ');

const daysWords = (field: MessageField, table: MessageTable): string => {
  const { validFrom, validTo } = field;
  const isWhole = validFrom === table.record.validFrom && validTo === table.record.validTo;
  return isWhole ? '' : [`from ${validFrom}`, ...(validTo === null ? [] : [`to ${validTo}`])].join(' ');
};

const sureWords = (field: MessageField): string =>
  isConfirmed(field) ? field.confidence : `**not confirmed** (${field.confidence})`;

/** Numbers sources in the order in which they are first named. */
const numbering = () => {
  const numbers = new Map<string, number>();
  const of = (source: string): string => {
    const number = numbers.get(source) ?? numbers.size + 1;
    numbers.set(source, number);
    return `[${number}]`;
  };
  return { of, lines: () => Array.from(numbers, ([source, number]) => `${number}. ${source}`) };
};

const remarksOf = ({ record }: MessageTable): string[] => (record.remarks ?? []).map((remark) => `- ${remark}`);

/**
 * A page about a message, as Markdown, made from its record: each field with its paragraph, where it comes from in the data
 * set, whether it must be there, its format, since when, and whether it could be confirmed.
 */
export const messagePage = (table: MessageTable, rules: readonly RegistrationRule[]): string => {
  const { record } = table;
  const sources = numbering();
  const needed = rules.filter(({ messages }) => messages.includes(record.id));
  const fields = table.fields();
  const unsure = fields.filter(({ field }) => !isConfirmed(field)).length;
  const head = ['element', 'field', 'number', 'from', 'needed', 'format', 'paragraph', 'days', 'sure', 'source'];
  return `${[
    `# ${record.title}`,
    '',
    `\`--as ${record.id}\`, ${record.authority}, ${record.form.toUpperCase()}. In force from ${record.validFrom}${
      record.validTo === null ? '' : ` to ${record.validTo}`
    }. ${fields.length} fields, ${unsure} of them not confirmed.${
      record.about === 'master' ? ' One message about all parcels under a master air waybill.' : ''
    }`,
    '',
    'Made from `reference/declarations` by `npm run docs`. It is no legal advice.',
    '',
    ...remarksOf(table),
    ...(record.only ?? []).map(({ what, when }) => `- Otherwise refused: ${what} (${conditionWords(when)}).`),
    '',
    '## Fields',
    '',
    row(...head),
    row(...head.map(() => '---')),
    ...fields.map(({ path, from, field }) =>
      row(
        path.join('/'),
        [field.record.name, field.record.note].filter(Boolean).join('; '),
        field.record.number ?? '',
        fromWords({ path, from, field }),
        requiredWords(field),
        formatCell(field),
        field.record.paragraph,
        daysWords(field, table),
        sureWords(field),
        sources.of(field.source),
      ),
    ),
    ...(needed.length === 0 ? [] : ['', '## Registrations that must be valid on the day', '']),
    ...needed.map(
      ({ name, kinds, when, lines, validFrom, confidence, source }) =>
        `- ${name} (\`${kinds.join('`, `')}\`)${when ? ` when ${conditionWords(when)}` : ''}${
          lines ? `, for each line where ${conditionWords(lines)}` : ''
        }, from ${validFrom}; ${confidence} ${sources.of(source)}`,
    ),
    '',
    '## Sources',
    '',
    ...sources.lines(),
  ].join('\n')}\n`;
};
