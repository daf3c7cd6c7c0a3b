import * as z from 'zod/mini';
import { resourceMetadataPath } from '../../contract/mcp';
import { mcpScopeSchema } from '../../domain/tenant/token';
import { oauthPaths } from '../paths';

/**
 * The metadata of RFC 8414. The library describes itself as an OpenID Connect provider too; what MCP clients need is kept,
 * and what is not served here is left out.
 */
const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  registration_endpoint: z.string(),
  revocation_endpoint: z.string(),
  response_types_supported: z.array(z.string()),
  grant_types_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  code_challenge_methods_supported: z.array(z.string()),
  authorization_response_iss_parameter_supported: z.boolean(),
  client_id_metadata_document_supported: z.boolean(),
});

/** @param described the library's discovery document */
export function metadataOf(described: unknown) {
  return {
    ...metadataSchema.parse(described),
    scopes_supported: mcpScopeSchema.options,
    response_modes_supported: ['query'],
  };
}

/** The metadata of the MCP server as a protected resource (RFC 9728). */
export function resourceMetadata(origin: string, resource: string) {
  return {
    resource,
    authorization_servers: [origin],
    scopes_supported: mcpScopeSchema.options,
    bearer_methods_supported: ['header'],
    resource_name: 'Coffield Workflows',
  };
}

/**
 * RFC 9728, section 3.1, puts the path of the resource behind the well-known path, with its slash if the client's address ends
 * with one; older clients ask without it.
 */
export const resourceMetadataPaths = [oauthPaths.resourceMetadata, resourceMetadataPath, `${resourceMetadataPath}/`];
