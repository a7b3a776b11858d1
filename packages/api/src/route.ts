import * as z from 'zod';
import type { Scope } from './scope.ts';

/** Fields of a path or a query. */
export type Fields = Readonly<Record<string, z.ZodType>>;

/** What a route answers with. */
export type Media = 'json' | 'text' | 'csv' | 'pdf' | 'events';

/** One route: everything that server, documentation and client have to agree on. */
export interface Route<Params extends Fields, Query extends Fields, Body extends z.ZodType, Answer extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path with parameters in braces, as OpenAPI writes it. */
  readonly path: string;
  readonly summary: string;
  /** The scope that a key needs; any key will do for `any`, and `public` routes need none. */
  readonly scope: Scope | 'any' | 'public';
  /** Routes of the operator refuse the keys of sellers. */
  readonly level: 'operator' | 'any';
  readonly params: Params;
  readonly query: Query;
  /** Schema of the request body; `z.undefined()` where there is none. */
  readonly body: Body;
  /** Schema of the answer. */
  readonly answer: Answer;
  /** `text`, `csv` and `pdf` routes answer with one file, `events` routes with a stream of server-sent events that does not end. */
  readonly media: Media;
  readonly status: number;
}

export type AnyRoute = Route<Fields, Fields, z.ZodType, z.ZodType>;

type Described<Params extends Fields, Query extends Fields, Body extends z.ZodType, Answer extends z.ZodType> = Partial<
  Pick<Route<Params, Query, Body, Answer>, 'params' | 'query' | 'body' | 'level' | 'media' | 'status'>
> &
  Pick<Route<Params, Query, Body, Answer>, 'method' | 'path' | 'summary' | 'scope' | 'answer'>;

/** Describes a route; what is left out is empty, for keys of any level, JSON, 200. */
export const route = <
  Answer extends z.ZodType,
  Params extends Fields = Record<never, never>,
  Query extends Fields = Record<never, never>,
  Body extends z.ZodType = z.ZodUndefined,
>(
  described: Described<Params, Query, Body, Answer>,
): Route<Params, Query, Body, Answer> => ({
  level: 'any',
  media: 'json',
  status: 200,
  params: {} as Params,
  query: {} as Query,
  body: z.undefined() as unknown as Body,
  ...described,
});

type Values<From extends Fields> = { [Key in keyof From]: z.output<From[Key]> };
type GivenValues<From extends Fields> = { [Key in keyof From]?: z.input<From[Key]> };

/** What a handler of a route gets. */
export type InputOf<R> =
  R extends Route<infer Params, infer Query, infer Body, z.ZodType>
    ? { readonly params: Values<Params>; readonly query: Values<Query>; readonly body: z.output<Body> }
    : never;

/** What a caller of a route gives. */
export type GivenOf<R> =
  R extends Route<infer Params, infer Query, infer Body, z.ZodType>
    ? (keyof Params extends never ? unknown : { readonly params: { [Key in keyof Params]: z.input<Params[Key]> } }) & {
        readonly query?: GivenValues<Query>;
      } & (Body extends z.ZodUndefined ? unknown : { readonly body: z.input<Body> })
    : never;

/** What a route answers with. */
export type AnswerOf<R> = R extends Route<Fields, Fields, z.ZodType, infer Answer> ? z.output<Answer> : never;
