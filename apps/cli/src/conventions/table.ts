import pc from 'picocolors';

const NUMERIC = /^[-+]?[\d,]+(\.\d+)?( ?%)?$/;

const width = (text: string): number => {
  let cells = 0;
  // East Asian wide characters take two cells of a terminal.
  for (const character of text)
    cells += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
      character,
    )
      ? 2
      : 1;
  return cells;
};

/** Lays rows out in columns; figures stand to the right. */
export const tableText = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = header.map((name, column) => Math.max(width(name), ...rows.map((row) => width(row[column] ?? ''))));
  const isNumeric = header.map((_, column) => rows.length > 0 && rows.every((row) => NUMERIC.test(row[column] || '0')));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const fill = ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell)));
        return isNumeric[column] ? fill + cell : cell + fill;
      })
      .join('  ')
      .trimEnd();
  return `${[pc.bold(line(header)), ...rows.map(line)].join('\n')}\n`;
};

/** Lays pairs of a name and a value out in two columns. */
export const pairsText = (pairs: readonly (readonly [string, string])[]): string => {
  const widest = Math.max(...pairs.map(([name]) => width(name)));
  return pairs.map(([name, value]) => `${pc.dim(name.padEnd(widest))}  ${value}\n`).join('');
};
