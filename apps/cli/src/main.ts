import { Command, CommanderError } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import { assignCommand } from './commands/assign.ts';
import { carriersCommand } from './commands/carriers.ts';
import { declareStatus } from './commands/declare-status.ts';
import { flightsCommand } from './commands/flights.ts';
import { forecastCommand } from './commands/forecast.ts';
import { labelCommand } from './commands/label.ts';
import { landedCostRules } from './commands/landed-cost-rules.ts';
import { ordersCommand } from './commands/orders.ts';
import { packAdvise } from './commands/pack-advise.ts';
import { packRender } from './commands/pack-render.ts';
import { placeCommand } from './commands/place.ts';
import { planCommand } from './commands/plan.ts';
import { rateImport } from './commands/rate-import.ts';
import { recordCommands } from './commands/record-commands.ts';
import { rerouteCommand } from './commands/reroute.ts';
import { serveCommand, workCommand } from './commands/serve.ts';
import { startCommand } from './commands/start.ts';
import { verifyCommand } from './commands/verify.ts';
import { EXIT, explainError } from './conventions/exit.ts';
import { recordCommandLine } from './conventions/record-command-line.ts';

const overrideExit = (command: Command): void => {
  command.exitOverride();
  for (const inner of command.commands) overrideExit(inner);
};

const program = (): Command => {
  const root = new Command('crossparcel')
    .description('Cross-border small-parcel logistics for short-video commerce.')
    .version(packageJson.version)
    // A command below another may have options of the same names.
    .enablePositionalOptions()
    .showHelpAfterError('(--help lists commands and options)');
  root.addCommand(startCommand());
  root.addCommand(planCommand());
  root.addCommand(ordersCommand());
  root.addCommand(assignCommand());
  root.addCommand(flightsCommand());
  root.addCommand(carriersCommand());
  root.addCommand(forecastCommand());
  root.addCommand(placeCommand());
  for (const command of recordCommands) {
    const [first] = command.name.split(' ');
    const parent = root.commands.find((one) => one.name() === first) ?? root;
    parent.addCommand(recordCommandLine(command));
  }
  const packing = root.commands.find((one) => one.name() === 'pack');
  packing?.addCommand(packAdvise()).addCommand(packRender());
  root.commands.find((one) => one.name() === 'declare')?.addCommand(declareStatus());
  root.commands.find((one) => one.name() === 'landed-cost')?.addCommand(landedCostRules());
  root.commands.find((one) => one.name() === 'rate')?.addCommand(rateImport());
  root.addCommand(labelCommand());
  root.addCommand(rerouteCommand());
  root.addCommand(verifyCommand());
  root.addCommand(serveCommand());
  root.addCommand(workCommand());
  overrideExit(root);
  return root;
};

/** Runs the command line and sets the exit code: 0 done, 1 failed, 2 bad input or usage, 3 done with bad records. */
export const main = async (argv: readonly string[]): Promise<void> => {
  // A reader that closes the pipe early, such as `head`, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  try {
    await program().parseAsync(argv as string[]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.badInput;
      return;
    }
    const { message, code } = explainError(error);
    process.stderr.write(`${message}\n`);
    process.exitCode = code;
  }
};
