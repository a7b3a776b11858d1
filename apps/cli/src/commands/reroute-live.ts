import { createInterface } from 'node:readline';
import { InputError, Reference } from '@crossparcel/files';
import { DelayHistory, LivePolicy, type LiveReply, liveMessageSchema, UnknownIdentifier } from '@crossparcel/transport';
import { faultOfIssues } from '@crossparcel/units';

const FILE = '<stdin>';

const faultAt = (line: number, what: string, mend: string): InputError =>
  new InputError({ code: 'bad-message', what, mend }, { file: FILE, line });

const messageOf = (text: string, line: number) => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw faultAt(line, 'is no JSON', 'write one message a line');
  }
  const parsed = liveMessageSchema.safeParse(value);
  if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), { file: FILE, line });
  return parsed.data;
};

/** Answers messages in the order in which they come. The first must bring the scenario, and no later one may. */
class LiveDesk {
  readonly #reference = new Reference();
  #policy: LivePolicy | undefined;

  answer(text: string, line: number): LiveReply {
    const message = messageOf(text, line);
    if (message.type === 'init') {
      if (this.#policy) throw faultAt(line, 'a second "init"', 'start the command again for another scenario');
      const history = new DelayHistory(this.#reference.delayHistory());
      this.#policy = new LivePolicy(message.scenario, history, this.#reference.liveSettings());
      return this.#policy.first();
    }
    if (!this.#policy) throw faultAt(line, 'an "update" before the scenario', 'send the "init" message first');
    try {
      return this.#policy.answer(message);
    } catch (error) {
      if (error instanceof UnknownIdentifier) throw faultAt(line, error.what, error.mend);
      throw error;
    }
  }
}

/** Answers each line of a stream with one line, as soon as it is known. Throws `InputError` at a bad message. */
export const answerLive = async (input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<void> => {
  const desk = new LiveDesk();
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() !== '') output.write(`${JSON.stringify(desk.answer(text, line))}\n`);
  }
};
