import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const purchaseSchema = z.object({
  key: z.string(),
  carrier: z.string(),
  id: z.string(),
  service: z.string(),
  via: z.string(),
  number: z.string(),
  cost: z.object({ minor: z.int(), currency: z.string() }),
  account: z.string().optional(),
  labelUrl: z.string().optional(),
});
const labelSchema = z.object({ format: z.enum(['pdf', 'zpl', 'png']), base64: z.base64() });

const entrySchema = z.discriminatedUnion('state', [
  /** The carrier is being asked, since `at`; `handle` is by what it can be found there. */
  z.object({ state: z.literal('committing'), order: z.string(), handle: z.string(), at: z.number() }),
  /** Nothing was bought: the carrier refused. */
  z.object({ state: z.literal('released'), order: z.string() }),
  z.object({
    state: z.literal('bought'),
    order: z.string(),
    purchase: purchaseSchema,
    label: labelSchema.optional(),
    isVoid: z.boolean(),
  }),
]);
/** What is known of a key. `order` is a digest of what was ordered under it. */
export type PurchaseEntry = z.infer<typeof entrySchema>;

/** An entry and how often it was written. */
export interface StoredEntry {
  readonly version: number;
  readonly entry: PurchaseEntry;
}

/** Where it is kept what was bought under which key. Every process that buys must use the same one. */
export interface PurchaseStore {
  read(carrier: string, key: string): Promise<StoredEntry | undefined>;
  /** Writes the entry after version `after` (0 for none) and gives true, or false when somebody else was faster. */
  write(carrier: string, key: string, after: number, entry: PurchaseEntry): Promise<boolean>;
}

/** A store that lasts as long as the process: for tests and trials. */
export class MemoryPurchaseStore implements PurchaseStore {
  readonly #entries = new Map<string, StoredEntry>();

  async read(carrier: string, key: string): Promise<StoredEntry | undefined> {
    return this.#entries.get(JSON.stringify([carrier, key]));
  }

  async write(carrier: string, key: string, after: number, entry: PurchaseEntry): Promise<boolean> {
    const name = JSON.stringify([carrier, key]);
    if ((this.#entries.get(name)?.version ?? 0) !== after) return false;
    this.#entries.set(name, { version: after + 1, entry });
    return true;
  }
}

/**
 * A store in a folder, one file for each version of an entry. A version is written aside and given its name by a hard link,
 * which cannot replace another: of two writers one wins, and no reader sees half an entry. Labels hold names and addresses;
 * files are readable by their owner only.
 */
export class FolderPurchaseStore implements PurchaseStore {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Opens a folder, and makes it where it is missing. */
  static async open(root: string): Promise<FolderPurchaseStore> {
    await mkdir(root, { recursive: true, mode: 0o700 });
    return new FolderPurchaseStore(root);
  }

  async read(carrier: string, key: string): Promise<StoredEntry | undefined> {
    const stem = stemOf(carrier, key);
    const versions = (await readdir(this.#root)).flatMap((name) => {
      const [start, version, end] = name.split('.');
      return start === stem && end === 'json' ? [Number(version)] : [];
    });
    if (versions.length === 0) return undefined;
    const version = Math.max(...versions);
    const text = await readFile(join(this.#root, `${stem}.${version}.json`), 'utf8');
    return { version, entry: entrySchema.parse(JSON.parse(text)) };
  }

  async write(carrier: string, key: string, after: number, entry: PurchaseEntry): Promise<boolean> {
    const aside = join(this.#root, `${randomUUID()}.tmp`);
    await writeFile(aside, JSON.stringify(entry), { mode: 0o600, flush: true });
    try {
      await link(aside, join(this.#root, `${stemOf(carrier, key)}.${after + 1}.json`));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(aside, { force: true });
    }
  }
}

const stemOf = (carrier: string, key: string): string =>
  createHash('sha256')
    .update(JSON.stringify([carrier, key]))
    .digest('hex');
