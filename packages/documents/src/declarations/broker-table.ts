import type { Message, MessageNode } from '@crossparcel/trade';

/** A table of texts. */
export interface BrokerTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

type Cells = ReadonlyMap<string, string>;

/** Rows of some nodes: texts stand in every row, each repeated element makes rows of its own. */
const rowsOf = (nodes: readonly MessageNode[], path: string, above: Cells): Cells[] => {
  const here = new Map(above);
  const repeated: { readonly element: string; readonly nodes: readonly MessageNode[] }[] = [];
  for (const node of nodes) {
    if ('text' in node) here.set(path + node.element, node.text);
    else if (node.list) repeated.push(node);
    else
      for (const row of rowsOf(node.nodes, `${path}${node.element}.`, new Map()))
        for (const [name, text] of row) here.set(name, text);
  }
  if (repeated.length === 0) return [here];
  return repeated.flatMap((node) => rowsOf(node.nodes, `${path}${node.element}.`, here));
};

/**
 * A message as a table for those who read no trees: one row for each innermost repeated element, with all that stands
 * above it repeated. Columns come in the order in which they first appear.
 */
export const brokerTable = ({ nodes }: Message): BrokerTable => {
  const rows = rowsOf(nodes, '', new Map());
  const header = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return { header, rows: rows.map((row) => header.map((name) => row.get(name) ?? '')) };
};
