import * as z from 'zod/mini';
import { routeTable, type Route } from '../../functions/edge/http/route';
import { openApiDocument, problemSchema } from '../../functions/rest-api/api/openapi';
import type { Answer } from './http-calls';

/**
 * Fails when an answer is not one that openapi.json promises: a success body with a key too many or of another shape, a
 * status or an error code that the operation does not list.
 */
export function documentedBy(routes: readonly Route[]): (method: string, path: string, answer: Answer) => void {
  const find = routeTable(routes);
  const { paths }: { paths: Record<string, any> } = openApiDocument(routes);
  return (method, path, { status, headers, body }) => {
    const route = found(find, method, path);
    if (route === undefined || route.mediaType !== undefined) return;
    const promised = paths[route.path][method.toLowerCase()].responses[status];
    if (promised === undefined) throw new Error(`${route.operationId} does not document ${status}: ${show(body)}`);
    if (status < 300) {
      requireShape(route.replies[status] ?? null, body, route.operationId);
      return;
    }
    requireShape(problemSchema, body, `the refusal of ${route.operationId}`);
    if (headers['content-type'] !== 'application/problem+json')
      throw new Error(`A refusal came as ${headers['content-type']}`);
    if (!promised.description.split(', ').includes(body.code)) {
      throw new Error(`${route.operationId} does not document ${body.code}`);
    }
  };
}

function found(find: ReturnType<typeof routeTable>, method: string, path: string): Route | undefined {
  try {
    return find(method, path).route;
  } catch {
    return undefined;
  }
}

function requireShape(schema: z.core.$ZodType | null, body: unknown, of: string): void {
  if (schema === null) {
    if (body !== undefined) throw new Error(`${of} answers with a body`);
    return;
  }
  const parsed = z.safeParse(schema, body);
  if (!parsed.success) throw new Error(`${of} breaks its schema: ${show(parsed.error.issues)} ${show(body)}`);
  // Schemas of answers drop what they do not know, so whatever is not equal was not promised.
  expect(body).toEqual(parsed.data);
}

function show(value: unknown): string {
  return JSON.stringify([value]).slice(0, 500);
}
