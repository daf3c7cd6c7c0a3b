import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMcp } from '../../bin/mcp/run-mcp';
import { planSchema } from '../../functions/domain/tenant/plan';

const folder = mkdtempSync(join(tmpdir(), 'mcp-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(args: string[], env: Record<string, string> = {}) {
  let [out, err] = ['', ''];
  const code = await runMcp(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    columns: 100,
    env: { LOCAL_DATA_DIR: folder, ...env },
  });
  return { code, out, err };
}

test('before the first npm start, npm run mcp says how to begin', async () => {
  expect(await run(['list'])).toEqual({
    code: 1,
    out: '',
    err: expect.stringContaining('Run `npm start` in another terminal'),
  });
});

test('npm run mcp says that no server responds if npm start is not running', async () => {
  const mcp = { MCP_URL: 'http://127.0.0.1:9/mcp', MCP_TOKEN: 'cwf_mcp_x' };

  expect(await run(['list'], mcp)).toEqual({ code: 1, out: '', err: expect.stringContaining('No server answers at') });
});

test.each(['{"api_url": 7}', '{"api_url":'])(
  'a connection file of another version is reported as such: %s',
  async (text) => {
    writeFileSync(join(folder, 'connection.json'), text);

    expect((await run(['list'])).err).toContain('was written by another version');
    rmSync(join(folder, 'connection.json'));
  },
);

test.each([
  [{ MCP_URL: 'https://workflows.example.com/mcp' }, 'Set both MCP_URL and MCP_TOKEN'],
  [{ MCP_TOKEN: 'cwf_mcp_x' }, 'Set both MCP_URL and MCP_TOKEN'],
  [{ MCP_URL: 'workflows.example.com', MCP_TOKEN: 'cwf_mcp_x' }, 'it must be an address'],
])('an incomplete or malformed address is refused: %j', async (env: Record<string, string>, problem) => {
  expect(await run(['list'], env)).toEqual({ code: 1, out: '', err: expect.stringContaining(problem) });
});

test.each([
  [['trigger'], 'workflow_id'],
  [['trigger', 'spring'], 'whole number'],
  [['trigger', '1', '--input', '[1]'], 'JSON object'],
  [['trigger', '1', '--input', '{'], 'JSON object'],
  [['trigger', '1', '--wait', '21'], 'from 0 to 20'],
  [['get'], 'run_id'],
  [['--tenant', 'gold', 'list'], planSchema.options.join(', ')],
])('wrong usage is explained: %j', async (args, expectedText) => {
  const { code, err } = await run(args);

  expect([code, err]).toEqual([2, expect.stringContaining(expectedText)]);
});

test('npm run mcp without a command shows help', async () => {
  expect(await run([])).toEqual({ code: 0, out: expect.stringContaining('npm run mcp -- trigger 1'), err: '' });
});
