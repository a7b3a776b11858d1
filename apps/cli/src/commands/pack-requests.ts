import { InputError, readBatches, recordsOf } from '@crossparcel/files';
import { faultOfIssues } from '@crossparcel/units';
import { type PackRequest, packRequestSchema } from '@crossparcel/warehouse';
import { withoutDots } from '../conventions/dotted-columns.ts';
import type { PackDesk, PackedRequest } from './pack-desk.ts';

/** Reads the pack requests of files and packs them one by one. Throws `InputError` that names file, line and field. */
export async function* packedRequests(files: readonly string[], desk: PackDesk): AsyncGenerator<PackedRequest> {
  for (const file of files) {
    for await (const batch of readBatches(file)) {
      for (const { value, position, fault } of recordsOf(batch)) {
        if (fault) throw fault;
        const parsed = packRequestSchema.safeParse(withoutDots(value));
        if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), position);
        const packed = desk.pack(parsed.data satisfies PackRequest);
        if (!packed.ok) throw new InputError(packed.error, position);
        yield packed.value;
      }
    }
  }
}
