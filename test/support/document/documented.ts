import * as z from 'zod/mini';
import { routeTable, type Route } from '../../../functions/edge/http/route';
import { problemSchema } from '../../../functions/rest-api/document/words/problem';
import { placeOfResponse, schemaJudge } from '../../e2e/schema-judge';
import { resolved } from './described';
import type { Answer } from '../http-calls';

/** Headers that say nothing of an operation: how the body is sent and kept. */
const ofEveryResponse = ['content-type', 'cache-control', 'x-content-type-options'];

/**
 * Returns a check that fails if `document`, openapi.json, does not describe a response: a body of another shape or with a member that is
 * not described, a header, or a status or error code that the operation does not list.
 */
export function documentationCheck(
  routes: readonly Route[],
  document: any,
): (method: string, path: string, answer: Answer) => void {
  const find = routeTable(routes);
  const judge = schemaJudge(document);
  return (method, path, { status, headers, body }) => {
    const route = routeFor(find, method, path);
    if (route === undefined) return;
    // A HEAD is described as the GET whose answer it gets.
    const place = placeOfResponse(document, route.path, route.method, status);
    if (place === undefined) throw new Error(`${route.operationId} does not document ${status}: ${show(body)}`);
    const response: any = place.reduce((part, key) => part[key], document);
    requireHeaders(document, response, headers, `${status} of ${route.operationId}`);
    if (method === 'HEAD') return;
    if (status < 400) requireKnownMembers(route.replies[status] ?? null, body, route.operationId);
    else requireCode(response, body, route.operationId);
    const [mediaType] = Object.keys(response.content ?? {});
    if (mediaType === undefined) return;
    expect(headers['content-type']?.split(';', 1)[0]).toBe(mediaType);
    const wrong = judge([...place, 'content', mediaType, 'schema'], body);
    if (wrong !== '') throw new Error(`${status} of ${route.operationId} breaks its schema: ${wrong} ${show(body)}`);
  };
}

function routeFor(find: ReturnType<typeof routeTable>, method: string, path: string): Route | undefined {
  try {
    return find(method, path).route;
  } catch {
    return undefined;
  }
}

function requireHeaders(document: any, response: any, headers: Readonly<Record<string, string>>, of: string): void {
  const described = Object.entries<any>(response.headers ?? {});
  for (const [name, value] of Object.entries(headers)) {
    if (ofEveryResponse.includes(name)) continue;
    const [, found] = described.find(([known]) => known.toLowerCase() === name) ?? [];
    if (found === undefined) throw new Error(`The header ${name} in ${of} is not documented`);
    const { schema } = resolved(document, found);
    if (schema.type === 'integer' && !/^\d+$/.test(value)) throw new Error(`${name} in ${of} is no number: ${value}`);
  }
}

function requireCode(response: any, body: any, operationId: string): void {
  if (!response.description.includes(`\`${body.code}\``)) {
    throw new Error(`${operationId} does not document ${body.code}`);
  }
  requireKnownMembers(problemSchema, body, `the refusal of ${operationId}`);
  for (const { code: _code, detail: _detail, ...place } of body.errors) expect(Object.keys(place)).toHaveLength(1);
}

function requireKnownMembers(schema: z.core.$ZodType | null, body: unknown, of: string): void {
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
