import { bundleBare, sizesOfOurs } from '../../bench/world/bundle-bare';
import { buildFunctions } from '../../bin/bundle';
import { functionNames, type FunctionName } from '../../functions/contract/functions';

// esbuild's list of what is in the files that are deployed.
const { outputs } = buildFunctions({ write: false });

test.each(functionNames.filter((name) => name !== 'mcp-server'))('%s contains no byte of the MCP SDK', (name) => {
  expect(bytesOf(name, /@modelcontextprotocol/)).toBe(0);
  expect(bytesOf(name, /functions\/mcp-server/)).toBe(0);
});

test.each(functionNames.filter((name) => name !== 'mcp-server'))(
  '%s contains zod/mini, not the whole of zod',
  (name) => {
    expect(bytesOf(name, /zod\/v4\/classic/)).toBe(0);
  },
);

test.each([
  // The store of endpoints shares the condition that compares a number with a tenant's limit.
  ['run-segment', /functions\/aws\/(tenant\/(?!limits\.)|reconcile\/)/],
  ['deliver-webhook', /functions\/aws\/(workflow|run|reconcile)\//],
  ['reconcile-runs', /functions\/aws\/(endpoint|delivery)\//],
] as const)('%s contains no byte of stores that only other functions use', (name, stores) => {
  expect(bytesOf(name, stores)).toBe(0);
});

test('mcp-server contains the SDK without its JSON Schema compiler', () => {
  expect(bytesOf('mcp-server', /@modelcontextprotocol/)).toBeGreaterThan(0);
  expect(bytesOf('mcp-server', /ajv/i)).toBe(0);
});

test('only authorization-server contains the OAuth library', () => {
  for (const name of functionNames) {
    const bytes = bytesOf(name, /node_modules\/(oidc-provider|koa|serverless-http)\//);
    expect([name, bytes > 0]).toEqual([name, name === 'authorization-server']);
  }
});

test('no bundle contains credential providers that a Lambda never uses', () => {
  for (const name of functionNames)
    expect([name, bytesOf(name, /credential-provider|nested-clients/)]).toEqual([name, 0]);
});

const larger: Partial<Record<FunctionName, number>> = {
  'mcp-server': 1.12,
  'authorization-server': 2.1,
  'rest-api': 0.84,
};

test('each bundle is smaller than a bare handler with the same clients; with a large library it is at most so much larger', () => {
  const bare = bundleBare('plain');

  for (const [name, bytes] of sizesOfOurs()) {
    const atMost = larger[name] ?? 0.65;
    expect([name, bytes / bare.get(name)! <= atMost]).toEqual([name, true]);
  }
});

function bytesOf(name: FunctionName, input: RegExp): number {
  const [, output] = Object.entries(outputs).find(([file]) => file.endsWith(`${name}/index.js`)) ?? [];
  if (output === undefined) throw new Error(`No bundle of ${name}`);
  return Object.entries(output.inputs)
    .filter(([file]) => input.test(file))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
}
