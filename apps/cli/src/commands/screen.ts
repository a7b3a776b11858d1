import { createHash } from 'node:crypto';
import { appendFileSync, openSync, readFileSync } from 'node:fs';
import { InputError, Reference, readClearances, readScreeningLists } from '@crossparcel/files';
import {
  Clearances,
  decisionLogLine,
  GoodsBook,
  type ScreenAnswer,
  type ScreeningMethod,
  type ScreenRequest,
  screenAnswer,
  screenAnswerSchema,
  screenRequestSchema,
} from '@crossparcel/trade';
import { atDay, type DayNumber, dayOfInstant, formatInstant, ok, readInstant } from '@crossparcel/units';
import type { LateRecordCommand, OptionValues } from '../conventions/batch-answerer.ts';
import { UsageError } from '../conventions/exit.ts';

/** Bytes below which a key could be guessed. */
const SHORTEST_KEY = 16;

/** The moment of a screening: as told, or the present one. */
const momentOf = (now: string | undefined): { at: string; day: DayNumber } => {
  const told = now === undefined ? undefined : readInstant(now);
  if (now !== undefined && !told?.hasOffset) {
    throw new UsageError(`--now ${now} is not an RFC 3339 date-time with offset, such as 2026-11-22T08:00:00Z`);
  }
  const instant = told?.instant ?? Date.now();
  return { at: now ?? formatInstant(instant), day: dayOfInstant(instant) };
};

const methodOf = (methods: readonly ScreeningMethod[], day: DayNumber): ScreeningMethod => {
  const method = atDay(methods, day).at(-1);
  if (!method) throw new UsageError('no screening method is on file for this day; see reference/screening/method.json');
  return method;
};

const keyOf = (file: string | undefined): Uint8Array | undefined => {
  if (file === undefined) return undefined;
  let key: Uint8Array;
  try {
    key = readFileSync(file);
  } catch (cause) {
    const fault = { code: 'unreadable-file', what: 'cannot be read', mend: 'check the path' };
    throw new InputError(fault, { file, line: 0 }, { cause });
  }
  if (key.length >= SHORTEST_KEY) return key;
  const what = `has ${key.length} bytes`;
  throw new InputError(
    { code: 'short-key', what, mend: `give a key of at least ${SHORTEST_KEY} random bytes` },
    { file, line: 0 },
  );
};

const openLog = (file: string): ((line: string) => void) => {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'a');
  } catch (cause) {
    const fault = { code: 'unwritable-file', what: 'cannot be written to', mend: 'check the path' };
    throw new InputError(fault, { file, line: 0 }, { cause });
  }
  // A line is one write, so that several workers may append to one log.
  return (line) => appendFileSync(descriptor, `${line}\n`);
};

/** Transliteration is large tables: they are read when somebody is screened. */
const prepare = async ({ list, cleared, key: keyFile, log, now }: OptionValues) => {
  const { DeniedParties } = await import('@crossparcel/trade/screening');
  if ((log ?? cleared) !== undefined && keyFile === undefined) {
    throw new UsageError('--log and --cleared need --key, under which parties are fingerprinted');
  }
  const { at, day } = momentOf(now);
  const key = keyOf(keyFile);
  const reference = new Reference();
  const lists = readScreeningLists(list?.split(',') ?? []);
  const restrictions = reference.restrictions();
  const digest = createHash('sha256').update(JSON.stringify(restrictions)).digest('hex');
  const desk = {
    parties: new DeniedParties(lists, methodOf(reference.screeningMethods(), day)),
    goods: new GoodsBook(restrictions, reference.areas(), reference.handlingRules()),
    clearances: new Clearances(cleared === undefined ? [] : readClearances(cleared)),
    lists: lists.map(({ id, version }) => ({ list: id, listVersion: version })),
    restrictionsVersion: `sha256:${digest.slice(0, 16)}`,
    day,
    key,
  };
  const write = log === undefined ? undefined : openLog(log);
  return (request: ScreenRequest) => {
    const answer = screenAnswer(desk, request);
    if (write && key) write(decisionLogLine(request, answer, key, at));
    return ok(answer);
  };
};

/** `crossparcel screen`: parties against denied-party lists, goods against what their market forbids or asks for. */
export const screen: LateRecordCommand<ScreenRequest, ScreenAnswer> = {
  name: 'screen',
  summary:
    'parties against denied-party lists and goods against the rules of their market: what was found, how sure, and why',
  input: screenRequestSchema,
  output: screenAnswerSchema,
  columns: ['id', 'decision', 'list', 'entry', 'entryName', 'score', 'why'],
  each: 'hits',
  options: [
    {
      flags: '--list <file>',
      description:
        "a denied-party list: OFAC's CSV set, XML or advanced XML, the EU's XML or CSV; give it again for more",
      repeats: true,
    },
    { flags: '--cleared <file>', description: 'false positives that a person has decided, one JSON object a line' },
    { flags: '--key <file>', description: 'a secret of at least 16 bytes, under which parties are fingerprinted' },
    { flags: '--log <file>', description: 'append every decision to this file, with list versions and without names' },
    { flags: '--now <time>', description: 'the time of the screening, RFC 3339 with offset; else the present moment' },
  ],
  prepare,
};
