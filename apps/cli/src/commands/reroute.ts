import { reroutedSchema, routeRequestSchema } from '@crossparcel/transport';
import { Command } from 'commander';
import { FORMATS } from '../conventions/format.ts';
import { schemaText } from '../conventions/record-command-line.ts';
import { type BookedOptions, rerouteBooked } from './reroute-booked.ts';
import { answerLive } from './reroute-live.ts';

interface RerouteOptions extends BookedOptions {
  readonly live?: boolean;
  readonly schema?: boolean;
}

/** `crossparcel reroute`: repairs bookings while flights change. */
export const rerouteCommand = (): Command =>
  new Command('reroute')
    .summary('repair bookings while flights are late, cancelled or full')
    .description(
      'Reads what was routed and news of flights, and tells each request whose way changes, and why. With --live it answers messages of a running scenario instead.',
    )
    .option('--timetable <file>', 'the timetable of the plan: CSV or SSIM chapter 7, gzip or not')
    .option('--requests <file>', 'what was asked of route')
    .option('--plan <file>', 'what route answered')
    .option('--events <file>', 'news of flights in the order in which it became known')
    .option('--ground <file>', 'ground legs of the plan: a JSON array')
    .option('--terms <file>', 'room, price and cut-offs of the flights of SSIM: a JSON array')
    .option('--summary <file>', 'write cost, lateness, use of room and the bound to a file')
    .option('--output <file>', 'write to a file, which appears when it is complete')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .option('--keep-going', 'pass over what is wrong, tell it, and exit with 3 at the end')
    .option('--live', 'read messages from standard input, one a line, and answer each with a line')
    .option('--schema', 'print the JSON Schema of requests and answers')
    .action(async (options: RerouteOptions) => {
      if (options.schema) process.stdout.write(schemaText(routeRequestSchema, reroutedSchema));
      else if (options.live) await answerLive(process.stdin, process.stdout);
      else process.exitCode = await rerouteBooked(options);
    });
