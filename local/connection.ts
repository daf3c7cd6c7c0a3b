import * as z from 'zod/mini';

/** File in the data folder with the addresses and tokens that programs, tests and people need to use the local run. */
export const connectionFile = 'connection.json';

const connectedTenantSchema = z.object({
  id: z.string(),
  rest_token: z.string(),
  mcp_token: z.string(),
  users: z.array(z.object({ email: z.string(), password: z.string(), permissions: z.array(z.string()) })),
  workflows: z.array(z.object({ id: z.int(), name: z.string() })),
});
export type ConnectedTenant = z.infer<typeof connectedTenantSchema>;

/** Content of the connection file. The address of something that is not available is null. */
export const connectionSchema = z.object({
  /** Origin of the API, whose paths begin with `/api/v1`. */
  api_url: z.string(),
  dashboard_url: z.nullable(z.string()),
  mcp_url: z.nullable(z.string()),
  inbox_url: z.string(),
  /** Address to register as a webhook endpoint, so that deliveries arrive in the inbox. */
  inbox_endpoint_url: z.string(),
  /** The seeded tenants by the name of their plan. */
  tenants: z.record(z.string(), connectedTenantSchema),
});
export type Connection = z.infer<typeof connectionSchema>;
