import * as z from 'zod/mini';
import type { HttpReply, HttpRequest } from './request';
import type { Route } from './route';

interface Page {
  readonly next_cursor: string | null;
}

/**
 * The answer of a list. If there is a next page, `Link` names its address with the same filters:
 * https://www.rfc-editor.org/rfc/rfc8288
 */
export function listReply(request: HttpRequest, page: Page): HttpReply {
  const { next_cursor: next } = page;
  return { status: 200, ...(next !== null && { headers: { link: nextLink(request, next) } }), body: page };
}

/** Without scheme and host, because a request may come by any of several names. `>` and `"` are percent-encoded. */
function nextLink({ path, query }: HttpRequest, cursor: string): string {
  const next = new URLSearchParams(query);
  next.set('cursor', cursor);
  return `<${encodeURI(path)}?${next.toString()}>; rel="next"`;
}

/** Whether a route is a list, whose answer may carry `Link`. */
export function isList({ method, replies }: Pick<Route, 'method' | 'replies'>): boolean {
  const reply = replies[200];
  return method === 'GET' && reply instanceof z.ZodMiniObject && 'next_cursor' in reply.shape;
}
