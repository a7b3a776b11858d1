import { Command } from 'commander';
import { flightsDiff } from './flights-diff.ts';
import { flightsReplay } from './flights-replay.ts';
import { flightsWatch } from './flights-watch.ts';

/** `crossparcel flights`: news of flights, as `reroute --events` reads it. */
export const flightsCommand = (): Command =>
  new Command('flights')
    .summary('news of flights: recorded days replayed, status messages read, timetables compared, news as it comes')
    .addCommand(flightsReplay())
    .addCommand(flightsDiff())
    .addCommand(flightsWatch());
