import { Command } from 'commander';
import { UsageError } from '../conventions/exit.ts';
import { type EvidenceOptions, evidenceSchemaText, placeByEvidence } from './place-evidence.ts';

/** `crossparcel place`: how much stock to send ahead. */
export const placeCommand = (): Command =>
  new Command('place')
    .summary('how much stock to send by air before a launch, from evidence')
    .option(
      '--evidence [file]',
      'NDJSON, a launch and day a line, or - for standard input: units to send a line, at once',
    )
    .option('--explain', 'with --evidence: what is expected and why, in place of units alone')
    .option('--output <file>', 'write to a file, which appears when it is complete')
    .option('--schema', 'with --evidence: print the JSON Schema of a line and of its explanation')
    .action(async (options: EvidenceOptions & { readonly evidence?: string | true; readonly schema?: boolean }) => {
      const { evidence, schema } = options;
      if (evidence === undefined)
        throw new UsageError('nothing to place; give --evidence FILE, or - for standard input');
      if (schema) {
        process.stdout.write(evidenceSchemaText());
        return;
      }
      await placeByEvidence(evidence === true ? '-' : evidence, options);
    });
