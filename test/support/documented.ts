import * as z from 'zod/mini';
import { routeTable, type Route } from '../../functions/edge/http/route';
import { openApiDocument, problemSchema } from '../../functions/rest-api/api/openapi';
import type { Answer } from './http-calls';

/**
 * Returns a check that fails if openapi.json does not document a response: a success body with an extra key or another
 * shape, or a status or error code that the operation does not list.
 */
export function documentationCheck(routes: readonly Route[]): (method: string, path: string, answer: Answer) => void {
  const find = routeTable(routes);
  const { paths }: { paths: Record<string, any> } = openApiDocument(routes);
  return (method, path, { status, headers, body }) => {
    const route = routeFor(find, method, path);
    if (route === undefined || route.mediaType !== undefined) return;
    const documented = paths[route.path][method.toLowerCase()].responses[status];
    if (documented === undefined) throw new Error(`${route.operationId} does not document ${status}: ${show(body)}`);
    if (status < 300) {
      requireShape(route.replies[status] ?? null, body, route.operationId);
      return;
    }
    requireShape(problemSchema, body, `the refusal of ${route.operationId}`);
    for (const { code: _code, detail: _detail, ...place } of body.errors) expect(Object.keys(place)).toHaveLength(1);
    if (headers['content-type'] !== 'application/problem+json')
      throw new Error(`A refusal has the content type ${headers['content-type']}`);
    if (!documented.description.split(', ').includes(body.code)) {
      throw new Error(`${route.operationId} does not document ${body.code}`);
    }
  };
}

function routeFor(find: ReturnType<typeof routeTable>, method: string, path: string): Route | undefined {
  try {
    return find(method, path).route;
  } catch {
    return undefined;
  }
}

function requireShape(schema: z.core.$ZodType | null, body: unknown, of: string): void {
  if (schema === null) {
    if (body !== undefined) throw new Error(`${of} has a body, but none is documented`);
    return;
  }
  const parsed = z.safeParse(schema, body);
  if (!parsed.success) throw new Error(`${of} breaks its schema: ${show(parsed.error.issues)} ${show(body)}`);
  // Response schemas strip unknown keys, so any difference is an undocumented key.
  expect(body).toEqual(parsed.data);
}

function show(value: unknown): string {
  return JSON.stringify([value]).slice(0, 500);
}
