import * as z from 'zod';
import { problem } from './fields.ts';
import type { AnyRoute } from './route.ts';
import { routes } from './routes.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return json;
};

const parameters = (route: AnyRoute): object[] => [
  ...Object.entries(route.params).map(([name, schema]) => ({
    name,
    in: 'path',
    required: true,
    schema: schemaOf(schema, 'input'),
  })),
  ...Object.entries(route.query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: schemaOf(schema, 'input'),
  })),
  ...(route.method === 'POST'
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'The same key with the same request is answered once and repeated.',
          schema: { type: 'string', maxLength: 200 },
        },
      ]
    : []),
];

const hasBody = (route: AnyRoute): boolean => !(route.body instanceof z.ZodUndefined);

const MEDIA_TYPES = { text: 'text/plain', csv: 'text/csv', pdf: 'application/pdf', events: 'text/event-stream' };

const answers = (route: AnyRoute): object => {
  const content =
    route.media === 'json'
      ? { 'application/json': { schema: schemaOf(route.answer, 'output') } }
      : { [MEDIA_TYPES[route.media]]: { schema: { type: 'string' } } };
  return {
    [route.status]: { description: route.summary, ...(route.status === 204 ? {} : { content }) },
    default: {
      description: 'A problem (RFC 9457)',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
};

const operation = (name: string, route: AnyRoute): object => ({
  operationId: name,
  tags: [name.split('.', 1)[0]],
  summary: route.summary,
  parameters: parameters(route),
  ...(hasBody(route) && {
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } },
  }),
  responses: answers(route),
  security: route.scope === 'public' ? [] : [{ key: [route.scope] }],
});

/** The OpenAPI 3.1 document of the route table. */
export const openApiDocument = (): object => {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operation(name, route as unknown as AnyRoute);
    paths[route.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Crossparcel',
      version: '0.1.0',
      description: 'Cross-border small-parcel logistics for short-video commerce.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key' } },
    },
  };
};
