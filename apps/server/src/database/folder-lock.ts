import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CrossparcelError } from '@crossparcel/units';
import { makeWholeFile } from '../secrets/whole-file.ts';

/** Who has a data folder open. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in clock ticks of the machine, so that another with the same number is not taken for it. */
  readonly started: string;
  /** Where it can be talked to, once it serves. */
  readonly url?: string;
}

/** A stealer that died half-way is passed over after this time. */
const STEAL_TIMEOUT_MS = 10_000;

const startOf = (pid: number): string => {
  try {
    // Field 22 of /proc/PID/stat; the process name before it may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return fields?.[19] ?? '';
  } catch {
    return '';
  }
};

const isAlive = ({ pid, host, started }: Holder): boolean => {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return started === '' || startOf(pid) === started;
};

const lockPath = (folder: string): string => join(folder, 'lock');

/** The text of the lock file; undefined when there is none. */
const readLock = async (folder: string): Promise<string | undefined> =>
  readFile(lockPath(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** The live process a lock file names; undefined when it is gone or the file is torn. */
const liveHolder = (text: string): Holder | undefined => {
  try {
    const holder = JSON.parse(text) as Holder;
    return isAlive(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
};

/** Who holds a folder; undefined when nobody does. */
export const holderOf = async (folder: string): Promise<Holder | undefined> => {
  const text = await readLock(folder);
  return text === undefined ? undefined : liveHolder(text);
};

/** The lock of a data folder: one process at a time has the embedded database open. */
export class FolderLock {
  readonly #folder: string;
  readonly #self: Holder;

  private constructor(folder: string, self: Holder) {
    this.#folder = folder;
    this.#self = self;
  }

  /** Takes the lock. Throws `folder-in-use`, naming the process that has it. */
  static async take(folder: string): Promise<FolderLock> {
    await mkdir(folder, { recursive: true });
    const self: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
    const lock = new FolderLock(folder, self);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      // It appears whole: a half-written one would be taken for stale.
      if (await makeWholeFile(lockPath(folder), JSON.stringify(self))) return lock;
      const holder = await holderOf(folder);
      if (holder) throw inUse(folder, holder);
      await lock.#removeStale();
    }
    throw inUse(folder, undefined);
  }

  /** Tells other processes where this one can be talked to. */
  async announce(url: string): Promise<void> {
    const path = lockPath(this.#folder);
    const next = `${path}.next`;
    await rm(next, { force: true });
    await makeWholeFile(next, JSON.stringify({ ...this.#self, url }));
    await rename(next, path);
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    await rm(lockPath(this.#folder), { force: true });
  }

  /** Removes a lock whose process is gone. Only one process at a time may do so, or it could remove a fresh one. */
  async #removeStale(): Promise<void> {
    const guard = `${lockPath(this.#folder)}.steal`;
    const since = await stat(guard).catch(() => undefined);
    if (since && Date.now() - since.mtimeMs > STEAL_TIMEOUT_MS) await rm(guard, { force: true });
    const file = await open(guard, 'wx').catch(() => undefined);
    if (!file) return;
    try {
      // A lock that is not there is not stale: by the time it were removed, another process may have made its own.
      const text = await readLock(this.#folder);
      if (text !== undefined && liveHolder(text) === undefined) await rm(lockPath(this.#folder), { force: true });
    } finally {
      await file.close();
      await rm(guard, { force: true });
    }
  }
}

const inUse = (folder: string, holder: Holder | undefined): CrossparcelError =>
  new CrossparcelError({
    code: 'folder-in-use',
    what: holder
      ? `${folder} is open in process ${holder.pid} on ${holder.host}`
      : `${folder} is being opened elsewhere`,
    mend: holder?.url ? `talk to it at ${holder.url}, or stop it` : 'stop that process, or try again',
    data: { ...holder },
  });
