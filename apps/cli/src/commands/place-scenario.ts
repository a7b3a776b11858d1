import { InputError, readWholeText } from '@crossparcel/files';
import { faultOfIssues } from '@crossparcel/units';
import type * as z from 'zod';

/** The line of a text on which a place stands. */
const lineAt = (text: string, place: number): number => text.slice(0, place).split('\n').length;

const parsed = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const place = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    const fault = { code: 'bad-json', what: `is no JSON (${message})`, mend: 'correct it' };
    throw new InputError(fault, { file, line: lineAt(text, place) }, { cause: error });
  }
};

/** Reads a file that holds one JSON object, also compressed or from standard input. Throws `InputError`, which names file and field. */
export const readScenario = async <Value>(schema: z.ZodType<Value>, file: string): Promise<Value> => {
  const result = schema.safeParse(parsed(await readWholeText(file), file));
  if (!result.success) throw new InputError(faultOfIssues(result.error.issues), { file, line: 1 });
  return result.data;
};
