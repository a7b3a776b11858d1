import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  MOST_RECORDS,
  type PostSubmission,
  postSubmissionSchema,
  type ReadingResult,
  type ReadingSubmission,
  readingResultSchema,
  readingSubmissionSchema,
} from '@crossparcel/api';
import { InputError } from '@crossparcel/files';
import { Command } from 'commander';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { schemaText } from '../conventions/record-command-line.ts';
import { readSource } from './posts-source.ts';

interface PostsOptions {
  readonly posts?: string;
  readonly readings?: string;
  readonly every?: string;
  readonly seller?: string;
  readonly url?: string;
  readonly data?: string;
  readonly schema?: boolean;
}

const SHORTEST_PAUSE_S = 10;

/** `crossparcel posts …`: posts about goods, and how they fare. */
export const postsCommand = (): Command =>
  new Command('posts').summary('tell of posts about goods, and of their counters').addCommand(
    new Command('import')
      .summary('take posts and readings of their counters in: each once, however often the command is run')
      .description(
        'Takes posts and readings in, from files or from addresses that answer with one. Lists of a CSV file are parted by spaces. With --every it asks again and again: readings that are in come out as unchanged.',
      )
      .option('--posts <source>', 'platform, externalId, kind, publishesAt, skus, attributes.NAME')
      .option('--readings <source>', 'platform, externalId, metric, at, value or countries, knownAt')
      .option('--every <seconds>', 'read the sources again after so many seconds, until interrupted')
      .option('--seller <id>', 'seller whose posts they are, where the operator has several')
      .option('--url <url>', 'a server to send them to, with the API key in CROSSPARCEL_KEY')
      .option('--data <folder>', 'data folder of the installation')
      .option('--schema', 'print the JSON Schema of input and output')
      .action(async (options: PostsOptions) => {
        if (options.schema) process.stdout.write(schemaText(readingSubmissionSchema, readingResultSchema));
        else process.exitCode = await importPosts(options);
      }),
  );

const pauseOf = (every: string | undefined): number | undefined => {
  if (every === undefined) return undefined;
  const seconds = Number(every);
  if (Number.isFinite(seconds) && seconds >= SHORTEST_PAUSE_S) return seconds * 1000;
  throw new UsageError(`--every ${every} is no number of seconds; give ${SHORTEST_PAUSE_S} or more`);
};

const importPosts = async (options: PostsOptions): Promise<number> => {
  if (options.posts === undefined && options.readings === undefined)
    throw new UsageError('give --posts SOURCE, --readings SOURCE, or both');
  const pauseMs = pauseOf(options.every);
  // The first look is before anything is opened, so that a wrong file leaves nothing behind.
  const first = await look(options);
  const { configOf, connect, connectTo } = await import('@crossparcel/server');
  const config = configOf({ ...process.env, ...(options.data !== undefined && { CROSSPARCEL_DATA: options.data }) });
  const { client, close } =
    options.url === undefined ? await connect(config) : connectTo(options.url, process.env.CROSSPARCEL_KEY);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    let refused = await send(client, first, options.seller);
    while (pauseMs !== undefined && (await rest(pauseMs, stop.signal))) {
      const next = await look(options).catch(tellUnread);
      if (next) refused += await send(client, next, options.seller);
    }
    return refused > 0 ? EXIT.doneWithBadRecords : EXIT.done;
  } finally {
    await close();
  }
};

interface Look {
  readonly posts: readonly PostSubmission[];
  readonly readings: readonly ReadingSubmission[];
}

const look = async ({ posts, readings }: PostsOptions): Promise<Look> => ({
  posts: posts === undefined ? [] : await readSource(posts, postSubmissionSchema),
  readings: readings === undefined ? [] : await readSource(readings, readingSubmissionSchema),
});

/** A source that cannot be read now may be read at the next look. */
const tellUnread = (error: unknown): undefined => {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
};

/** Sleeps; whether it was not interrupted. */
const rest = (ms: number, signal: AbortSignal): Promise<boolean> =>
  sleep(ms, undefined, { signal }).then(
    () => true,
    () => false,
  );

const chunksOf = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / MOST_RECORDS) }, (_, at) =>
    items.slice(at * MOST_RECORDS, (at + 1) * MOST_RECORDS),
  );

/** Sends what was read, posts first; prints what became of each reading, and gives how many were of unknown posts. */
const send = async (client: Client, { posts, readings }: Look, seller: string | undefined): Promise<number> => {
  const query = seller === undefined ? {} : { seller };
  for (const chunk of chunksOf(posts)) await client.call('posts.put', { query, body: { posts: chunk } });
  let refused = 0;
  for (const chunk of chunksOf(readings)) {
    const { results } = await client.call('posts.readings', { query, body: { readings: chunk } });
    process.stdout.write(results.map((result: ReadingResult) => `${JSON.stringify(result)}\n`).join(''));
    refused += results.filter(({ outcome }) => outcome === 'unknown-post').length;
  }
  return refused;
};
