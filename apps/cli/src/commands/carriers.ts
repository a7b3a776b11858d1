import { Command } from 'commander';
import type { CarriersOptions } from './carriers-records.ts';

/** `crossparcel carriers`: which there are and what each can do. Adapters are loaded when a command of theirs is given. */
export const carriersCommand = (): Command =>
  new Command('carriers')
    // The commands below have an option of the same name.
    .enablePositionalOptions()
    .summary('carriers: which there are and what each can do; their rates and tracks')
    .option('--accounts <file>', 'accounts with carriers, JSON; they are opened, and nothing is asked of them')
    .action(async ({ accounts }: CarriersOptions) => {
      const { openCarriers } = await import('./carriers-accounts.ts');
      for (const { id, abilities } of await openCarriers(accounts))
        process.stdout.write(`${JSON.stringify({ carrier: id, abilities })}\n`);
    })
    .addCommand(rateCommand())
    .addCommand(trackCommand());

/** `crossparcel carriers rate`: what carriers ask for shipments. */
const rateCommand = (): Command =>
  new Command('rate')
    .summary('what carriers ask for shipments: rate cards on file, and every account that is given')
    .argument('[files...]', 'shipments as NDJSON or JSON; standard input without any')
    .option('--accounts <file>', 'accounts with carriers, JSON; without it no carrier is asked')
    .option('--keep-going', 'show bad records in place, and exit with 3 at the end')
    .action(async (files: string[], options: CarriersOptions) => {
      const { rateShipments } = await import('./carriers-rate.ts');
      process.exitCode = await rateShipments(files, options);
    });

/** `crossparcel carriers track`: where parcels are, as carriers tell it. */
const trackCommand = (): Command =>
  new Command('track')
    .summary('where parcels are, as the carriers of given accounts tell it')
    .argument('[files...]', 'numbers as NDJSON or JSON: id, carrier, number, via; standard input without any')
    .option('--accounts <file>', 'accounts with carriers, JSON')
    .option('--keep-going', 'show bad records in place, and exit with 3 at the end')
    .action(async (files: string[], options: CarriersOptions) => {
      const { trackNumbers } = await import('./carriers-track.ts');
      process.exitCode = await trackNumbers(files, options);
    });
