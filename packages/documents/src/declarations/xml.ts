import type { Message, MessageNode } from '@crossparcel/trade';

/** The namespace of a message. It is ours: the authorities' own schemas are not reproduced. */
const namespaceOf = (message: string): string => `https://crossparcel.dev/schemas/${message}`;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replaceAll(/[&<>]/g, (character) => ESCAPES[character] ?? character);

const lineOf = (node: MessageNode, indent: string): string =>
  'text' in node
    ? `${indent}<${node.element}>${escaped(node.text)}</${node.element}>\n`
    : `${indent}<${node.element}>\n${linesOf(node.nodes, `${indent}  `)}${indent}</${node.element}>\n`;

const linesOf = (nodes: readonly MessageNode[], indent: string): string =>
  nodes.map((node) => lineOf(node, indent)).join('');

/** A message as an XML 1.0 document in UTF-8. The same message gives the same bytes. */
export const messageXml = ({ record, nodes }: Message): string => {
  const { id, root } = record;
  const open = `<${root} xmlns="${namespaceOf(id)}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${open}\n${linesOf(nodes, '  ')}</${root}>\n`;
};
