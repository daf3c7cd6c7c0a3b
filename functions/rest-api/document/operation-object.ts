import * as z from 'zod/mini';
import type { Access } from '../../edge/http/caller';
import type { Json } from './json';
import type { Operation } from './operation';
import { parametersOf } from './parameters';
import { refusalsOf, refusedInFront } from './refusals';
import { revalidates } from '../../edge/http/revalidate';
import { headersOf, successHeaders } from './headers';
import type { Schemas } from './schemas';
import { membersOf } from './schemas';
import { tagOf } from './tags';

export function operationObject(operation: Operation, schemas: Schemas): Json {
  const isPublic = operation.access === 'public';
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    description: operation.access === 'public' ? 'Anybody, without a token.' : whoMayCall(operation.access),
    tags: [tagOf(operation)],
    security: operation.access === 'public' ? [] : securityOf(operation.access),
    parameters: parametersOf(operation, schemas),
    ...bodyOf(operation, schemas),
    responses: {
      ...successesOf(operation, schemas),
      ...(revalidates(operation) && { 304: { $ref: '#/components/responses/NotModified' } }),
      ...(isPublic ? refusedInFront : refusalsOf(operation)),
    },
  };
}

function whoMayCall({ scope, permission }: Access): string {
  const member = `a member with the permission \`${permission}\` who signed in to the dashboard`;
  if (scope === 'none') return `Only ${member}.`;
  return scope === 'any' ? `Any access token, or ${member}.` : `A token with the scope \`${scope}\`, or ${member}.`;
}

function securityOf({ scope }: Access): Json[] {
  return scope === 'none' ? [{ sign_in: [] }] : [{ token: [] }, { sign_in: [] }];
}

/** A body without members has nothing to say; such a call is made without one. */
function bodyOf({ body }: Operation, schemas: Schemas): Json {
  if (body === undefined || membersOf(body).length === 0) return {};
  return {
    requestBody: {
      required: !z.safeParse(body, {}).success,
      content: { 'application/json': schemas.contentOf(body, 'input') },
    },
  };
}

function successesOf(operation: Operation, schemas: Schemas): Json {
  return Object.fromEntries(
    Object.entries(operation.replies).map(([status, schema]) => [
      keyOf(status, operation),
      {
        description: statusText[status] ?? 'Done',
        headers: headersOf(successHeaders(operation, Number(status), schema)),
        ...(schema !== null && {
          content: { [operation.mediaType ?? 'application/json']: schemas.contentOf(schema, 'output') },
        }),
      },
    ]),
  );
}

/**
 * Generators that give a call one type of result take that of the lowest status. Where 202 has another body than 200, that
 * of 202 is the one of the call, and 200 is what a variant such as a dry run answers.
 */
function keyOf(status: string, { replies }: Operation): string {
  return status === '200' && replies[202] !== undefined && replies[202] !== replies[200] ? '2XX' : status;
}

const statusText: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No content' };
