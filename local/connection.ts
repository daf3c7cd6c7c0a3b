import * as z from 'zod/mini';

/** File in the data folder with all that a program, a test or a person needs to talk to the local run. */
export const connectionFile = 'connection.json';

const connectedTenantSchema = z.object({
  id: z.string(),
  rest_token: z.string(),
  mcp_token: z.string(),
  users: z.array(z.object({ email: z.string(), password: z.string(), permissions: z.array(z.string()) })),
  workflows: z.array(z.object({ id: z.int(), name: z.string() })),
});
export type ConnectedTenant = z.infer<typeof connectedTenantSchema>;

/** What does not serve yet is null. */
export const connectionSchema = z.object({
  /** An origin: paths begin with `/api/v1`. */
  api_url: z.string(),
  dashboard_url: z.nullable(z.string()),
  mcp_url: z.nullable(z.string()),
  inbox_url: z.string(),
  /** To be registered as a webhook endpoint. */
  inbox_endpoint_url: z.string(),
  /** By plan. */
  tenants: z.record(z.string(), connectedTenantSchema),
});
export type Connection = z.infer<typeof connectionSchema>;
