import { CrossparcelError } from '@crossparcel/units';
import { type Problem, problem } from './fields.ts';
import type { AnswerOf, AnyRoute, GivenOf, Media } from './route.ts';
import { type RouteName, type Routes, routes } from './routes.ts';

/** A request that the server answered with a problem. */
export class ApiProblem extends CrossparcelError {
  readonly problem: Problem;

  constructor(answer: Problem) {
    super({
      code: answer.type.split('/').at(-1) ?? 'problem',
      what: answer.title,
      mend: answer.detail.startsWith(`${answer.title}; `)
        ? answer.detail.slice(answer.title.length + 2)
        : answer.detail,
      ...(answer.field === undefined ? {} : { field: answer.field }),
    });
    this.name = 'ApiProblem';
    this.problem = answer;
  }
}

/** Calls routes by name, with their inputs and answers typed by the route table. */
export interface Client {
  call<Name extends RouteName>(
    name: Name,
    given: GivenOf<Routes[Name]>,
    options?: { readonly idempotencyKey?: string },
  ): Promise<AnswerOf<Routes[Name]>>;
}

interface Given {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

const addressOf = (base: string, route: AnyRoute, { params = {}, query = {} }: Given): string => {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const search = new URLSearchParams(pairs).toString();
  return `${base}${path}${search === '' ? '' : `?${search}`}`;
};

/**
 * A client of a server. `fetch` is an argument, so that the client can be used where there is no network. Answers are
 * checked against their schemas. Throws `ApiProblem` for a problem that the server tells.
 */
export const createClient = (base: string, key: string, fetch: typeof globalThis.fetch): Client => ({
  async call(name, given, options = {}) {
    const route = routes[name] as unknown as AnyRoute;
    const { body } = given as Given;
    const response = await fetch(addressOf(base, route, given as Given), {
      method: route.method,
      headers: {
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new ApiProblem(await problemOf(response));
    if (route.status === 204) return undefined as never;
    return route.answer.parse(await bodyOf(response, route.media)) as never;
  },
});

const bodyOf = async (response: Response, media: Media): Promise<unknown> => {
  switch (media) {
    case 'json':
      return response.json();
    case 'pdf':
      return new Uint8Array(await response.arrayBuffer());
    default:
      return response.text();
  }
};

const problemOf = async (response: Response): Promise<Problem> => {
  const parsed = problem.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const title = `the server answered ${response.status}`;
  return { type: 'about:blank', title, status: response.status, detail: `${title}; try again` };
};
