import { openStack, workflowId, type Stack } from '../stack';
import { strangers, type Visit, type WantedCall } from './strangers/strangers';

jest.setTimeout(60_000);

let stack: Stack;
let spring: number;
const tokenOf = (plan: string) => stack.connection.tenants[plan]!.mcp_token;

beforeAll(async () => {
  stack = await openStack();
  spring = workflowId(stack, 'pro', 'Spring Promo');
});
afterAll(() => stack.stop());

describe.each(strangers)('%s', (_what, visit) => {
  const visitAs = (token: string, ...calls: WantedCall[]): Promise<Visit> =>
    visit(stack.connection.mcp_url, token, calls);

  test('connects, lists the tools and calls each', async () => {
    const { refused, tools, results } = await visitAs(
      tokenOf('pro'),
      { name: 'list_workflows', arguments: { limit: 100, toolCallId: 'call_1' } },
      { name: 'trigger_workflow', arguments: { workflow_id: String(spring), input: '{"n":1}', wait_seconds: 20 } },
      { name: 'list_workflow_runs', arguments: { workflow_id: spring, limit: 1, cursor: null } },
    );

    expect(refused).toBeUndefined();
    expect(tools).toEqual(['list_workflows', 'trigger_workflow', 'list_workflow_runs', 'get_workflow_run']);
    expect(results!.map(({ isError }) => isError)).toEqual([false, false, false]);
    const [listed, started, runs] = results!;
    const run = JSON.parse(started!.text).run;
    expect(listed!.text).toContain(`id ${spring} | "Spring Promo" | active | `);
    expect(run).toMatchObject({ status: 'succeeded', input: { n: 1 } });
    expect(runs!.text).toContain(`id ${run.id} | succeeded | workflow ${spring} `);

    const read = await visitAs(tokenOf('pro'), { name: 'get_workflow_run', arguments: { run_id: run.id } });
    expect(JSON.parse(read.results![0]!.text)).toMatchObject({ id: run.id, steps: [{ status: 'succeeded' }, {}, {}] });
  });

  test('is shown every refusal, and none as a broken answer', async () => {
    const unknown = await visitAs(
      tokenOf('pro'),
      { name: 'trigger_workflow', arguments: { workflow_id: 999_999 } },
      { name: 'get_workflow_run', arguments: { run_id: 'none' } },
    );
    const plan = await visitAs(tokenOf('starter'), { name: 'list_workflows', arguments: {} });
    const token = await visitAs(`${tokenOf('pro').slice(0, -1)}~`, { name: 'list_workflows', arguments: {} });

    const refusals = [...(unknown.results ?? []), ...(plan.results ?? [])];
    expect(unknown.refused ?? plan.refused).toBeUndefined();
    expect(refusals.map(({ isError, text }) => [isError, text.split('\n')[0]])).toEqual([
      [true, 'Not found'],
      [true, 'Invalid request'],
      [true, 'Plan required'],
    ]);
    // Clients of earlier revisions know the text only.
    const unlike = refusals.filter(({ structured, text }) => structured && !text.includes(`\n${structured.code}: `));
    expect(unlike).toEqual([]);
    expect(token.refused).toMatch(/401|[Uu]nauthorized|valid access token/);
  });
});
