import type middy from '@middy/core';
import { entityTag, readTags } from './entity-tag';
import type { HttpReply } from './request';
import type { Route, RoutedRequest } from './route';

/** Whether a route's 200 carries an ETag and honours `If-None-Match`: every GET, and so every HEAD. */
export function revalidates({ method }: Pick<Route, 'method'>): boolean {
  return method === 'GET';
}

/**
 * Gives each successful answer to a read its ETag, and answers 304 without a body if the caller has it already
 * (https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2). The answer of a change carries the tag that a GET would have, if
 * the route says which revision the body shows.
 *
 * The tag is made of the text that is sent, so no attribute can be forgotten, and the answer is built as for any other
 * request: a 304 saves the transfer, not the work. 256 KB take 0.3 ms.
 */
export function revalidate(): middy.MiddlewareObj<RoutedRequest, HttpReply> {
  return {
    after: (call) => {
      const { event: request, response } = call;
      if (response !== null) call.response = revalidated(request, response);
    },
  };
}

function revalidated({ route, headers }: RoutedRequest, reply: HttpReply): HttpReply {
  const { status, revision, body, shown = body } = reply;
  const isRead = route !== undefined && revalidates(route.route) && status === 200;
  if (!isRead && revision === undefined) return reply;
  const text = typeof shown === 'string' ? shown : JSON.stringify(shown);
  const tag = entityTag(text, revision);
  if (isRead && isNamed(tag, headers['if-none-match'])) {
    const { 'content-type': _type, ...kept } = reply.headers ?? {};
    return { status: 304, headers: { ...kept, etag: tag } };
  }
  return { ...reply, ...(shown === body && { body: text }), headers: { ...reply.headers, etag: tag } };
}

/**
 * A header that cannot be read names nothing: the whole answer is always right. The comparison is weak, because a cache in
 * between may have weakened a tag.
 */
function isNamed(tag: string, field: string | undefined): boolean {
  const named = field === undefined ? undefined : readTags(field);
  return named === '*' || named?.some(({ opaque }) => `"${opaque}"` === tag) === true;
}
