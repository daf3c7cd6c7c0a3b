/** The part of a connected client that is used here. */
export interface Connected {
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<any>;
}

/** Finds the workflow "Spring Promo", triggers it, and reads the run once it has ended. */
export async function triggerSpringPromo(client: Connected): Promise<any> {
  const call = async (name: string, args: Record<string, unknown>) =>
    (await client.callTool({ name, arguments: args })).structuredContent;
  const { data: workflows } = await call('list_workflows', {});
  const { id } = workflows.find(({ name }: { name: string }) => name === 'Spring Promo');
  const { run_id } = await call('trigger_workflow', {
    workflow_id: id,
    input: { campaign: 'Spring Promo' },
    wait_seconds: 20,
  });
  return call('get_workflow_run', { run_id });
}
