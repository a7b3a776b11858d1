import { Reference, readTimetable } from '@crossparcel/files';
import {
  networkOf,
  PREFERENCES,
  type RouteAnswer,
  type RouteRequest,
  Router,
  routeAnswerSchema,
  routeRequestSchema,
  Timetable,
} from '@crossparcel/transport';
import type { RecordCommand } from '../conventions/batch-answerer.ts';
import { UsageError } from '../conventions/exit.ts';

const preferenceOf = (text: string | undefined) => {
  if (text === undefined) return {};
  const preference = PREFERENCES.find((one) => one === text);
  if (!preference) throw new UsageError(`--prefer ${text} is not known; give one of ${PREFERENCES.join(', ')}`);
  return { preference };
};

const prepare: RecordCommand<RouteRequest, RouteAnswer>['prepare'] = ({ timetable: file, terms, prefer }, pass) => {
  if (file === undefined) throw new UsageError('give --timetable FILE');
  const options = preferenceOf(prefer);
  const table = readTimetable(file, pass, terms);
  const airports = new Reference().airports();
  const knowsPlace = (code: string) => airports.has(code);
  const router = new Router(networkOf(Timetable.of(table)), { ...options, knowsPlace });
  return (request: RouteRequest) => router.answer(request);
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
    {
      flags: '--prefer <what>',
      description: `which of the ways on time is taken: ${PREFERENCES.join(', ')} (earliest)`,
    },
  ],
  prepare,
};
