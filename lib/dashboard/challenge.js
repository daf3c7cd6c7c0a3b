/**
 * CloudFront Function (runtime 2.0) in front of the MCP server, which is called as /mcp and as /mcp/. It answers a request
 * that carries no token of this product, which is how every client that signs in begins, with the header from which the
 * client learns how to do that. API Gateway would rename the header, and CloudFront runs no function on a 4xx of the origin
 * that could rename it back. At /sse, where clients of the first revision of the protocol look for an event stream, it says
 * where the server is. Every other path that comes here, such as one with a line break, is the API's to answer.
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- CloudFront calls it by name
function handler(event) {
  const request = event.request;
  const path = request.uri.endsWith('/') ? request.uri.slice(0, -1) : request.uri;
  const requestId = event.context.requestId;
  if (path === '/sse') return moved(request.method, requestId);
  if (path !== '/mcp') return request;
  // API Gateway can have no route that ends with a slash.
  request.uri = path;
  const authorization = request.headers.authorization;
  if (request.method !== 'POST' || (authorization && /^bearer +cwf_mcp_/i.test(authorization.value))) return request;
  const metadata = `https://${request.headers.host.value}/.well-known/oauth-protected-resource/mcp`;
  const challenge = { 'www-authenticate': { value: `Bearer resource_metadata="${metadata}", scope="mcp"` } };
  const message = 'Send a valid access token as "Authorization: Bearer <token>".';
  return refusal(401, 'Unauthorized', challenge, message, { code: 'unauthenticated', request_id: requestId });
}

/** A client that posts a message is led on with it. */
function moved(method, requestId) {
  const message = 'This server has no SSE transport. Use the Streamable HTTP transport: POST /mcp, at the same host.';
  if (method === 'POST') {
    const data = { code: 'not_found', request_id: requestId };
    return refusal(308, 'Permanent Redirect', { location: { value: '/mcp' } }, message, data);
  }
  const data = { code: 'method_not_allowed', request_id: requestId };
  return refusal(405, 'Method Not Allowed', { allow: { value: 'POST' } }, message, data);
}

function refusal(statusCode, statusDescription, headers, message, data) {
  return {
    statusCode,
    statusDescription,
    headers: Object.assign(headers, {
      'content-type': { value: 'application/json' },
      'cache-control': { value: 'no-store' },
      'x-content-type-options': { value: 'nosniff' },
      'x-request-id': { value: data.request_id },
    }),
    body: {
      encoding: 'text',
      data: JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32000, message, data } }),
    },
  };
}
