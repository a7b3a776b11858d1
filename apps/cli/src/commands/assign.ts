import type { InputError } from '@crossparcel/files';
import {
  adviseCapacity,
  bookingSchema,
  type CapacityAdvice,
  CapacityModel,
  capacityLegSchema,
  shipmentSchema,
} from '@crossparcel/transport';
import { Command } from 'commander';
import * as z from 'zod';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { chooseFormat, FORMATS, Printer } from '../conventions/format.ts';
import { schemaText } from '../conventions/record-command-line.ts';
import { type AssignInput, readAssignment } from './assign-input.ts';
import { AssignmentRecords } from './assign-output.ts';

interface AssignOptions {
  readonly legs?: string;
  readonly shipments?: string;
  readonly bookings?: string;
  readonly advice?: boolean;
  readonly keepGoing?: boolean;
  readonly format?: string;
  readonly schema?: boolean;
}

interface Answer {
  readonly input: AssignInput;
  readonly records: AssignmentRecords;
  readonly advice: readonly CapacityAdvice[];
}

const inputs = z.object({ leg: capacityLegSchema, shipment: shipmentSchema, booking: bookingSchema });

const answer = async ({ legs, shipments, bookings, keepGoing }: AssignOptions, advise: boolean): Promise<Answer> => {
  if (legs === undefined) throw new UsageError('no flight legs; give --legs FILE');
  if (shipments === undefined) throw new UsageError('no shipments; give --shipments FILE');
  const onFault = (error: InputError) => {
    if (!keepGoing) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.doneWithBadRecords;
  };
  const input = await readAssignment({ legs, shipments, ...(bookings !== undefined && { bookings }) }, onFault);
  const model = await CapacityModel.open(input.problem);
  try {
    const assignment = model.assign();
    const advice = advise ? adviseCapacity(input.problem.legs, model, assignment) : [];
    return { input, records: new AssignmentRecords(input.problem, assignment), advice };
  } finally {
    model.dispose();
  }
};

const print = (format: string | undefined, columns: readonly string[], records: readonly object[]): void => {
  const printer = new Printer(chooseFormat(format, process.stdout.isTTY === true), columns);
  const body = printer.body(records.map((record) => JSON.stringify(record)));
  process.stdout.write(printer.head() + body + printer.tail());
};

const withInputs = (command: Command): Command =>
  command
    .option('--legs <file>', 'flight legs with their room, one a record (.ndjson, .json, .csv, or .gz of these)')
    .option('--shipments <file>', 'shipments with the ways that they may take')
    .option('--bookings <file>', 'where shipments are booked, what a change costs, and what holds them')
    .option('--keep-going', 'refuse bad records one by one, and exit with 3 at the end')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .option('--schema', 'print the JSON Schema of the records');

const adviseCommand = (): Command =>
  withInputs(new Command('advise'))
    .summary('which room would pay, by weekday and gateway, and which block does not')
    .action(async (options: AssignOptions) => {
      const { records, advice } = await answer(options, true);
      const columns = ['advice', 'what', 'saves', 'currency'];
      print(
        options.format,
        columns,
        advice.map((one) => records.advice(one)),
      );
    });

/** `crossparcel assign`: shipments to flight capacity at least cost, with the bound that proves it. */
export const assignCommand = (): Command =>
  withInputs(new Command('assign').enablePositionalOptions())
    .summary(
      'assign shipments to flight capacity: room, hard blocks, fees, lateness, and the bound that proves the cost',
    )
    .option('--advice', 'tell in the summary which room would pay')
    .action(async (options: AssignOptions) => {
      if (options.schema) {
        process.stdout.write(schemaText(inputs, z.object({})));
        return;
      }
      const { input, records, advice } = await answer(options, options.advice === true);
      const summary = {
        ...records.summary(),
        ...(options.advice && { advice: advice.map((one) => records.advice(one)) }),
      };
      const shipments = input.entries.map((entry) => records.shipment(entry));
      print(options.format, ['id', 'status', 'shares', 'cost', 'currency'], [...shipments, { id: null, summary }]);
    })
    .addCommand(adviseCommand());
