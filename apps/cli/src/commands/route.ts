import { Reference, readGround, readMovements, readTimetable } from '@crossparcel/files';
import {
  BookingDesk,
  networkOf,
  PREFERENCES,
  Reliability,
  type RouteAnswer,
  type RouteRequest,
  Router,
  routeAnswerSchema,
  routeRequestSchema,
  Timetable,
} from '@crossparcel/transport';
import type { RecordCommand } from '../conventions/batch-answerer.ts';
import { UsageError } from '../conventions/exit.ts';
import { repairTermsOf, writeSummary } from './repair-summary.ts';

/** Minutes at which lateness is told: fine where connections are made, coarse where they are lost anyway. */
const KNOTS = [0, 15, 30, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 2880];

const preferenceOf = (text: string | undefined) => {
  if (text === undefined) return {};
  const preference = PREFERENCES.find((one) => one === text);
  if (!preference) throw new UsageError(`--prefer ${text} is not known; give one of ${PREFERENCES.join(', ')}`);
  return { preference };
};

const prepare: RecordCommand<RouteRequest, RouteAnswer>['prepare'] = (
  { timetable: file, terms, history, ground, prefer, summary },
  pass,
) => {
  if (file === undefined) throw new UsageError('give --timetable FILE');
  const options = preferenceOf(prefer);
  const table = readTimetable(file, pass, terms);
  const reference = new Reference();
  const airports = reference.airports();
  const timetable = Timetable.of(table);
  const groundNetwork = readGround(ground, table, reference.fixedRates());
  const router = new Router(networkOf(timetable, groundNetwork), {
    ...options,
    ...(history !== undefined && { risks: new Reliability(readMovements(history, pass), KNOTS).risksOf(timetable) }),
    knowsPlace: (code) => airports.has(code),
  });
  const answer = (request: RouteRequest) => router.answer(request);
  if (summary === undefined) return answer;
  const desk = new BookingDesk(timetable, groundNetwork, repairTermsOf(table, reference));
  return Object.assign(
    (request: RouteRequest) => {
      const answered = answer(request);
      if (!answered.ok) return answered;
      const booked = desk.book(request, answered.value);
      return booked.ok ? answered : booked;
    },
    { finish: () => writeSummary(summary, desk) },
  );
};

/** `crossparcel route`: ways of goods over the flights of a timetable, with alternatives. */
export const route: RecordCommand<RouteRequest, RouteAnswer> = {
  name: 'route',
  summary: 'ways of goods over the flights of a timetable: cut-offs kept, room taken, alternatives told',
  input: routeRequestSchema,
  output: routeAnswerSchema,
  columns: ['id', 'status', 'legs', 'arrivesAt', 'cost', 'currency', 'why'],
  inTurn: true,
  options: [
    { flags: '--timetable <file>', description: 'departures: CSV or SSIM chapter 7, gzip or not' },
    { flags: '--terms <file>', description: 'room, price and cut-offs of the flights of SSIM: a JSON array' },
    { flags: '--summary <file>', description: 'write cost, lateness, use of room and the bound to a file' },
    {
      flags: '--prefer <what>',
      description: `which of the ways on time is taken: ${PREFERENCES.join(', ')} (earliest)`,
    },
  ],
  prepare,
};
