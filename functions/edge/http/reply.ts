import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpReply } from './request';

/** Converts a reply to API Gateway's format and adds the headers that every door sends. */
export function toGatewayReply(
  { status, body, headers = {}, cookies }: HttpReply,
  requestId: string,
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: {
      // A 304 has nothing of which this would be the type: https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5
      ...(status !== 304 && { 'content-type': 'application/json' }),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...headers,
    },
    ...(cookies !== undefined && { cookies: [...cookies] }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
}
