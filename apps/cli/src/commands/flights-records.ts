import { join } from 'node:path';
import {
  type FeedSettings,
  type FsuRims,
  feedSettingsSchema,
  statusCodesSchema,
} from '@crossparcel/connectors/flight-feeds';
import { InputError, REFERENCE, readChecked } from '@crossparcel/files';

/** How feeds of flights are read. Throws `InputError` where no record says so. */
export const feedSettings = (): FeedSettings => {
  const file = join(REFERENCE, 'flight-status', 'settings.json');
  const settings = readChecked(feedSettingsSchema, file).at(-1);
  if (settings) return settings;
  throw new InputError({ code: 'empty-file', what: 'has no record', mend: 'add one' }, { file, line: 1 });
};

/** What the codes of status messages mean. */
export const statusCodes = (): FsuRims['codes'] =>
  readChecked(statusCodesSchema, join(REFERENCE, 'cargo-imp', 'status-codes.json'));
