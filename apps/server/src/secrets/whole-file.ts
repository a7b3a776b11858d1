import { randomBytes } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';

/**
 * Makes a file that only its owner may read, whole and on the disk, unless there is one already; false when there is. Of
 * several who make it at the same time, one does.
 */
export const makeWholeFile = async (path: string, text: string): Promise<boolean> => {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    await link(aside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await file.close();
    await rm(aside, { force: true });
  }
};
