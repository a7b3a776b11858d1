import { formatDay, parseDay } from '@crossparcel/units';
import type { Rule, RuleBook } from './book.ts';

const WIDTH = 1000;
const LABELS = 300;
const ROW = 22;
const HEAD = 34;
const COLOURS = { duty: '#3451b2', tax: '#0f766e', fee: '#b45309' };

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const dayOf = (text: string): number => parseDay(text) ?? 0;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The years that the records of a book begin or end in, so far as they were not always there and do not last for ever. */
const spanOf = (rules: readonly Rule[]): Span => {
  const turns = rules.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo === null ? [] : [validTo])]);
  const years = turns.map((day) => Number(day.slice(0, 4))).filter((year) => year >= 2020);
  const first = years.length === 0 ? 2020 : Math.min(...years);
  const last = years.length === 0 ? 2020 : Math.max(...years);
  return { from: dayOf(`${first}-01-01`), to: dayOf(`${last + 1}-01-01`) };
};

const xOf = (day: number, { from, to }: Span): number => {
  const share = (Math.min(Math.max(day, from), to) - from) / (to - from);
  return Math.round((LABELS + share * (WIDTH - LABELS - 10)) * 10) / 10;
};

const yearLines = (span: Span, height: number): string[] => {
  const lines: string[] = [];
  for (let year = Number(formatDay(span.from).slice(0, 4)); dayOf(`${year}-01-01`) <= span.to; year += 1) {
    const x = xOf(dayOf(`${year}-01-01`), span);
    lines.push(
      `<line x1="${x}" y1="${HEAD - 8}" x2="${x}" y2="${height - 6}" stroke="#d4d4d8"/>`,
      `<text x="${x + 4}" y="${HEAD - 12}" fill="#52525b">${year}</text>`,
    );
  }
  return lines;
};

const bar = (rule: Rule, index: number, span: Span): string => {
  const y = HEAD + index * ROW;
  const from = xOf(dayOf(rule.validFrom), span);
  const to = rule.validTo === null ? xOf(span.to, span) : xOf(dayOf(rule.validTo) + 1, span);
  const dashed = rule.confidence === 'scheduled' ? ' fill-opacity="0.35" stroke-dasharray="3 2"' : '';
  const colour = COLOURS[rule.kind];
  return `<text x="8" y="${y + 14}" fill="#18181b">${escaped(rule.id)}</text><rect x="${from}" y="${y + 4}" width="${Math.max(2, Math.round((to - from) * 10) / 10)}" height="12" rx="2" fill="${colour}" stroke="${colour}"${dashed}><title>${escaped(rule.name)}: ${rule.validFrom} to ${rule.validTo ?? 'open'}</title></rect>`;
};

/**
 * What changed when in a customs territory, as SVG: a bar for each rule that began or ended since 2020, blue for duties,
 * green for taxes, brown for fees; pale where a rule is announced and was not seen in force.
 */
export const regimeTimeline = (book: RuleBook): string => {
  const turning = book.rules
    .filter(({ validFrom, validTo }) => validFrom >= '2020-01-01' || validTo !== null)
    .toSorted((a, b) => (a.validFrom === b.validFrom ? (a.id < b.id ? -1 : 1) : a.validFrom < b.validFrom ? -1 : 1));
  const span = spanOf(turning);
  const height = HEAD + Math.max(1, turning.length) * ROW + 10;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escaped(book.book)}: what changed when">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...yearLines(span, height),
    ...turning.map((rule, index) => bar(rule, index, span)),
    '</svg>',
  ].join('\n')}\n`;
};
