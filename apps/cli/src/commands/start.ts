import { Command } from 'commander';
import { Progress } from '../conventions/progress.ts';
import { builtConsole } from './console-build.ts';
import { loadServer, portOf, untilStopped } from './serve.ts';

interface StartOptions {
  readonly port: string;
  readonly data?: string;
}

const STEPS = {
  orders: 'taking in the sample shop’s orders',
  plan: 'planning them',
  parcels: 'making parcels',
  events: 'recording what happened to them',
} as const;

/** Says each step once, and counts it on a terminal. */
class Steps {
  #progress: Progress | undefined;
  #step: keyof typeof STEPS | undefined;
  #counted = 0;

  tell(step: keyof typeof STEPS, done: number, all: number): void {
    if (step !== this.#step) {
      this.end();
      process.stderr.write(`${STEPS[step]} (${all.toLocaleString('en-US')})\n`);
      this.#progress = new Progress(STEPS[step]);
      this.#step = step;
      this.#counted = 0;
    }
    this.#progress?.add(done - this.#counted, all);
    this.#counted = done;
  }

  end(): void {
    this.#progress?.done();
  }
}

/** `crossparcel start`: the main job, embedded: sample shop, console and HTTP interface. */
export const startCommand = (): Command =>
  new Command('start')
    .summary('open the console on the sample shop: nothing else to install')
    .description(
      'Opens the embedded database, fills an empty one with the sample shop and plans it, and serves console and HTTP interface on this machine. Stop it with Ctrl-C; what it has acknowledged is kept.',
    )
    .option('--port <port>', 'port to listen on', '4600')
    .option('--data <folder>', 'data folder: keys and the embedded database')
    .action(async ({ port, data }: StartOptions) => {
      // Whoever starts it by hand wants to see what it does, not each request.
      process.env.CROSSPARCEL_LOG ??= 'warn';
      const listening = { host: '127.0.0.1', port: portOf(port) };
      const { startServer, loadSample, config } = await loadServer(data);
      const consoleFolder = await builtConsole(() => process.stderr.write('building the console\n'));
      const steps = new Steps();
      const running = await startServer({ ...config, databaseUrl: undefined }, listening, {
        consoleFolder,
        isOwnMachine: true,
        prepare: async (house) => {
          await loadSample(house, (step, done, all) => steps.tell(step, done, all));
          steps.end();
        },
      });
      const url = running.url.replace('127.0.0.1', 'localhost');
      process.stderr.write(`\n  Crossparcel is at ${url}\n  API: ${url}/docs   Stop: Ctrl-C\n\n`);
      await untilStopped(running);
    });
