/** Builds an event of API Gateway's HTTP API in payload format 2.0. */
export function httpEvent(
  method: 'GET' | 'POST',
  target: string,
  {
    token,
    body,
    headers = {},
  }: { readonly token: string; readonly body?: unknown; readonly headers?: Record<string, string> },
) {
  const [rawPath = '', rawQueryString = ''] = target.split('?', 2);
  return {
    version: '2.0',
    rawPath,
    rawQueryString,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: { requestId: 'bench', domainName: 'api.example', http: { method, sourceIp: '203.0.113.7' } },
  };
}

const input = { campaign: 'Spring Promo' };

export function triggerEvent(token: string, workflowId: number) {
  return httpEvent('POST', `/api/v1/workflows/${workflowId}/runs`, { token, body: { input } });
}

/** The same trigger over MCP, as a client of the revision 2026-07-28 sends it. */
export function triggerToolEvent(token: string, workflowId: number) {
  const protocol = '2026-07-28';
  const name = 'trigger_workflow';
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': protocol,
    'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const headers = {
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': protocol,
    'mcp-method': 'tools/call',
    'mcp-name': name,
  };
  const params = { name, arguments: { workflow_id: workflowId, input }, _meta };
  return httpEvent('POST', '/mcp', { token, headers, body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params } });
}
