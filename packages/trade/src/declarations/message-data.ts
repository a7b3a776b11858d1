import type { Message, MessageNode } from './message.ts';
import { isConfirmed } from './message.ts';

/** A written message as plain data: texts, objects, and lists where an element may come several times. */
export interface MessageData {
  readonly [element: string]: string | MessageData | readonly (string | MessageData)[];
}

const dataOf = (nodes: readonly MessageNode[]): MessageData => {
  const data: Record<string, string | MessageData | (string | MessageData)[]> = {};
  for (const node of nodes) {
    const value = 'text' in node ? node.text : dataOf(node.nodes);
    const before = data[node.element];
    if (Array.isArray(before)) before.push(value);
    else if (before !== undefined) data[node.element] = [before, value];
    else data[node.element] = 'nodes' in node && node.list ? [value] : value;
  }
  return data;
};

/** A message as the data that JSON files and answers hold. */
export const messageData = ({ nodes }: Message): MessageData => dataOf(nodes);

const unconfirmed = (nodes: readonly MessageNode[], path: string): string[] =>
  nodes.flatMap((node) => {
    const here = `${path}${node.element}`;
    if ('nodes' in node) return unconfirmed(node.nodes, `${here}/`);
    return isConfirmed(node.field) ? [] : [here];
  });

/** The elements of a message whose rules could not be confirmed, each once, in their order. */
export const unconfirmedElements = ({ nodes }: Message): string[] => [...new Set(unconfirmed(nodes, ''))];
