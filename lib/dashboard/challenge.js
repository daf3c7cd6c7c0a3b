/**
 * CloudFront Function (runtime 2.0) in front of the MCP server, which is called as /mcp and as /mcp/. It answers a request that carries no token of this product,
 * which is how every client that signs in begins, with the header from which the client learns how to do that. API Gateway
 * would rename the header, and CloudFront runs no function on a 4xx of the origin that could rename it back.
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- CloudFront calls it by name
function handler(event) {
  const request = event.request;
  // API Gateway can have no route that ends with a slash.
  request.uri = '/mcp';
  const authorization = request.headers.authorization;
  if (request.method !== 'POST' || (authorization && /^bearer +cwf_mcp_/i.test(authorization.value))) return request;
  const metadata = `https://${request.headers.host.value}/.well-known/oauth-protected-resource/mcp`;
  const error = {
    code: -32000,
    message: 'Send a valid access token as "Authorization: Bearer <token>".',
    data: { code: 'unauthenticated', request_id: event.context.requestId },
  };
  return {
    statusCode: 401,
    statusDescription: 'Unauthorized',
    headers: {
      'www-authenticate': { value: `Bearer resource_metadata="${metadata}", scope="mcp"` },
      'content-type': { value: 'application/json' },
      'cache-control': { value: 'no-store' },
      'x-content-type-options': { value: 'nosniff' },
      'x-request-id': { value: event.context.requestId },
    },
    body: { encoding: 'text', data: JSON.stringify({ jsonrpc: '2.0', error }) },
  };
}
