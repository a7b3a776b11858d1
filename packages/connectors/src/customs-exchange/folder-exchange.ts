import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CrossparcelError, type Fault, fail, ok, type Result } from '@crossparcel/units';
import * as z from 'zod';
import type { CustomsExchange, ExchangeStatus, FiledMessage, Lodged, Lodging } from './exchange.ts';
import { drafted, type Filing, type FilingAnswer, stepFiling } from './filing.ts';

const claimSchema = z.object({
  id: z.string(),
  message: z.string(),
  consignment: z.string(),
  version: z.int().positive(),
  day: z.string(),
  amends: z.string().optional(),
  sha256: z.string(),
  /** The draft that is, or was, put into `out`. */
  draft: z.string(),
  file: z.string(),
});
type Claim = z.infer<typeof claimSchema>;

const answerSchema = z.looseObject({
  id: z.string(),
  kind: z.string(),
  code: z.string().optional(),
  reason: z.string().optional(),
  reference: z.string().optional(),
  at: z.string().optional(),
});

const FOLDERS = ['drafts', 'claims', 'out', 'in'] as const;

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** A name that every file system takes, different for different texts. */
const fileName = (text: string): string => {
  const plain = text.replaceAll(/[^\w-]/g, '_');
  if (plain === text && text.length <= 80) return text;
  return `${plain.slice(0, 80)}.${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
};

const idOf = ({ message, consignment }: Lodging, version: number): string =>
  fileName(`${message}-${consignment}-v${version}`);

/**
 * An exchange over a folder: `out` holds what was lodged, one file a message, `in` what the other side answers, one JSON
 * file an answer: `{"id", "kind": "accepted" | "rejected" | any other, "code", "reason", "reference", "at"}`.
 *
 * A message is written to `drafts`, claimed in `claims` under its id (a hard link, which cannot replace another), and
 * moved to `out` in one step. A claim whose draft is still there was interrupted and is taken up again; one whose draft is
 * gone was lodged. So a message is lodged once, whoever else is at it and wherever the power fails, and `out` never shows half
 * a file. The other side may take files away.
 */
export class FolderExchange implements CustomsExchange {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Opens a folder and makes what is missing in it. */
  static async open(root: string): Promise<FolderExchange> {
    for (const name of FOLDERS) await mkdir(join(root, name), { recursive: true });
    return new FolderExchange(root);
  }

  async lodge(lodging: Lodging): Promise<Result<Lodged, Fault>> {
    const sha256 = createHash('sha256').update(lodging.content).digest('hex');
    const latest = await this.#latest(lodging);
    if (latest?.sha256 === sha256) return ok(await this.#again(latest));
    if (latest) {
      const { filings } = await this.poll();
      const before = filings.find(({ id }) => id === latest.id);
      if (before?.state !== 'accepted' && before?.state !== 'rejected') return fail(answerAwaited(latest.id));
    }
    const version = (latest?.version ?? 0) + 1;
    const id = idOf(lodging, version);
    const draft = `${id}.${randomUUID()}.${lodging.extension}`;
    const file = `${id}.${lodging.extension}`;
    const { message, consignment, day } = lodging;
    const amends = latest && { amends: latest.id };
    await this.#write(join('drafts', draft), lodging.content);
    const isOurs = await this.#claim({ id, message, consignment, version, day, ...amends, sha256, draft, file });
    if (!isOurs) {
      // Somebody else was faster: look again at what stands there now.
      await rm(this.#path('drafts', draft), { force: true });
      return this.lodge(lodging);
    }
    await this.#put(draft, file);
    return ok({ id, outcome: latest ? 'amendment-lodged' : 'lodged', ...amends });
  }

  async poll(): Promise<ExchangeStatus> {
    const claims = await this.#claims();
    const drafts = new Set(await readdir(this.#path('drafts')));
    const filings = new Map<string, Filing>();
    for (const { id, draft } of claims) {
      const filing = drafted(id);
      filings.set(id, drafts.has(draft) ? filing : must(stepFiling(filing, { kind: 'lodged' })));
    }
    const { answers, unreadable } = await this.#answers();
    const unmatched: { file: string; id: string }[] = [];
    for (const { file, answer } of answers) {
      const filing = filings.get(answer.id);
      const next = filing && stepFiling(filing, { kind: 'answered', answer });
      if (next?.ok) filings.set(answer.id, next.value);
      else unmatched.push({ file, id: answer.id });
    }
    for (const { id, amends } of claims) {
      const before = filings.get(amends ?? '');
      if (!before) continue;
      const next = stepFiling(before, { kind: 'amended', by: id });
      if (next.ok) filings.set(before.id, next.value);
    }
    return { filings: claims.map((claim) => filedMessage(claim, filings.get(claim.id))), unmatched, unreadable };
  }

  /** The last version of a message that was claimed. */
  async #latest(lodging: Lodging): Promise<Claim | undefined> {
    let latest: Claim | undefined;
    for (let version = 1; ; version += 1) {
      const claim = await this.#readClaim(`${idOf(lodging, version)}.json`);
      if (!claim) return latest;
      latest = claim;
    }
  }

  async #again({ id, draft, file, amends }: Claim): Promise<Lodged> {
    const wasThere = (await readdir(this.#path('drafts'))).includes(draft);
    if (wasThere) await this.#put(draft, file);
    const outcome = wasThere ? (amends === undefined ? 'lodged' : 'amendment-lodged') : 'already-lodged';
    return { id, outcome, ...(amends !== undefined && { amends }) };
  }

  /** Moves a draft to `out`; one that is gone was moved by somebody else. */
  async #put(draft: string, file: string): Promise<void> {
    await rename(this.#path('drafts', draft), this.#path('out', file)).catch((error: unknown) => {
      if (!isCode(error, 'ENOENT')) throw error;
    });
  }

  /** Claims an id; false when somebody else has it. */
  async #claim(claim: Claim): Promise<boolean> {
    const aside = join('drafts', `${claim.id}.${randomUUID()}.claim`);
    await this.#write(aside, new TextEncoder().encode(`${JSON.stringify(claim)}\n`));
    try {
      await link(this.#path(aside), this.#path('claims', `${claim.id}.json`));
      return true;
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false;
      throw error;
    } finally {
      await rm(this.#path(aside), { force: true });
    }
  }

  async #claims(): Promise<Claim[]> {
    const claims: Claim[] = [];
    for (const name of (await readdir(this.#path('claims'))).sort()) {
      const claim = await this.#readClaim(name);
      if (claim) claims.push(claim);
    }
    return claims;
  }

  /** A claim by the name of its file; undefined when there is none. */
  async #readClaim(name: string): Promise<Claim | undefined> {
    const file = this.#path('claims', name);
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const parsed = claimSchema.safeParse(JSON.parse(text));
    if (!parsed.success) throw brokenClaim(file);
    return parsed.data;
  }

  async #answers(): Promise<{
    answers: { file: string; answer: FilingAnswer }[];
    unreadable: { file: string; why: string }[];
  }> {
    const answers: { file: string; answer: FilingAnswer }[] = [];
    const unreadable: { file: string; why: string }[] = [];
    for (const file of (await readdir(this.#path('in'))).filter((name) => name.endsWith('.json')).sort()) {
      try {
        const parsed = answerSchema.safeParse(JSON.parse(await readFile(this.#path('in', file), 'utf8')));
        if (parsed.success) answers.push({ file, answer: parsed.data });
        else unreadable.push({ file, why: 'it is no answer: id and kind are texts' });
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        unreadable.push({ file, why: 'it is no JSON' });
      }
    }
    return { answers: answers.toSorted(byTime), unreadable };
  }

  async #write(name: string, content: Uint8Array): Promise<void> {
    const file = await open(this.#path(name), 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  #path(...names: readonly string[]): string {
    return join(this.#root, ...names);
  }
}

/** Answers with a time come in its order, those without one last; files of the same time in the order of their names. */
const byTime = (a: { answer: FilingAnswer }, b: { answer: FilingAnswer }): number =>
  timeOf(a.answer) - timeOf(b.answer) || 0;
const timeOf = ({ at }: FilingAnswer): number => {
  const time = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time;
};

const filedMessage = (
  { message, consignment, version, day, amends, id }: Claim,
  filing = drafted(id),
): FiledMessage => ({
  ...filing,
  ...{ message, consignment, version, day },
  ...(amends !== undefined && { amends }),
});

const must = <Value>(result: Result<Value, Fault>): Value => {
  if (!result.ok) throw new CrossparcelError(result.error);
  return result.value;
};

const answerAwaited = (id: string): Fault => ({
  code: 'answer-awaited',
  what: `${id} says otherwise and has not been answered`,
  mend: 'wait for its answer, then lodge the amendment',
  field: 'id',
  data: { id },
});

const brokenClaim = (file: string): CrossparcelError =>
  new CrossparcelError({ code: 'broken-claim', what: `${file} is no claim`, mend: 'restore it, or use a new folder' });
