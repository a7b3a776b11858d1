import { customsFormPdf } from '@crossparcel/documents';
import { brokerTable, invoicePdf, messageXml, postalDeclaration } from '@crossparcel/documents/declarations';
import { csvField, documentFonts } from '@crossparcel/files';
import { type Message, messageData } from '@crossparcel/trade';
import { type Fault, ok, type Result } from '@crossparcel/units';
import type { MadeDeclaration } from './declare-desk.ts';

/** A file of a declaration. */
export interface DeclarationFile {
  readonly extension: 'pdf' | 'xml' | 'json' | 'csv';
  readonly content: Uint8Array;
}

const DAY = 86_400_000;
const utf8 = new TextEncoder();

/** The paper of a declaration; its time is the start of the day of posting, so that the same record gives the same bytes. */
const paperOf = async ({ consignment, declared }: MadeDeclaration): Promise<Result<Uint8Array, Fault>> => {
  const at = consignment.postingDay * DAY;
  const { id } = declared.message.record;
  if (id === 'invoice') return invoicePdf(consignment, documentFonts(), at);
  const form = id === 'cn22' ? 'CN 22' : 'CN 23';
  const made = await customsFormPdf(postalDeclaration(consignment, form, at), documentFonts());
  return made.ok ? ok(made.value.pdf) : made;
};

/** A declaration as the file that its message asks for. Fails when a paper cannot be printed. */
export const fileOf = async (made: MadeDeclaration): Promise<Result<DeclarationFile, Fault>> => {
  const { message } = made.declared;
  switch (message.record.form) {
    case 'pdf': {
      const paper = await paperOf(made);
      return paper.ok ? ok({ extension: 'pdf', content: paper.value }) : paper;
    }
    case 'xml':
      return ok({ extension: 'xml', content: utf8.encode(messageXml(message)) });
    case 'json':
      return ok(jsonFile(message));
  }
};

const jsonFile = (message: Message): DeclarationFile => ({
  extension: 'json',
  content: utf8.encode(`${JSON.stringify(messageData(message), null, 2)}\n`),
});

/** A consolidation as JSON, and as the CSV that brokers read: a row for each line of goods. */
export const consolidationFiles = (message: Message): [DeclarationFile, DeclarationFile] => {
  const { header, rows } = brokerTable(message);
  const csv = [header, ...rows].map((row) => `${row.map(csvField).join(',')}\n`).join('');
  return [jsonFile(message), { extension: 'csv', content: utf8.encode(csv) }];
};
