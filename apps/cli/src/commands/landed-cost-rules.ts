import type { Law } from '@crossparcel/trade';
import type { DayNumber } from '@crossparcel/units';
import { Command } from 'commander';
import { dayOption } from '../conventions/day-option.ts';
import { UsageError } from '../conventions/exit.ts';
import { chooseFormat, FORMATS, Printer } from '../conventions/format.ts';
import { openLaw } from './landed-cost.ts';

interface RulesOptions {
  readonly market?: string;
  readonly at?: string;
  readonly of: string;
  readonly format?: string;
}

type Lookup = (law: Law, market: string, day: DayNumber) => readonly object[] | undefined;

/** The kinds of records of a rule book, each with what tables show of it. */
const KINDS: Readonly<Record<string, { readonly columns: readonly string[]; readonly on: Lookup }>> = {
  rules: {
    columns: ['id', 'kind', 'name', 'rate', 'validFrom', 'validTo', 'confidence'],
    on: (law, market, day) => law.rulesOn(market, day),
  },
  ways: {
    columns: ['id', 'name', 'channel', 'entry', 'terms', 'needs', 'confidence'],
    on: (law, market, day) => law.waysOn(market, day),
  },
  refunds: {
    columns: ['id', 'name', 'percent', 'outcomes', 'withinDays', 'conditions', 'confidence'],
    on: (law, market, day) => law.refundsOn(market, day),
  },
  notices: {
    columns: ['id', 'text', 'validFrom', 'validTo', 'confidence'],
    on: (law, market, day) => law.noticesOn(market, day),
  },
};

/** `crossparcel landed-cost rules`: what was in force in a market on a day. */
export const landedCostRules = (): Command =>
  new Command('rules')
    .summary('the rules that were in force in a market on a day, each with its source')
    .description(
      'Lists the rules of a market on a day in the order in which they are computed, each with its source; or the ways in, what comes back for returned goods, and what else is to be known.',
    )
    .option('--market <country>', 'the market, for example US')
    .option('--at <date>', 'the day, YYYY-MM-DD')
    .option('--of <kind>', `what is listed: ${Object.keys(KINDS).join(', ')}`, 'rules')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .action(({ market, at, of, format }: RulesOptions) => {
      if (market === undefined || at === undefined) throw new UsageError('give --market COUNTRY and --at DATE');
      const kind = KINDS[of];
      if (!kind) throw new UsageError(`--of ${of} is not known; give one of ${Object.keys(KINDS).join(', ')}`);
      const day = dayOption('--at', at);
      const law = openLaw();
      const records = kind.on(law, market, day);
      if (!records) throw new UsageError(`--market ${market} has no rule book; give one of ${law.markets.join(', ')}`);
      const printer = new Printer(chooseFormat(format, process.stdout.isTTY === true), kind.columns);
      const text = printer.head() + printer.body(records.map((record) => JSON.stringify(record))) + printer.tail();
      process.stdout.write(text);
    });
