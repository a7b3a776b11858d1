import { Command } from 'commander';
import { openCarriers } from './carriers-accounts.ts';
import { carriersRate } from './carriers-rate.ts';
import { carriersTrack } from './carriers-track.ts';

/** `crossparcel carriers`: which carriers there are and what each can do; rates and tracks below it. */
export const carriersCommand = (): Command =>
  new Command('carriers')
    // The commands below have an option of the same name.
    .enablePositionalOptions()
    .summary('carriers: which there are and what each can do; their rates and tracks')
    .option('--accounts <file>', 'accounts with carriers, JSON; they are opened, and nothing is asked of them')
    .action(async ({ accounts }: { accounts?: string }) => {
      for (const { id, abilities } of await openCarriers(accounts))
        process.stdout.write(`${JSON.stringify({ carrier: id, abilities })}\n`);
    })
    .addCommand(carriersRate())
    .addCommand(carriersTrack());
