import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { productVersion } from '../../functions/contract/version';

const server: unknown = JSON.parse(readFileSync(join(__dirname, '../..', 'server.json'), 'utf8'));

const inputSchema = z.strictObject({
  description: z.optional(z.string()),
  isRequired: z.optional(z.boolean()),
  placeholder: z.optional(z.string()),
});

/** The rules of the published schema 2025-12-11 for what this file uses: https://github.com/modelcontextprotocol/registry */
const serverSchema = z.strictObject({
  $schema: z.literal('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'),
  name: z.string().check(z.regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/), z.minLength(3), z.maxLength(200)),
  title: z.string().check(z.minLength(1), z.maxLength(100)),
  description: z.string().check(z.minLength(1), z.maxLength(100)),
  version: z.string().check(z.maxLength(255)),
  remotes: z.tuple([
    z.strictObject({
      type: z.literal('streamable-http'),
      url: z.string().check(z.regex(/^https:\/\/\S+$/)),
      variables: z.record(z.string(), inputSchema),
    }),
  ]),
});

test('server.json keeps the rules of the MCP registry and names this version', () => {
  expect(serverSchema.parse(server).version).toBe(productVersion);
});

test('the address in server.json is complete once its variables are filled in', () => {
  const [{ url, variables }] = serverSchema.parse(server).remotes;

  const filled = url.replaceAll(/\{(\w+)\}/g, (braces, name: string) => variables[name]?.placeholder ?? braces);

  expect(filled).toBe('https://workflows.example.com/mcp');
});
