import type { HouseConfig, Running } from '@crossparcel/server';
import { Command } from 'commander';
import { UsageError } from '../conventions/exit.ts';
import { consoleIfBuilt } from './console-build.ts';

interface ServeOptions {
  readonly host: string;
  readonly port: string;
  readonly data?: string;
}

/** The server's parts, loaded when they are needed, and the configuration for them. */
export const loadServer = async (data: string | undefined) => {
  const server = await import('@crossparcel/server');
  const config: HouseConfig = server.configOf({
    ...process.env,
    ...(data === undefined ? {} : { CROSSPARCEL_DATA: data }),
  });
  return { ...server, config };
};

/** Waits for Ctrl-C or a request to end; a second one ends at once. */
export const untilStopped = async (running: Running): Promise<void> => {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await running.stop();
};

/** Reads a port. Throws `UsageError`. */
export const portOf = (text: string): number => {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError(`--port ${text} is not a port; give 0 to 65535`);
  return port;
};

/** `crossparcel serve`: the HTTP interface. */
export const serveCommand = (): Command =>
  new Command('serve')
    .summary('serve the HTTP interface')
    .description(
      'Serves the HTTP interface on the embedded database, or on a PostgreSQL server named by CROSSPARCEL_DATABASE_URL. On a server, run `work` beside it.',
    )
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on', '4600')
    .option('--data <folder>', 'data folder: keys, and the embedded database')
    .action(async ({ host, port, data }: ServeOptions) => {
      const { startServer, config } = await loadServer(data);
      const running = await startServer(config, { host, port: portOf(port) }, { consoleFolder: consoleIfBuilt() });
      process.stderr.write(`${running.url}  (API at ${running.url}/docs)\n`);
      await untilStopped(running);
    });

/** `crossparcel work`: the workers of an installation on a PostgreSQL server. */
export const workCommand = (): Command =>
  new Command('work')
    .summary('sequence the log, relay messages and do jobs, on a PostgreSQL server')
    .description(
      'Runs the workers on the PostgreSQL server named by CROSSPARCEL_DATABASE_URL. The embedded database needs none: `serve` does their work.',
    )
    .option('--data <folder>', 'data folder: keys')
    .action(async ({ data }: { data?: string }) => {
      const { startWork, config } = await loadServer(data);
      if (config.databaseUrl === undefined) {
        throw new UsageError('work needs CROSSPARCEL_DATABASE_URL; on the embedded database `serve` does the work');
      }
      const running = await startWork(config);
      process.stderr.write('working\n');
      await untilStopped(running);
    });
