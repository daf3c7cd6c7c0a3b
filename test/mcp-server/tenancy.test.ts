import { createPagedTenantData, unknownIds, withoutNames, type Ids } from '../support/tenant-data';
import { aMessage, startMcp, type Mcp } from './mcp';

jest.setTimeout(60_000);

/** References to another tenant's data that a stranger could know. */
interface ForeignReferences extends Pick<Ids, 'workflow_id' | 'run_id'> {
  /** Of the list that the tool returns. */
  readonly cursor: string;
  /** The idempotency key that a run was started with. */
  readonly key: string;
}
type Arguments = (things: ForeignReferences) => object;

/** For each tool, every argument that can refer to another tenant's data. */
const cases: Record<string, readonly Arguments[]> = {
  list_workflows: [({ cursor }) => ({ limit: 1, cursor })],
  trigger_workflow: [
    ({ workflow_id }) => ({ workflow_id: Number(workflow_id) }),
    ({ workflow_id }) => ({ workflow_id: Number(workflow_id), dry_run: true }),
    ({ workflow_id, key }) => ({ workflow_id: Number(workflow_id), input: { a: 1 }, idempotency_key: key }),
  ],
  list_workflow_runs: [
    ({ workflow_id }) => ({ workflow_id: Number(workflow_id) }),
    ({ cursor }) => ({ limit: 1, cursor }),
  ],
  get_workflow_run: [({ run_id }) => ({ run_id: Number(run_id) })],
};

const names: ForeignReferences = { workflow_id: '', run_id: '', cursor: '', key: '' };

let mcp: Mcp;
let victim: { id: string; token: string; restToken: string };
let ids: Ids;

beforeAll(async () => {
  mcp = await startMcp();
  victim = await mcp.aCaller({ name: 'Victim Ltd' });
  ids = await createPagedTenantData(mcp.rest, { id: victim.id, token: victim.restToken }, 'victim');
  await mcp.callTool(victim.token, 'trigger_workflow', { workflow_id: 3, input: { a: 1 }, idempotency_key: 'same' });
});
afterAll(() => mcp.stop());

const madeUpCursor = (cursor: string) =>
  Buffer.from(Buffer.from(cursor, 'base64url').map((byte) => byte ^ 1)).toString('base64url');

async function createForeignReferences(tool: string): Promise<ForeignReferences> {
  const { next_cursor: cursor } = tool.startsWith('list_')
    ? await mcp.callTool(victim.token, tool, { limit: 1 })
    : { next_cursor: '' };
  expect(cursor).toEqual(expect.any(String));
  return { ...ids, cursor, key: 'same' };
}

/** Calls the tool as a new tenant. @returns status, headers, body and log lines, without the names of that tenant */
async function callAsStranger(
  tool: string,
  args: object,
  prepare: (stranger: { id: string; restToken: string }) => Promise<unknown>,
) {
  const stranger = await mcp.aCaller();
  await prepare(stranger);
  mcp.rest.logged.length = 0;
  const { status, headers, body } = await mcp.request('2026-07-28', stranger.token, 'tools/call', {
    name: tool,
    arguments: args,
  });
  const { 'x-request-id': _id, ...otherHeaders } = headers;
  const logged = mcp.rest.logged.map(({ event, code, operation }) => ({ event, code, operation }));
  const isError: boolean = body.result.isError === true;
  return { isError, text: JSON.stringify(withoutNames({ status, headers: otherHeaders, body, logged }, stranger.id)) };
}

test('the table of this test has every tool', async () => {
  const { body } = await mcp.request('2026-07-28', victim.token, 'tools/list');

  expect(body.result.tools.map(({ name }: any) => name).sort()).toEqual(Object.keys(cases).sort());
});

describe.each(Object.entries(cases))('%s', (tool, ways) => {
  test.each(ways.map((way) => ({ way, argument: Object.keys(way(names)).join(', ') })))(
    'gives another tenant’s $argument the same response as one that does not exist',
    async ({ way }) => {
      const foreign = await createForeignReferences(tool);
      const nothing: ForeignReferences = { ...unknownIds, cursor: madeUpCursor(foreign.cursor), key: 'never' };

      const ownNothing = async () => undefined;
      const [theirs, nobodys] = [
        await callAsStranger(tool, way(foreign), ownNothing),
        await callAsStranger(tool, way(nothing), ownNothing),
      ];

      expect(theirs).toEqual(nobodys);
      expect(theirs.isError).toBe(tool !== 'list_workflow_runs' || 'cursor' in way(foreign));
      expect(theirs.text).not.toMatch(/victim/i);
    },
  );
});

test('an idempotency key of another tenant starts a run like an unused one', async () => {
  const own = async ({ id, restToken: token }: { id: string; restToken: string }) => {
    await createPagedTenantData(mcp.rest, { id, token }, 'stranger');
    // The stranger then has a run with the same number as the victim's.
    for (let n = 0; n < 2; n += 1) await mcp.rest.call('POST', '/api/v1/workflows/3/runs', { token });
  };
  const call = (idempotency_key: string) => ({ workflow_id: 3, input: { a: 1 }, idempotency_key });

  const theirs = await callAsStranger('trigger_workflow', call('same'), own);
  const nobodys = await callAsStranger('trigger_workflow', call('never'), own);

  expect(theirs).toEqual(nobodys);
  expect(theirs.text).toContain('\\"replayed\\":false');
});

test('a header cannot select a tenant: the token’s tenant is used', async () => {
  const stranger = await mcp.aCaller();
  const list = aMessage('2026-07-28', 'tools/call', { name: 'list_workflows', arguments: {} });

  const answers = [];
  for (const named of [{}, { 'x-tenant-id': victim.id }, { 'x-tenant-id': 'never-was' }])
    answers.push(
      (await mcp.send('POST', { token: stranger.token, ...list, headers: { ...list.headers, ...named } })).body,
    );

  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});
