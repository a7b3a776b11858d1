import { setTimeout as sleep } from 'node:timers/promises';
import { type AirportRecord, InputError, Reference, readMovements } from '@crossparcel/files';
import { generatorOf } from '@crossparcel/numerics';
import { replayDepartures } from '@crossparcel/simulation';
import { type FlightEvent, instantOf, type Movement, toldAt } from '@crossparcel/transport';
import { type DayNumber, TimeZone } from '@crossparcel/units';
import { Command } from 'commander';
import { dayOption } from '../conventions/day-option.ts';
import { EXIT, UsageError } from '../conventions/exit.ts';

interface ReplayOptions {
  readonly movements?: string;
  readonly from?: string;
  readonly days: string;
  readonly seed: string;
  readonly speed?: string;
  readonly keepGoing?: boolean;
}

/** `crossparcel flights replay`: recorded days as the events in which they became known. */
export const flightsReplay = (): Command =>
  new Command('replay')
    .summary('recorded days as events, in the order in which they became known')
    .option('--movements <file>', 'flights of the past, CSV: flight,carrier,kind,airport,scheduled,cancelled,delayMin')
    .option('--from <date>', 'first day, local at the airport of departure')
    .option('--days <n>', 'how many days', '1')
    .option('--seed <n>', 'seed of what was not recorded: when cancellations were told', '1')
    .option('--speed <factor>', 'print in step with the clock, so many times as fast (60x: an hour a minute)')
    .option('--keep-going', 'pass bad lines over, and exit with 3 at the end')
    .action(async (options: ReplayOptions) => {
      process.exitCode = await replay(options);
    });

const wholeOption = (flag: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${flag} ${text} is not a whole number`);
  return Number(text);
};

const speedOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const factor = /^(\d{1,6}(?:\.\d+)?)x?$/.exec(text)?.[1];
  if (factor === undefined || Number(factor) === 0) throw new UsageError(`--speed ${text} is no speed; write 60x`);
  return Number(factor);
};

/** Movements that were to leave on some local days. Throws `InputError` for one of an airport that is not known. */
const onDays = (movements: readonly Movement[], from: DayNumber, days: number, file: string): Movement[] => {
  const airports: ReadonlyMap<string, AirportRecord> = new Reference().airports();
  const zones = new Map<string, TimeZone>();
  const zoneOf = (airport: string): TimeZone => {
    const record = airports.get(airport);
    if (!record) {
      const what = `${airport} is no airport that is known`;
      throw new InputError(
        { code: 'unknown-airport', field: 'airport', what, mend: 'give its IATA code' },
        { file, line: 0 },
      );
    }
    const zone = zones.get(airport) ?? new TimeZone(record.timeZone);
    zones.set(airport, zone);
    return zone;
  };
  return movements.filter(({ airport, scheduled }) => {
    const { day } = zoneOf(airport).local(instantOf(scheduled));
    return day >= from && day < from + days;
  });
};

/** Waits until an event is due: its distance from the first one, shortened by the speed. */
const pacer = (speed: number) => {
  const start = Date.now();
  let first: number | undefined;
  return async (event: FlightEvent): Promise<void> => {
    first ??= toldAt(event);
    const wait = start + (toldAt(event) - first) / speed - Date.now();
    if (wait > 0) await sleep(wait);
  };
};

const replay = async ({ movements: file, from, days, seed, speed, keepGoing }: ReplayOptions): Promise<number> => {
  if (file === undefined || from === undefined) throw new UsageError('give --movements FILE and --from DAY');
  const firstDay = dayOption('--from', from);
  const dayCount = wholeOption('--days', days);
  const generator = generatorOf(wholeOption('--seed', seed));
  const factor = speedOf(speed);
  let bad = 0;
  const passOver = (error: InputError) => {
    if (!keepGoing) throw error;
    process.stderr.write(`${error.message}\n`);
    bad += 1;
  };
  const chosen = onDays(readMovements(file, passOver), firstDay, dayCount, file);
  const wait = factor === undefined ? undefined : pacer(factor);
  for (const event of replayDepartures(chosen, new Reference().delayHistory().news, generator)) {
    await wait?.(event);
    process.stdout.write(`${JSON.stringify(event)}\n`);
  }
  return bad > 0 ? EXIT.doneWithBadRecords : EXIT.done;
};
