import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { listWorkflows, printWorkflows } from '../../bin/mcp/list-workflows';
import { runMcp } from '../../bin/mcp/run-mcp';
import { viewWorkflow } from '../../functions/domain/workflow/view';
import { showWorkflow } from '../../functions/mcp-server/tools/shown-workflow';
import { aWorkflow } from '../support/builders';
import { startMcp, type Mcp } from './mcp';

let mcp: Mcp;
beforeAll(async () => (mcp = await startMcp()));
afterAll(() => mcp.stop());

/** Serves the MCP server on a port while the command runs, as `npm start` does. */
async function run(args: string[], token: string) {
  const server = createServer((request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    void buffer(request)
      .then((rawBody) => mcp.send(request.method ?? '', { headers, rawBody }))
      .then(({ status, headers: sent, body }) => response.writeHead(status, sent).end(body && JSON.stringify(body)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  let [out, err] = ['', ''];
  const code = await runMcp(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    columns: 100,
    env: { MCP_URL: `http://127.0.0.1:${port}/mcp`, MCP_TOKEN: token },
  });
  server.closeAllConnections();
  server.close();
  return { code, out, err };
}

describe('npm run mcp -- list', () => {
  it('lists every workflow of a tenant with more than one page of them, and the rest after a cursor', async () => {
    const { id, token } = await mcp.aCaller();
    for (let number = 1; number <= 101; number += 1) await mcp.rest.aWorkflow(id, { name: `Number ${number}` });

    const asText = await run(['list'], token);
    const asJson = await run(['--json', 'list'], token);
    const { next_cursor: cursor } = await mcp.callTool(token, 'list_workflows', { limit: 100 });
    const rest = await run(['list', '--cursor', cursor], token);

    expect(asText).toMatchObject({ code: 0, err: '' });
    expect(asText.out).toContain('Number 101');
    expect(asText.out).toMatch(/Number 1 /);
    expect(asText.out).not.toContain('More workflows');
    expect(JSON.parse(asJson.out)).toMatchObject({ has_more: false, next_cursor: null });
    expect(JSON.parse(asJson.out).data).toHaveLength(101);
    expect(rest.out).toMatch(/Number 1 /);
    expect(rest.out).not.toContain('Number 101');
  });

  it('shows why a cursor is refused', async () => {
    const { token } = await mcp.aCaller();

    expect(await run(['list', '--cursor', 'made-up'], token)).toEqual({
      code: 1,
      out: '',
      err: expect.stringContaining('cursor'),
    });
  });

  it('stops after 1,000 workflows and says how to list the others', async () => {
    const workflow = showWorkflow(viewWorkflow(aWorkflow(), null));
    const readPage = jest.fn(async (cursor: string | undefined) => ({
      data: Array.from({ length: 100 }, () => workflow),
      has_more: true,
      next_cursor: `after-${cursor ?? 'nothing'}`,
    }));

    const listed = await listWorkflows(readPage, undefined);

    expect(readPage).toHaveBeenCalledTimes(10);
    expect(listed.data).toHaveLength(1000);
    expect(printWorkflows(listed)).toContain(
      `More workflows exist. To list them, repeat the command with --cursor ${String(listed.next_cursor)}`,
    );
  });
});

describe('npm run mcp -- trigger', () => {
  it.each([
    ['{"id":8202522731445525542}', /#\/id: .*send it as a string/],
    ['{"id":1,"id":2}', /#\/id: .*send each name once/],
    ['[1]', /Must be a JSON object/],
    ['{"id":', /Must be a JSON object/],
  ])(
    'refuses --input %s before it is sent, because the server would see what parsing made of it',
    async (json, why) => {
      const { id, token } = await mcp.aCaller();
      await mcp.rest.aWorkflow(id);

      const { code, err } = await run(['trigger', '1', '--input', json], token);

      expect(code).toBe(2);
      expect(err.replaceAll(/\s+/g, ' ')).toMatch(why);
      expect((await mcp.callTool(token, 'list_workflow_runs')).data).toEqual([]);
    },
  );
});
