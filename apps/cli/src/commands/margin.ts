import { Reference, readChecked } from '@crossparcel/files';
import {
  compileNetwork,
  type MarginAnswer,
  MarginBook,
  type MarginRequest,
  marginAnswer,
  marginAnswerSchema,
  marginRequestSchema,
  networkSchema,
  offerOf,
} from '@crossparcel/planning';
import { ok, sameEveryDay } from '@crossparcel/units';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';
import { dayOption } from '../conventions/day-option.ts';

const prepare = ({ network: file, lawAt }: OptionValues) => {
  const reference = new Reference();
  const record = file === undefined ? reference.network() : readChecked(networkSchema, file);
  const network = compileNetwork(record, reference.networkReferences());
  const { rates, currency } = network;
  const day = lawAt === undefined ? undefined : dayOption('--law-at', lawAt);
  const book = new MarginBook(network, reference.law(sameEveryDay(rates)), day);
  const ground = { estimates: reference.estimates(), rates, currency };
  return (request: MarginRequest) => {
    const offer = offerOf(request, ground);
    if (!offer.ok) return offer;
    return ok(marginAnswer(request, offer.value, book.margins(offer.value), currency));
  };
};

/** `crossparcel margin`: what a SKU leaves in a market by each way, and where it should change its way. */
export const margin: RecordCommand<MarginRequest, MarginAnswer> = {
  name: 'margin',
  summary: 'what a SKU leaves in a market by each way, under any law, and at which price or quantity to change it',
  input: marginRequestSchema,
  output: marginAnswerSchema,
  columns: ['id', 'mode', 'facility', 'service', 'currency', 'revenue', 'margin', 'share', 'breakEvenPrice'],
  each: 'ways',
  options: [
    { flags: '--network <file>', description: 'the network; without it the shipped one' },
    { flags: '--law-at <date>', description: "compute duty and tax under another day's law" },
  ],
  prepare,
};
