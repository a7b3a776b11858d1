import {
  InputError,
  OutputFile,
  type Position,
  Reference,
  readBatches,
  readGround,
  readTimetable,
  recordsOf,
} from '@crossparcel/files';
import {
  BookingDesk,
  flightEventSchema,
  type RouteAnswer,
  type RouteRequest,
  reroutedSchema,
  routeAnswerSchema,
  routeRequestSchema,
  Timetable,
} from '@crossparcel/transport';
import { faultOfIssues } from '@crossparcel/units';
import type * as z from 'zod';
import { withoutDots } from '../conventions/dotted-columns.ts';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { chooseFormat, Printer } from '../conventions/format.ts';
import { Progress } from '../conventions/progress.ts';
import { repairTermsOf, writeSummary } from './repair-summary.ts';

/** Options of `reroute` for bookings. */
export interface BookedOptions {
  readonly timetable?: string;
  readonly requests?: string;
  readonly plan?: string;
  readonly events?: string;
  readonly ground?: string;
  readonly terms?: string;
  readonly summary?: string;
  readonly output?: string;
  readonly format?: string;
  readonly keepGoing?: boolean;
}

const COLUMNS = ['at', 'id', 'status', 'legs', 'arrivesAt', 'cost', 'currency', 'fees', 'reason'];

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined) throw new UsageError(`give ${option} FILE`);
  return value;
};

/** What is wrong with a line goes here: it ends the run, or is told and passed over. */
type Tell = (error: InputError) => void;

/** A record that fits its schema, and where it stands. */
interface Placed<Value> {
  readonly value: Value;
  readonly position: Position;
}

async function* recordsIn<Value>(file: string, schema: z.ZodType<Value>, tell: Tell): AsyncGenerator<Placed<Value>> {
  for await (const batch of readBatches(file)) {
    for (const { value, position, fault } of recordsOf(batch)) {
      const parsed = schema.safeParse(withoutDots(value));
      if (fault) tell(fault);
      else if (parsed.success) yield { value: parsed.data, position };
      else tell(new InputError(faultOfIssues(parsed.error.issues), position));
    }
  }
}

const planOf = async (file: string, tell: Tell): Promise<Map<string, Placed<RouteAnswer>>> => {
  const plan = new Map<string, Placed<RouteAnswer>>();
  for await (const placed of recordsIn(file, routeAnswerSchema, tell)) {
    if (!plan.has(placed.value.id)) {
      plan.set(placed.value.id, placed);
      continue;
    }
    const fault = { code: 'taken-twice', field: 'id', what: `${placed.value.id} is there twice`, mend: 'give it once' };
    tell(new InputError(fault, placed.position));
  }
  return plan;
};

/** Takes in what was asked for and how it was planned. A fault of the plan is told where the plan's line stands. */
const book = async (
  desk: BookingDesk,
  requests: AsyncGenerator<Placed<RouteRequest>>,
  plan: ReadonlyMap<string, Placed<RouteAnswer>>,
  tell: Tell,
): Promise<void> => {
  for await (const { value: request, position } of requests) {
    const planned = plan.get(request.id);
    if (!planned) {
      const fault = {
        code: 'not-planned',
        field: 'id',
        what: `${request.id} is not in the plan`,
        mend: 'route it first',
      };
      tell(new InputError(fault, position));
      continue;
    }
    const booked = desk.book(request, planned.value);
    if (!booked.ok) tell(new InputError(booked.error, planned.position));
  }
};

const deskOf = (options: BookedOptions, tell: Tell): BookingDesk => {
  const table = readTimetable(needed(options.timetable, '--timetable'), tell, options.terms);
  const reference = new Reference();
  const ground = readGround(options.ground, table, reference.fixedRates());
  return new BookingDesk(Timetable.of(table), ground, repairTermsOf(table, reference));
};

/** Tells each booking that news of flights changes. Gives the exit code. Throws `InputError` unless bad lines are passed over. */
export const rerouteBooked = async (options: BookedOptions): Promise<number> => {
  let bad = 0;
  const tell: Tell = (error) => {
    if (!options.keepGoing) throw error;
    process.stderr.write(`${error.message}\n`);
    bad += 1;
  };
  const events = needed(options.events, '--events');
  const desk = deskOf(options, tell);
  const plan = await planOf(needed(options.plan, '--plan'), tell);
  await book(desk, recordsIn(needed(options.requests, '--requests'), routeRequestSchema, tell), plan, tell);
  const file = options.output === undefined ? undefined : new OutputFile(options.output);
  const write = async (text: string) => {
    if (text === '') return;
    if (file) await file.write(text);
    else process.stdout.write(text);
  };
  const printer = new Printer(chooseFormat(options.format, !file && process.stdout.isTTY === true), COLUMNS);
  const progress = new Progress('reroute');
  try {
    await write(printer.head());
    for await (const { value: event, position } of recordsIn(events, flightEventSchema, tell)) {
      if (event.kind === 'unknown') {
        const { file: source, line } = position;
        process.stderr.write(`${source}:${line}: ${event.flight} is ${event.status}, which moves nothing\n`);
      }
      const heard = desk.hear(event);
      if (!heard.ok) {
        tell(new InputError(heard.error, position));
        continue;
      }
      await write(printer.body(heard.value.map((one) => JSON.stringify(reroutedSchema.parse(one)))));
      progress.add(1);
    }
    await write(printer.tail());
    await file?.commit();
  } catch (error) {
    await file?.discard();
    throw error;
  } finally {
    progress.done();
  }
  if (options.summary !== undefined) await writeSummary(options.summary, desk);
  return bad > 0 ? EXIT.doneWithBadRecords : EXIT.done;
};
