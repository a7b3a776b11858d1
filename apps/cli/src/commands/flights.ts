import { Command } from 'commander';
import { flightsReplay } from './flights-replay.ts';

/** `crossparcel flights`: news of flights, as `reroute --events` reads it. */
export const flightsCommand = (): Command =>
  new Command('flights')
    .summary('news of flights: recorded days replayed, status messages read, timetables compared')
    .addCommand(flightsReplay());
