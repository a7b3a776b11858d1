import { Command } from 'commander';
import { UsageError } from '../conventions/exit.ts';
import { answerLive } from './reroute-live.ts';

interface RerouteOptions {
  readonly live?: boolean;
}

/** `crossparcel reroute`: repairs bookings while flights change. */
export const rerouteCommand = (): Command =>
  new Command('reroute')
    .summary('repair bookings while flights are late, cancelled or full')
    .option('--live', 'read messages from stdin, one a line, and answer each with a line')
    .action(async ({ live = false }: RerouteOptions) => {
      if (!live) throw new UsageError('give --live');
      await answerLive(process.stdin, process.stdout);
    });
