import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Reference } from '@crossparcel/files';
import { isConfirmed, messagePage } from '@crossparcel/trade';

const HEAD = `# Declarations

What customs, posts and carriers are told of a parcel, from one data set (\`crossparcel declare --schema\` shows it). Each page lists
the fields of a message with the paragraph that asks for them, where they come from in the data set, and whether we could confirm
them. No link to any customs system is claimed: messages are lodged through an exchange folder, and who runs the link maps
them onto its interface.

Fields marked **not confirmed** rest on memory, on one secondary source, or on an announcement. Made from
\`reference/declarations\` by \`npm run docs\`.
`;

/** The pages of `docs/declarations` by file name, made from `reference/declarations`. */
export const declarationFiles = (): Map<string, string> => {
  const reference = new Reference();
  const rules = reference.registrationRules();
  const { tables, choices } = reference.messages();
  const files = new Map(tables.map((table) => [`${table.record.id}.md`, messagePage(table, rules)]));
  const list = tables.map((table) => {
    const fields = table.fields();
    const unsure = fields.filter(({ field }) => !isConfirmed(field)).length;
    const { id, title, authority, form } = table.record;
    return `| [\`${id}\`](${id}.md) | ${title} | ${authority} | ${form.toUpperCase()} | ${fields.length} | ${unsure} |`;
  });
  const chosen = Map.groupBy(choices, ({ as }) => as);
  const ways = Array.from(
    chosen,
    ([as, ways]) => `- \`${as}\`: ${[...new Set(ways.map(({ message }) => `\`${message}\``))].join(', ')}`,
  );
  const table = [
    '| `--as` | message | of | form | fields | not confirmed |',
    '| --- | --- | --- | --- | --- | --- |',
    ...list,
  ];
  const more = ['', 'The right one of several is chosen by day, value, goods and way of transport:', '', ...ways];
  const form = '- `customs-form`: `cn22` up to the limits of value and gross weight, else `cn23`';
  return files.set('README.md', `${HEAD}\n${[...table, ...more, form].join('\n')}\n`);
};

if (import.meta.main) {
  const folder = fileURLToPath(new URL('./declarations/', import.meta.url));
  await mkdir(folder, { recursive: true });
  for (const [name, text] of declarationFiles()) await writeFile(`${folder}${name}`, text);
}
