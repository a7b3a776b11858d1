import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

const contractSchema = z.strictObject({
  request: z.strictObject({
    method: z.string(),
    /** Path with query. */
    path: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
    /** Members that the body must have, with these values. */
    body: z.unknown().optional(),
  }),
  response: z.strictObject({
    status: z.int(),
    headers: z.record(z.string(), z.string()).optional(),
    /** Which definition of `schemas` the body follows; errors and malformed bodies may have none. */
    schema: z.string().optional(),
    body: z.unknown().optional(),
    /** A body that is no JSON. `{address}` is where the player listens. */
    text: z.string().optional(),
    /** The answer never comes. */
    isSilent: z.boolean().optional(),
  }),
});

const fileSchema = z.strictObject({
  /** Which published documents the shapes follow; the values are our own. */
  follows: z.array(z.strictObject({ document: z.string(), version: z.string(), readOn: z.string() })).min(1),
  /** JSON Schemas of bodies, written from those documents. */
  schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
  contracts: z.record(z.string(), contractSchema),
});
export type ContractFile = z.infer<typeof fileSchema>;

/** The contracts of a carrier. */
export const contractsOf = (carrier: string): ContractFile =>
  fileSchema.parse(
    JSON.parse(readFileSync(new URL(`../../../fixtures/carriers/${carrier}.json`, import.meta.url), 'utf8')),
  );

/** Whatever can say what is wrong with a body. */
interface BodySchema {
  safeParse(body: unknown): {
    success: boolean;
    error?: { issues: readonly { path: PropertyKey[]; message: string }[] };
  };
}

/**
 * Where a fixture does not follow the schema that it names, `contract: what`. Schemas are those of the file, or others by their
 * names, such as those that a maker generates from its OpenAPI document.
 */
export const schemaBreaches = (
  { schemas, contracts }: ContractFile,
  schemaOf = (name: string): BodySchema | undefined =>
    schemas[name] && (z.fromJSONSchema({ ...schemas[name], $defs: schemas } as never) as BodySchema),
): string[] =>
  Object.entries(contracts).flatMap(([name, { response }]) => {
    if (response.schema === undefined) return [];
    const schema = schemaOf(response.schema);
    if (!schema) return [`${name}: no schema ${response.schema}`];
    const issues = schema.safeParse(response.body).error?.issues ?? [];
    return issues.map((issue) => `${name}: ${issue.path.join('.')} ${issue.message}`);
  });

/** Whether `actual` has everything that `wanted` names. */
const holds = (actual: unknown, wanted: unknown): boolean => {
  if (typeof wanted !== 'object' || wanted === null) return actual === wanted;
  if (typeof actual !== 'object' || actual === null) return false;
  return Object.entries(wanted).every(([key, value]) => holds((actual as Record<string, unknown>)[key], value));
};

/** What was asked of a player. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
};

/** A carrier on this machine that plays contracts in the order in which they are named, and keeps what it was asked. */
export class ContractPlayer {
  readonly #file: ContractFile;
  readonly asked: Asked[] = [];
  /** Requests that no contract was left for, or that differ from theirs. A test that does not expect them has failed. */
  readonly breaches: string[] = [];
  readonly #server;
  #left: string[] = [];

  private constructor(file: ContractFile) {
    this.#file = file;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(carrier: string): Promise<ContractPlayer> {
    const player = new ContractPlayer(contractsOf(carrier));
    await new Promise<void>((resolve) => {
      player.#server.listen(0, '127.0.0.1', resolve);
    });
    return player;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Names what is to be played next. */
  play(...names: string[]): void {
    this.#left.push(...names);
  }

  /** What was named and not asked for. */
  get left(): readonly string[] {
    return this.#left;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: await bodyOf(request),
    };
    this.asked.push(asked);
    const name = this.#left.shift();
    const contract = name === undefined ? undefined : this.#file.contracts[name];
    const wanted = contract?.request;
    const { method, path, headers, body } = asked;
    if (!contract || !holds({ method, path, headers, body }, wanted)) {
      this.breaches.push(`${name}: ${JSON.stringify({ method, path, body })}`);
      response.writeHead(599).end();
      return;
    }
    const { status, headers: said = {}, body: answer, text, isSilent } = contract.response;
    if (isSilent) return;
    response.writeHead(status, { 'content-type': 'application/json', ...said });
    response.end((text ?? JSON.stringify(answer) ?? '').replaceAll('{address}', this.address));
  }
}
