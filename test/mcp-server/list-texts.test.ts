import { startMcp, type Mcp } from './mcp';

let mcp: Mcp;
beforeAll(async () => (mcp = await startMcp()));
afterAll(() => mcp.stop());

const textOf = async (token: string, name: string, args: object = {}) =>
  (await mcp.tool(token, name, args)).content[0].text as string;

test('workflows are one line each, with what is needed to choose one and to go on', async () => {
  const { id, token } = await mcp.aCaller();
  await mcp.rest.aWorkflow(id, { name: 'Retired', description: 'For "summer"\nonly', active: false });
  await mcp.rest.aWorkflow(id, { name: 'Spring Promo', description: null });
  await mcp.callTool(token, 'trigger_workflow', { workflow_id: 2 });
  const now = mcp.rest.clock.now().toISOString();

  expect((await textOf(token, 'list_workflows')).split('\n')).toEqual([
    '2 workflows, newest first; has_more: false',
    `id 2 | "Spring Promo" | active | 3 steps, waits 2 s | last run 1 queued ${now}`,
    'id 1 | "Retired" | inactive | 3 steps, waits 2 s | never run | "For \\"summer\\"\\nonly"',
  ]);
});

test('runs are one line each, with their status and error', async () => {
  const { id, token } = await mcp.aCaller();
  await mcp.rest.aWorkflow(id, { name: 'Spring Promo' });
  await mcp.callTool(token, 'trigger_workflow', { workflow_id: 1 });
  await mcp.callTool(token, 'trigger_workflow', { workflow_id: 1 });
  const now = mcp.rest.clock.now().toISOString();
  const failed = { code: 'rendered_too_large', message: 'Too\nlarge', step: 1 } as const;
  const [run] = (await mcp.rest.deps.runList.list(id, {}, 1, undefined)).runs;
  const ended = {
    ...run!,
    status: 'failed',
    steps_succeeded: 1,
    steps_failed: 1,
    finished_at: now,
    error: failed,
  } as const;
  jest.spyOn(mcp.rest.deps.runList, 'list').mockResolvedValueOnce({ runs: [ended, run!], next: '1' });

  const [first, failedRow, queuedRow, ...others] = (await textOf(token, 'list_workflow_runs')).split('\n');

  expect(first).toMatch(/^2 runs, newest first; has_more: true, next_cursor: \S+$/);
  expect(failedRow).toBe(
    'id 2 | failed | workflow 1 "Spring Promo" | 1 of 3 steps succeeded, 1 failed | by mcp "Claude" | ' +
      `created ${now} | finished ${now} | rendered_too_large at step index 1: "Too\\nlarge"`,
  );
  expect(queuedRow).toBe(
    `id 2 | queued | workflow 1 "Spring Promo" | 0 of 3 steps succeeded, 0 failed | by mcp "Claude" | created ${now}`,
  );
  expect(others).toEqual([]);
});

test('the cursor in the text leads to the next page', async () => {
  const { id, token } = await mcp.aCaller();
  for (let n = 0; n < 3; n += 1) await mcp.rest.aWorkflow(id);

  const first = await textOf(token, 'list_workflows', { limit: 2 });
  const cursor = /next_cursor: (\S+)$/m.exec(first)?.[1];
  const second = await textOf(token, 'list_workflows', { limit: 2, cursor });

  expect([...`${first}\n${second}`.matchAll(/^id (\d+)/gm)].map(([, found]) => found)).toEqual(['3', '2', '1']);
});

test('the text of a page is less than half of its JSON', async () => {
  const { id, token } = await mcp.aCaller();
  for (let n = 0; n < 20; n += 1) {
    await mcp.rest.aWorkflow(id, { name: `Workflow ${n}` });
    await mcp.callTool(token, 'trigger_workflow', { workflow_id: n + 1 });
  }

  for (const name of ['list_workflows', 'list_workflow_runs']) {
    const { content, structuredContent } = await mcp.tool(token, name);
    expect(content[0].text.length).toBeLessThan(JSON.stringify(structuredContent).length / 2);
  }
});
