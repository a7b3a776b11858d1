import { PresaleDesk, presaleExplanationSchema, presaleLineSchema } from '@crossparcel/demand';
import { DemandReference, InputError, readBatches, recordsOf } from '@crossparcel/files';
import { faultOfIssues } from '@crossparcel/units';
import { openSink, schemaText } from '../conventions/record-command-line.ts';

export interface EvidenceOptions {
  readonly explain?: boolean;
  readonly output?: string;
}

/** The JSON Schema of a line of evidence, and of what explains it. */
export const evidenceSchemaText = (): string => schemaText(presaleLineSchema, presaleExplanationSchema);

/**
 * Answers each line of evidence with the units to send by region, before the next line is read. Throws `InputError` at a line
 * that is not one.
 */
export const placeByEvidence = async (file: string, { explain, output }: EvidenceOptions): Promise<void> => {
  const desk = new PresaleDesk(new DemandReference().presaleModel());
  const sink = openSink(output);
  try {
    for await (const batch of readBatches(file))
      for (const { value, position, fault } of recordsOf(batch)) {
        if (fault) throw fault;
        const line = presaleLineSchema.safeParse(value);
        if (!line.success) throw new InputError(faultOfIssues(line.error.issues), position);
        await sink.write(`${JSON.stringify(explain ? desk.explain(line.data) : desk.answer(line.data))}\n`);
      }
    await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  }
};
