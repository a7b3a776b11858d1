import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  FlightWatch,
  HttpStatusSource,
  type LoadedFlight,
  type StatusProvider,
  statusProviderSchema,
  TimetableFolder,
} from '@crossparcel/connectors/flight-feeds';
import {
  InputError,
  OutputFile,
  REFERENCE,
  Reference,
  readBatches,
  readChecked,
  readTimetable,
  recordsOf,
} from '@crossparcel/files';
import type { FlightEvent } from '@crossparcel/transport';
import { type Fault, faultOfIssues, MS_PER_DAY, readInstant, TimeZone } from '@crossparcel/units';
import { Command } from 'commander';
import * as z from 'zod';
import { UsageError } from '../conventions/exit.ts';
import { feedSettings } from './flights-records.ts';

/** How long between two looks into a folder: files are taken when they stood still from one to the next. */
const LOOK_EVERY_MS = 5_000;
/** How long an answer may take, and how long after a failure it is asked for again. */
const TIME_LIMIT_MS = 10_000;
const RETRY_AFTER_MS = 2_000;
const MONTH_DAYS = 31;

interface WatchOptions {
  readonly folder?: string;
  readonly terms?: string;
  readonly source?: string;
  readonly flights?: string;
  readonly calls?: string;
}

const instant = z
  .string()
  .refine((text) => readInstant(text)?.hasOffset === true, 'is no time; write RFC 3339 with an offset')
  .transform((text) => readInstant(text)?.instant ?? Number.NaN);

const watchedSchema = z.object({
  flight: z.string().min(1),
  scheduled: instant,
  arrival: instant,
  origin: z.string().min(1),
  destination: z.string().min(1),
  cutOff: instant,
  loadKg: z.coerce.number().nonnegative(),
});

/** Which provider is asked, where, with what, and how often it may be. It holds keys: it belongs to its owner alone. */
const sourceSchema = z.strictObject({
  provider: z.string(),
  address: z.url(),
  keys: z.array(z.string().min(1)).optional(),
  callsPerDay: z.int().positive(),
  callsPerMonth: z.int().positive(),
});

/** `crossparcel flights watch`: news of flights as it comes. */
export const flightsWatch = (): Command =>
  new Command('watch')
    .summary('news of flights as it comes: from a folder of timetables, or from a provider of flight status')
    .option('--folder <folder>', 'timetables are put there, SSIM chapter 7 or CSV; what a new one changes is told')
    .option('--terms <file>', 'room, price and cut-offs of the flights of SSIM: a JSON array')
    .option('--source <file>', 'a provider: JSON with provider, address, keys, callsPerDay, callsPerMonth')
    .option('--flights <file>', 'flights to ask about: flight, scheduled, arrival, origin, destination, cutOff, loadKg')
    .option('--calls <file>', 'where calls are written down, so that the budget holds over a new start')
    .action(async (options: WatchOptions) => {
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
      if (options.folder !== undefined) await watchFolder(options.folder, options.terms, stop.signal);
      else await watchProvider(options, stop.signal);
    });

const tell = (events: readonly FlightEvent[], faults: readonly Fault[]): void => {
  for (const event of events) process.stdout.write(`${JSON.stringify(event)}\n`);
  for (const { field, what, mend } of faults) process.stderr.write(`${field ? `${field}: ` : ''}${what}; ${mend}\n`);
};

/** Sleeps; whether it was not interrupted. */
const rest = (ms: number, signal: AbortSignal): Promise<boolean> =>
  sleep(ms, undefined, { signal }).then(
    () => true,
    () => false,
  );

const watchFolder = async (folder: string, terms: string | undefined, signal: AbortSignal): Promise<void> => {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--folder ${folder} is no folder`);
  const { sameFlightWithinMin } = feedSettings();
  const feed = new TimetableFolder({
    folder,
    readTimetable: (file) => readTimetable(file, undefined, terms),
    sameFlightWithinMin,
  });
  do {
    const { events, faults } = await feed.poll(Date.now());
    tell(events, faults);
  } while (await rest(LOOK_EVERY_MS, signal));
};

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined)
    throw new UsageError(`give --folder FOLDER, or --source FILE with --flights FILE: ${option} is missing`);
  return value;
};

const providerOf = (id: string): StatusProvider => {
  const known = ['aahk', 'aerodatabox', 'flightstats'];
  if (known.includes(id)) return readChecked(statusProviderSchema, join(REFERENCE, 'flight-status', `${id}.json`));
  throw new UsageError(`the provider ${id} is not on file; give one of ${known.join(', ')}`);
};

const flightsIn = async (file: string): Promise<LoadedFlight[]> => {
  const flights: LoadedFlight[] = [];
  for await (const batch of readBatches(file)) {
    for (const { value, position, fault } of recordsOf(batch)) {
      if (fault) throw fault;
      const parsed = watchedSchema.safeParse(value);
      if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), position);
      flights.push(parsed.data);
    }
  }
  return flights;
};

/** Calls of the last 31 days, written down before. */
const callsIn = (file: string | undefined, now: number): number[] => {
  if (file === undefined || !statSync(file, { throwIfNoEntry: false })) return [];
  const calls = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(Number);
  return calls.filter((call) => call > now - MONTH_DAYS * MS_PER_DAY);
};

const writeCalls = async (file: string | undefined, calls: readonly number[]): Promise<void> => {
  if (file === undefined) return;
  const output = new OutputFile(file);
  await output.write(calls.map((call) => `${call}\n`).join(''));
  await output.commit();
};

const watchProvider = async (options: WatchOptions, signal: AbortSignal): Promise<void> => {
  const access = readChecked(sourceSchema, needed(options.source, '--source'));
  const flights = await flightsIn(needed(options.flights, '--flights'));
  const settings = feedSettings();
  const provider = providerOf(access.provider);
  const airports = new Reference().airports();
  const source = new HttpStatusSource(provider, {
    address: access.address.replace(/\/$/, ''),
    ...(access.keys && { keys: access.keys }),
    timeLimitMs: TIME_LIMIT_MS,
    retryAfterMs: RETRY_AFTER_MS,
    sameFlightWithinMin: settings.sameFlightWithinMin,
    now: () => Date.now(),
    zoneOf: (airport) => {
      const record = airports.get(airport);
      return record && new TimeZone(record.timeZone);
    },
  });
  const { callsPerDay, callsPerMonth } = access;
  const flightsPerCall = provider.flightsPerCall ?? flights.length;
  const spent = callsIn(options.calls, Date.now());
  const watch = new FlightWatch(source, { callsPerDay, callsPerMonth, flightsPerCall, spent }, settings.polling);
  watch.watch(flights, Date.now());
  for (;;) {
    const now = Date.now();
    const { events, faults, calls } = await watch.poll(now);
    tell(events, faults);
    if (calls.length > 0) await writeCalls(options.calls, watch.spent);
    // Nothing is due any more when every flight has landed, is cancelled, or was overdue too long.
    const next = watch.nextAt(Date.now(), now + MONTH_DAYS * MS_PER_DAY);
    if (next === undefined || !(await rest(Math.max(0, next - Date.now()), signal))) return;
  }
};
