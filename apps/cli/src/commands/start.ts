import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { plan } from './plan.ts';
import { summaryTable } from './plan-summary.ts';

const SAMPLE = fileURLToPath(new URL('../../../../examples/sample-shop/', import.meta.url));

/** `crossparcel start`: the main job, embedded, on the sample shop. */
export const startCommand = (): Command =>
  new Command('start')
    .summary('plan the sample shop and print what it costs')
    .description('Plans the sample shop on the shipped network and prints the summary.')
    .option('--out <folder>', 'where the plan goes', 'out/sample-plan')
    .action(async ({ out }: { out: string }) => {
      const { summary } = await plan({
        orders: [`${SAMPLE}orders.csv`],
        catalogue: [`${SAMPLE}catalogue.csv`],
        stock: [`${SAMPLE}stock.csv`],
        out,
        timings: true,
      });
      process.stdout.write(summaryTable(summary, out));
    });
