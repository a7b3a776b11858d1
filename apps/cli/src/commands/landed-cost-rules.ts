import { Command } from 'commander';
import { dayOption } from '../conventions/day-option.ts';
import { UsageError } from '../conventions/exit.ts';
import { chooseFormat, FORMATS, Printer } from '../conventions/format.ts';
import { openLaw } from './landed-cost.ts';

interface RulesOptions {
  readonly market?: string;
  readonly at?: string;
  readonly format?: string;
}

const COLUMNS = ['id', 'kind', 'name', 'rate', 'validFrom', 'validTo', 'confidence'];

/** `crossparcel landed-cost rules`: what was in force in a market on a day. */
export const landedCostRules = (): Command =>
  new Command('rules')
    .summary('the rules that were in force in a market on a day, each with its source')
    .description('Lists the rules of a market on a day in the order in which they are computed, each with its source.')
    .option('--market <country>', 'the market, for example US')
    .option('--at <date>', 'the day, YYYY-MM-DD')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .action(({ market, at, format }: RulesOptions) => {
      if (market === undefined || at === undefined) throw new UsageError('give --market COUNTRY and --at DATE');
      const day = dayOption('--at', at);
      const law = openLaw();
      const rules = law.rulesOn(market, day);
      if (!rules) throw new UsageError(`--market ${market} has no rule book; give one of ${law.markets.join(', ')}`);
      const printer = new Printer(chooseFormat(format, process.stdout.isTTY === true), COLUMNS);
      const text = printer.head() + printer.body(rules.map((rule) => JSON.stringify(rule))) + printer.tail();
      process.stdout.write(text);
    });
