import { readTimetable } from '@crossparcel/files';
import { timetableEvents } from '@crossparcel/transport';
import { readInstant } from '@crossparcel/units';
import { Command } from 'commander';
import { UsageError } from '../conventions/exit.ts';
import { feedSettings } from './flights-records.ts';

interface DiffOptions {
  readonly terms?: string;
  readonly at?: string;
}

/** `crossparcel flights diff`: what differs between two timetables, as events. */
export const flightsDiff = (): Command =>
  new Command('diff')
    .summary('what differs between two timetables: flights gone, moved, new, with other room or other terms')
    .argument('<old>', 'the timetable before, CSV or SSIM chapter 7, gzip or not')
    .argument('<new>', 'the timetable that takes its place')
    .option('--terms <file>', 'room, price and cut-offs of the flights of SSIM: a JSON array')
    .option('--at <time>', 'when that became known, RFC 3339 with an offset; now without it')
    .action((before: string, after: string, { terms, at }: DiffOptions) => {
      const told = at === undefined ? { instant: Date.now(), hasOffset: true } : readInstant(at);
      if (!told?.hasOffset) throw new UsageError(`--at ${at} is no time; write RFC 3339 with an offset`);
      const [old, young] = [before, after].map((file) => readTimetable(file, undefined, terms));
      const { sameFlightWithinMin } = feedSettings();
      for (const event of timetableEvents(old, young, told.instant, sameFlightWithinMin))
        process.stdout.write(`${JSON.stringify(event)}\n`);
    });
