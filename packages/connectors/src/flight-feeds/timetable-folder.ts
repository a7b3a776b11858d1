import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DepartureTable, type FlightEvent, minuteOf, timetableEvents } from '@crossparcel/transport';
import { CrossparcelError, type Fault, type Instant } from '@crossparcel/units';

/** Where files that cannot be read go, inside the folder. */
const ASIDE = 'set-aside';
const ENDINGS = /\.(ssim|ssm|txt|dat|csv)(\.gz)?$/i;

/** What one look into the folder came to. */
export interface FolderReport {
  /** Names of the files read, in their order. */
  readonly read: readonly string[];
  readonly events: readonly FlightEvent[];
  /** Files that cannot be read, each named; they stand in `set-aside` from now on. */
  readonly faults: readonly Fault[];
}

/** What the folder is read with. */
export interface TimetableFolderRims {
  readonly folder: string;
  /** Reads a timetable from a file. Throws where it cannot. */
  readTimetable(file: string): DepartureTable;
  readonly sameFlightWithinMin: number;
}

/** A span of time that a file speaks of, for one carrier. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const carrierOf = (table: DepartureTable, row: number): string => table.carriers.at(table.carrier[row] as number);

const MINUTES_PER_DAY = 1440;

/** From the day of the first to that of the last departure of each carrier, whole days of UTC. */
const spansOf = (table: DepartureTable): Map<string, Span> => {
  const spans = new Map<string, Span>();
  for (let row = 0; row < table.length; row += 1) {
    const departs = table.departs[row] as number;
    const from = departs - (departs % MINUTES_PER_DAY);
    const to = from + MINUTES_PER_DAY - 1;
    const so = spans.get(carrierOf(table, row)) ?? { from, to };
    spans.set(carrierOf(table, row), { from: Math.min(so.from, from), to: Math.max(so.to, to) });
  }
  return spans;
};

/** A table of the departures that a question is answered with yes. */
const chosen = (
  tables: readonly DepartureTable[],
  wants: (table: DepartureTable, row: number) => boolean,
): DepartureTable | undefined => {
  const [first] = tables;
  if (!first) return undefined;
  const result = new DepartureTable(first.currency);
  for (const table of tables) {
    for (let row = 0; row < table.length; row += 1) {
      if (!wants(table, row)) continue;
      result.addNumbered({
        flight: result.flights.intern(table.flights.at(table.flight[row] as number)),
        carrier: result.carriers.intern(carrierOf(table, row)),
        kind: table.kind[row] as number,
        origin: result.places.intern(table.places.at(table.origin[row] as number)),
        destination: result.places.intern(table.places.at(table.destination[row] as number)),
        departs: table.departs[row] as number,
        arrives: table.arrives[row] as number,
        capacityGrams: table.capacityGrams[row] as number,
        pricePerKg: table.pricePerKg[row] as number,
        cutoffMin: table.cutoffMin[row] as number,
        minConnectMin: table.changeMin[row] as number,
        handlingMin: table.handlingMin[row] as number,
      });
    }
  }
  return result;
};

/**
 * Timetables that partners put into a folder (SSIM chapter 7 or CSV, gzip or not). A file is read once it has not changed
 * from one look to the next, in size and time of writing, and once by its content, whatever its name. Files are read in
 * the order of their names. A file tells all of the flights of its carriers from the day of the first departure of each to that of the
 * last (in UTC);
 * what it says instead of what was known there, of departures after now, becomes events. The first file of a carrier is
 * where knowledge starts, and no news. A file that cannot be read is set aside with its fault, and the rest goes on.
 * What was read is known as long as this object lives.
 */
export class TimetableFolder {
  readonly #rims: TimetableFolderRims;
  readonly #sizes = new Map<string, string>();
  readonly #read = new Map<string, string>();
  readonly #contents = new Set<string>();
  #known: DepartureTable | undefined;
  readonly #carriers = new Set<string>();

  constructor(rims: TimetableFolderRims) {
    this.#rims = rims;
  }

  /** All departures known, with those of every file read. */
  get timetable(): DepartureTable | undefined {
    return this.#known;
  }

  /** Looks into the folder and reads what is new and whole. */
  async poll(now: Instant): Promise<FolderReport> {
    const { folder, readTimetable } = this.#rims;
    const read: string[] = [];
    const events: FlightEvent[] = [];
    const faults: Fault[] = [];
    for (const name of await this.#whole()) {
      const file = join(folder, name);
      const content = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
      if (this.#contents.has(content)) continue;
      this.#contents.add(content);
      try {
        events.push(...this.#take(readTimetable(file), now));
        read.push(name);
      } catch (error) {
        faults.push(await this.#setAside(name, error));
      }
    }
    return { read, events, faults };
  }

  /** Names of files that stand as they stood at the last look and were not read as they stand. */
  async #whole(): Promise<string[]> {
    const entries = await readdir(this.#rims.folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && ENDINGS.test(entry.name)).map(({ name }) => name);
    const whole: string[] = [];
    for (const name of names.sort()) {
      const { size, mtimeMs } = await stat(join(this.#rims.folder, name));
      const stands = `${size} ${mtimeMs}`;
      const isStable = this.#sizes.get(name) === stands;
      this.#sizes.set(name, stands);
      if (!isStable || this.#read.get(name) === stands) continue;
      this.#read.set(name, stands);
      whole.push(name);
    }
    return whole;
  }

  #take(table: DepartureTable, now: Instant): FlightEvent[] {
    const spans = spansOf(table);
    const from = minuteOf(now);
    const known = this.#known ? [this.#known] : [];
    const isReplaced = (one: DepartureTable, row: number): boolean => {
      const span = spans.get(carrierOf(one, row));
      const departs = one.departs[row] as number;
      return span !== undefined && departs >= span.from && departs <= span.to;
    };
    const isNews = (one: DepartureTable, row: number): boolean =>
      this.#carriers.has(carrierOf(one, row)) && (one.departs[row] as number) > from;
    const before = chosen(known, (one, row) => isReplaced(one, row) && isNews(one, row));
    const after = chosen([table], isNews);
    const events = timetableEvents(before, after, now, this.#rims.sameFlightWithinMin);
    this.#known = chosen([...known, table], (one, row) => one === table || !isReplaced(one, row));
    for (const carrier of spans.keys()) this.#carriers.add(carrier);
    return events;
  }

  async #setAside(name: string, error: unknown): Promise<Fault> {
    const { folder } = this.#rims;
    await mkdir(join(folder, ASIDE), { recursive: true });
    await rename(join(folder, name), join(folder, ASIDE, name));
    const why = error instanceof CrossparcelError ? error.message : `cannot be read (${String(error)})`;
    return {
      code: 'bad-timetable-file',
      field: name,
      what: why,
      mend: `correct it and put it into the folder again; it stands in ${ASIDE}`,
      data: { file: name },
    };
  }
}
