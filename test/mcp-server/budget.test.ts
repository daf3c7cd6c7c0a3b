import { counted, total, type Counted } from '../support/requests';
import { startMcp } from './mcp';

test('an accepted trigger takes three requests to the table as over REST, and five with an idempotency key', async () => {
  let requests: Counted | undefined;
  const mcp = await startMcp((table) => (requests = counted(table)).database);
  const { id, token } = await mcp.aCaller();
  const { id: workflow_id } = await mcp.rest.aWorkflow(id);
  await mcp.callTool(token, 'trigger_workflow', { workflow_id });
  // The lease of requests that the instance now holds lasts for the calls below.
  for (let index = 0; index < 40; index += 1) await mcp.request('2026-07-28', token, 'tools/list');
  requests!.take();

  await mcp.callTool(token, 'trigger_workflow', { workflow_id });
  const plain = total(requests!.take());
  await mcp.callTool(token, 'trigger_workflow', { workflow_id, idempotency_key: 'k' });
  const withKey = total(requests!.take());
  await mcp.request('2026-07-28', token, 'tools/list');
  const listing = total(requests!.take());

  expect({ plain, withKey, listing }).toEqual({ plain: 3, withKey: 5, listing: 1 });
  await mcp.stop();
});
