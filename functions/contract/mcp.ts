export const mcpPath = '/mcp';

/** Where the MCP server says which authorization server it trusts: RFC 9728, section 3.1, puts the path of the resource last. */
export const resourceMetadataPath = `/.well-known/oauth-protected-resource${mcpPath}`;

/**
 * The `WWW-Authenticate` header with which a client learns how to sign in (RFC 9728, section 5.1).
 *
 * @param origin the product's own address; without it, the client finds the metadata by its well-known address
 */
export function challenge(origin?: string): string {
  const metadata = origin === undefined ? '' : `resource_metadata="${origin}${resourceMetadataPath}", `;
  return `Bearer ${metadata}scope="mcp"`;
}
