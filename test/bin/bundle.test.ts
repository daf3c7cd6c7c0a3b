import { buildSync, type Metafile } from 'esbuild';
import { bundleOptions } from '../../bin/bundle';
import { functionNames, type FunctionName } from '../../functions/contract';

// What esbuild says went into the very files that are deployed.
const { metafile } = buildSync({ ...bundleOptions, write: false });

test.each(functionNames.filter((name) => name !== 'mcp-server'))('%s holds no byte of the MCP SDK', (name) => {
  expect(bytesOf(name, /@modelcontextprotocol/)).toBe(0);
  expect(bytesOf(name, /functions\/mcp-server/)).toBe(0);
});

test.each(functionNames.filter((name) => name !== 'mcp-server'))('%s holds zod/mini, not the whole of zod', (name) => {
  expect(bytesOf(name, /zod\/v4\/classic/)).toBe(0);
});

test('mcp-server holds the SDK without its JSON Schema compiler', () => {
  expect(bytesOf('mcp-server', /@modelcontextprotocol/)).toBeGreaterThan(0);
  expect(bytesOf('mcp-server', /ajv/i)).toBe(0);
});

function bytesOf(name: FunctionName, input: RegExp): number {
  const outputs: Metafile['outputs'] = metafile.outputs;
  const [, output] = Object.entries(outputs).find(([file]) => file.endsWith(`${name}/index.js`)) ?? [];
  if (output === undefined) throw new Error(`No bundle of ${name}`);
  return Object.entries(output.inputs)
    .filter(([file]) => input.test(file))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
}
